import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestService } from '@steward/test-kit';

import { aPaidOrder } from './a-paid-order.ts';
import { lastFact, reasons, see } from './work-order-views.ts';
import { act, anEstate, anOrder, onSite, startWorkOrders, type Estate } from './work-orders-fixture.ts';

let service: TestService;
let estate: Estate;
let id: string;

beforeAll(async () => {
  service = await startWorkOrders();
  estate = await anEstate(service);
  id = await anOrder(service, estate);
  await onSite(service, estate, id);
});
afterAll(() => service?.stop());

const tap = { name: '水龙头', code: 'ST-017', quantity: '1', unit: 'piece' };

describe('recordWorkOrderMaterials', () => {
  it('[A205] adds what was used to what was recorded before', async () => {
    await act(service, estate.plumber, 'recordWorkOrderMaterials', { id, materials: [tap] });
    const tape = { name: ' 生料带 ', quantity: '0.5', unit: 'm' };
    await act(service, estate.plumber, 'recordWorkOrderMaterials', { id, materials: [tape] });
    expect(await see(service, estate.clerk, id, 'materials { name code quantity { value unit } recordedAt }')).toEqual({
      materials: [
        {
          name: '水龙头',
          code: 'ST-017',
          quantity: { value: expect.stringMatching(/^1(\.0+)?$/), unit: 'piece' },
          recordedAt: '2026-03-02T01:00:00.000Z',
        },
        {
          name: '生料带',
          code: null,
          quantity: { value: expect.stringMatching(/^0\.50*$/), unit: 'm' },
          recordedAt: '2026-03-02T01:00:00.000Z',
        },
      ],
    });
    expect(await lastFact(service, id, 'materials-recorded')).toEqual({
      workOrderId: id,
      materials: [{ code: null, quantity: '0.5', unit: 'm' }],
    });
  });

  it('refuses an empty list and every row that is not complete, all at once', async () => {
    const refused = (materials: object[]) =>
      reasons(service, estate.plumber, 'recordWorkOrderMaterials', { id, materials });
    expect(await refused([])).toEqual(['MATERIAL_REQUIRED']);
    expect(await refused([tap, { ...tap, name: ' ', quantity: '0' }])).toEqual([
      'MATERIAL_REQUIRED',
      'QUANTITY_NOT_POSITIVE',
    ]);
  });

  it('refuses paid work whose price is not agreed, and an order whose worker is not there', async () => {
    const paid = await aPaidOrder(service, estate);
    expect(await reasons(service, estate.plumber, 'recordWorkOrderMaterials', { id: paid, materials: [tap] })).toEqual([
      'QUOTE_NOT_AGREED',
    ]);
    const waiting = await anOrder(service, estate);
    expect(await reasons(service, estate.clerk, 'recordWorkOrderMaterials', { id: waiting, materials: [tap] })).toEqual(
      ['ILLEGAL_TRANSITION'],
    );
  });
});
