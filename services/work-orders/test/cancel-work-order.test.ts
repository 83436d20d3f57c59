import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestService } from '@steward/test-kit';

import { lastChange, lastFact, reasons, see } from './work-order-views.ts';
import {
  act,
  anEstate,
  anOrder,
  completed,
  look,
  refusal,
  startWorkOrders,
  told,
  type Estate,
} from './work-orders-fixture.ts';

let service: TestService;
let estate: Estate;

beforeAll(async () => {
  service = await startWorkOrders();
  estate = await anEstate(service);
});
afterAll(() => service?.stop());

const reasonCode = 'WITHDRAWN_BY_CUSTOMER';

describe('cancelWorkOrder', () => {
  it('[B013] ends the order and its clocks, and tells whoever waits or goes there', async () => {
    const id = await anOrder(service, estate);
    await act(service, estate.clerk, 'assignWorkOrder', { id, assigneeId: estate.plumber.staffId });
    await act(service, estate.resident, 'cancelWorkOrder', { id, reasonCode });
    const order = await see(service, estate.clerk, id, 'status cancelledAt cancelReason { code label }');
    const cancelReason = { code: reasonCode, label: expect.not.stringContaining('_') };
    expect(order).toEqual({ status: 'CANCELLED', cancelledAt: '2026-03-02T01:00:00.000Z', cancelReason });
    expect((await look(service, estate.clerk, id)).deadlines.map(({ state }) => state)).toEqual([
      'MET',
      'CANCELLED',
      'CANCELLED',
    ]);
    expect(await lastFact(service, id, 'cancelled')).toEqual({ workOrderId: id, reasonCode });
    expect(await lastChange(service, estate.clerk, id)).toMatchObject({
      action: 'cancelWorkOrder',
      reason: reasonCode,
    });
    const tellings = (await told(service, id)).filter(({ template }) => template === 'workOrderCancelled');
    expect(tellings).toEqual([
      expect.objectContaining({ staff_id: estate.plumber.staffId }),
      expect.objectContaining({ household_id: estate.householdId }),
    ]);
  });

  it('refuses a reason that is not listed, work that is done, and whoever does the work', async () => {
    const id = await anOrder(service, estate);
    expect(await reasons(service, estate.clerk, 'cancelWorkOrder', { id, reasonCode: 'NO_MOOD' })).toEqual([
      'REASON_UNKNOWN',
    ]);
    await completed(service, estate, id);
    expect(await refusal(service, estate.plumber, 'cancelWorkOrder', { id, reasonCode })).toMatchObject({
      code: 'FORBIDDEN',
    });
    expect(await reasons(service, estate.clerk, 'cancelWorkOrder', { id, reasonCode })).toEqual(['ILLEGAL_TRANSITION']);
  });
});
