import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import { chargeRaised, chargeReversed } from '@steward/events';
import type { TestService } from '@steward/test-kit';

import { aChargedOrder } from './a-paid-order.ts';
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

  it('[A110] waits until the charge of a reopened order is reversed', async () => {
    const home = await anEstate(service);
    const id = await aChargedOrder(service, home);
    const waiting = { code: 'CONFLICT', reason: 'CHARGE_NOT_REVERSED', rule: 'A110' };
    expect(await refusal(service, home.clerk, 'cancelWorkOrder', { id, reasonCode })).toMatchObject(waiting);
    const chargeId = newId();
    const { tenantId, communityId, unitId, householdId } = home;
    const charge = {
      chargeId,
      communityId,
      unitId,
      householdId,
      chargeTypeCode: 'PAID_SERVICE',
      cause: { service: 'work-orders', aggregateType: 'work-order', aggregateId: id },
      fee: { amount: 16_000, currency: 'CNY' },
    };
    const envelope = { tenantId, communityId, aggregateId: chargeId };
    await service.wire.send(chargeRaised, { ...envelope, data: { ...charge, dueOn: null } });
    await service.settle();
    expect(await refusal(service, home.clerk, 'cancelWorkOrder', { id, reasonCode })).toMatchObject(waiting);
    const reversed = { ...charge, reversedAt: '2026-03-02T02:00:00.000Z', reasonCode: 'MISTAKE' };
    await service.wire.send(chargeReversed, { ...envelope, data: reversed });
    await service.settle();
    expect((await act(service, home.clerk, 'cancelWorkOrder', { id, reasonCode })).status).toBe('CANCELLED');
  });

  it('[B013] names the rule whose list the reason is not in', async () => {
    const id = await anOrder(service, estate);
    const refused = await refusal(service, estate.clerk, 'cancelWorkOrder', { id, reasonCode: 'NO_MOOD' });
    expect(refused).toMatchObject({ code: 'BAD_USER_INPUT', reason: 'REASON_UNKNOWN', rule: 'B013' });
    expect(refused.violations).toMatchObject([{ path: 'input.reasonCode' }]);
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
