import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import { aStaffViewer, type TestService } from '@steward/test-kit';

import {
  aWorker,
  act,
  anEstate,
  anOrder,
  look,
  refusal,
  running,
  setDuty,
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
afterAll(() => service.stop());

const assign = (id: string, input: object = {}, viewer = estate.clerk) =>
  act(service, viewer, 'assignWorkOrder', { id, assigneeId: estate.plumber.staffId, ...input });
const refused = (id: string, input: object = {}, viewer = estate.clerk) =>
  refusal(service, viewer, 'assignWorkOrder', { id, assigneeId: estate.plumber.staffId, ...input });

describe('assignWorkOrder', () => {
  it('[A205] gives the order to somebody with a slip, and tells them and the household', async () => {
    const id = await anOrder(service, estate);
    expect((await assign(id)).status).toBe('ASSIGNED');
    const query =
      'query ($id: ID!) { workOrder(id: $id) { number dispatchSlip { number issuedAt lines { field label value } } } }';
    type Slip = { number: string; issuedAt: string; lines: { field: string; label: string; value: string | null }[] };
    const { workOrder } = await service.ok<{ workOrder: { number: string; dispatchSlip: Slip } }>(
      estate.plumber,
      query,
      { id },
    );
    const { dispatchSlip: slip } = workOrder;
    expect(slip).toMatchObject({ number: `${workOrder.number}/1`, issuedAt: '2026-03-02T01:00:00.000Z' });
    const lines = Object.fromEntries(slip.lines.map(({ field, value }) => [field, value]));
    expect(lines).toMatchObject({
      'WorkOrder.place': '3/1/1201',
      'WorkOrder.trade': 'Plumbing',
      'WorkOrder.description': '厨房水龙头漏水',
      'WorkOrder.contactPhoneMasked': '138****5678',
      'WorkOrder.appointmentAt': '2026-03-03 09:00',
      'WorkOrder.materials': null,
    });
    expect(slip.lines.find(({ field }) => field === 'WorkOrder.appointmentAt')?.label).toBe('Appointment');
    expect(await told(service, id)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ template: 'workOrderAssigned', staff_id: estate.plumber.staffId }),
        expect.objectContaining({ template: 'workOrderOnItsWay', household_id: estate.householdId }),
      ]),
    );
  });

  it('[B013] ends the clock of the dispatch and starts those of the work', async () => {
    const id = await anOrder(service, estate);
    await assign(id);
    const order = await look(service, estate.clerk, id);
    expect(order.deadlines.find(({ kind }) => kind === 'DISPATCH')).toMatchObject({ state: 'MET', rule: 'B013' });
    // The convenient time is the appointment until another one is agreed (A068).
    expect(order.appointmentAt).toBe('2026-03-03T01:00:00.000Z');
    expect(running(order, 'ON_SITE')).toMatchObject({ dueAt: '2026-03-03T01:00:00.000Z', rule: 'A068' });
    expect(running(order, 'COMPLETION')).toMatchObject({ dueAt: '2026-03-04T01:00:00.000Z', rule: 'B015' });
    expect(order.dueAt).toBe('2026-03-04T01:00:00.000Z');
  });

  it('shows the contact in clear to the assignee while the order is open', async () => {
    const id = await anOrder(service, estate);
    expect((await look(service, estate.plumber, id)).contactPhone).toBeNull();
    await assign(id);
    expect((await look(service, estate.plumber, id)).contactPhone).toBe('13812345678');
    await act(service, estate.clerk, 'cancelWorkOrder', { id, reasonCode: 'DUPLICATE' });
    expect((await look(service, estate.plumber, id)).contactPhone).toBeNull();
  });

  it('[B013] refuses whoever is not fit for it', async () => {
    const id = await anOrder(service, estate);
    const electrician = await aWorker(service, estate, { tradeCodes: ['ELECTRICAL'] });
    const elsewhere = await aWorker(service, { tenantId: estate.tenantId, communityId: newId() });
    await service.settle();
    const reason = async (assigneeId: string | undefined) => (await refused(id, { assigneeId })).reason;
    expect(await reason(newId())).toBe('STAFF_UNKNOWN');
    expect(await reason(electrician.staffId)).toBe('TRADE_MISMATCH');
    expect(await reason(elsewhere.staffId)).toBe('STAFF_NOT_OF_COMMUNITY');
  });

  it.each([
    ['a guard', { role: 'guard' as const, departmentCode: 'SECURITY' }],
    ['a cashier', { role: 'cashier' as const, departmentCode: 'FINANCE' }],
    ['a guard lent to the maintenance', { role: 'guard' as const }],
    ['a cleaner', { role: 'environment' as const, departmentCode: 'ENVIRONMENT' }],
  ])('[A109] gives no repair to %s, whatever the trade', async (_who, post) => {
    const id = await anOrder(service, estate);
    const worker = await aWorker(service, estate, post);
    await service.settle();
    const refusedTo = await refused(id, { assigneeId: worker.staffId });
    expect(refusedTo).toMatchObject({ code: 'BAD_USER_INPUT', reason: 'DEPARTMENT_MISMATCH', rule: 'A109' });
  });

  it('[B013] gives a generalist general work alone, and general work to whoever has a trade', async () => {
    const handyman = await aWorker(service, estate, { tradeCodes: ['GENERAL'] });
    await service.settle();
    const tap = await anOrder(service, estate);
    expect(await refused(tap, { assigneeId: handyman.staffId })).toMatchObject({ reason: 'TRADE_MISMATCH' });
    const general = { tradeCode: 'GENERAL', problemCode: 'OTHER_REPAIR' };
    for (const { staffId } of [handyman, estate.plumber]) {
      expect((await assign(await anOrder(service, estate, general), { assigneeId: staffId })).status).toBe('ASSIGNED');
    }
  });

  it('[B013] gives an emergency only to somebody on duty', async () => {
    const off = await aWorker(service, estate, { isOnDuty: false });
    await service.settle();
    const id = await anOrder(service, estate, { priority: 'EMERGENCY' });
    expect(await refused(id, { assigneeId: off.staffId })).toMatchObject({ reason: 'NOT_ON_DUTY', rule: 'B013' });
    await setDuty(service, estate, off.staffId ?? '', { from: '2026-03-01T00:00:00.000Z', to: null });
    await service.settle();
    expect((await assign(id, { assigneeId: off.staffId })).status).toBe('ASSIGNED');
  });

  it('refuses a second assignment, a stale version, a worker and an order nobody can see', async () => {
    const id = await anOrder(service, estate);
    const { version } = await look(service, estate.clerk, id);
    expect(await refused(id, { expectedVersion: version - 1 })).toMatchObject({
      code: 'CONFLICT',
      reason: 'STALE_VERSION',
    });
    expect(await refused(id, {}, estate.plumber)).toMatchObject({ code: 'FORBIDDEN', reason: 'ACCESS_DENIED' });
    await assign(id, { expectedVersion: version });
    expect(await refused(id)).toMatchObject({ code: 'CONFLICT', reason: 'ILLEGAL_TRANSITION', rule: 'B013' });
    const foreign = aStaffViewer({ roles: ['clerk'], communityIds: 'all' });
    expect(await refused(id, {}, foreign)).toMatchObject({ code: 'NOT_FOUND', reason: 'NOT_FOUND' });
    expect(await refused(newId())).toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('dispatchWorkOrder', () => {
  it('[B013] gives the order to who is on duty, of the trade, with the least open orders', async () => {
    const home = await anEstate(service);
    const busy = home.plumber;
    const free = await aWorker(service, home);
    const handyman = await aWorker(service, home, { tradeCodes: ['GENERAL'] });
    await aWorker(service, home, { isOnDuty: false });
    await aWorker(service, home, { departmentCode: 'ENVIRONMENT' });
    await service.settle();
    const first = await anOrder(service, home);
    await act(service, home.clerk, 'assignWorkOrder', { id: first, assigneeId: busy.staffId });
    const id = await anOrder(service, home);
    type Answer = { workOrderDispatchCandidates: { staffMember: { id: string }; openOrderCount: number }[] };
    const query =
      'query ($id: ID!) { workOrderDispatchCandidates(id: $id) { staffMember { id } isOnDuty isOfTrade openOrderCount } }';
    const { workOrderDispatchCandidates: candidates } = await service.ok<Answer>(home.clerk, query, { id });
    expect(candidates.slice(0, 2).map(({ staffMember }) => staffMember.id)).toEqual([free.staffId, busy.staffId]);
    expect(candidates.map(({ staffMember }) => staffMember.id)).not.toContain(handyman.staffId);
    expect(candidates).toHaveLength(3);
    await act(service, home.clerk, 'dispatchWorkOrder', { id });
    expect((await look(service, home.clerk, id)).assignee).toEqual({ id: free.staffId });
  });

  it('[B013] refuses when nobody fit is on duty', async () => {
    const id = await anOrder(service, estate, { tradeCode: 'LIFTS', problemCode: 'LIFT_STOPPED' });
    const none = await refusal(service, estate.clerk, 'dispatchWorkOrder', { id });
    expect(none).toMatchObject({ code: 'CONFLICT', reason: 'NOBODY_ON_DUTY', rule: 'B013' });
  });
});

describe('assignWorkOrders', () => {
  const mutation = `mutation ($input: AssignWorkOrdersInput!) {
    assignWorkOrders(input: $input) { results { id workOrder { status assignee { id } } refusal { reason } } }
  }`;
  type Row = {
    id: string;
    workOrder: { status: string; assignee: { id: string } } | null;
    refusal: { reason: string } | null;
  };
  const enter = async (input: object, viewer = estate.clerk): Promise<Row[]> =>
    (await service.ok<{ assignWorkOrders: { results: Row[] } }>(viewer, mutation, { input })).assignWorkOrders.results;

  it('[B013] gives many to one, with an answer for each', async () => {
    const ids = [await anOrder(service, estate), await anOrder(service, estate)];
    const lift = await anOrder(service, estate, { tradeCode: 'LIFTS', problemCode: 'LIFT_STOPPED' });
    const unknown = newId();
    const rows = await enter({ ids: [...ids, lift, unknown, ids[0]], assigneeId: estate.plumber.staffId });
    expect(rows.map(({ workOrder, refusal: why }) => workOrder?.status ?? why?.reason)).toEqual([
      'ASSIGNED',
      'ASSIGNED',
      'TRADE_MISMATCH',
      'NOT_FOUND',
      'NOT_FOUND',
    ]);
  });

  it('[B013] gives each to the best placed', async () => {
    const ids = [await anOrder(service, estate), await anOrder(service, estate)];
    const rows = await enter({ ids });
    expect(rows.every(({ workOrder }) => workOrder?.status === 'ASSIGNED')).toBe(true);
  });

  it('[B013] takes 200 orders at once, and no more', async () => {
    const ids = Array.from({ length: 201 }, newId);
    const rows = await enter({ ids: ids.slice(0, 200) });
    expect(rows.filter(({ refusal: why }) => why?.reason === 'NOT_FOUND')).toHaveLength(200);
    const { extensions } = await service.refused(estate.clerk, mutation, { input: { ids } });
    expect(extensions).toMatchObject({ code: 'BAD_USER_INPUT', reason: 'TOO_MANY_ROWS' });
  });

  it('is for the desk', async () => {
    const { extensions } = await service.refused(estate.plumber, mutation, { input: { ids: [newId()] } });
    expect(extensions).toMatchObject({ code: 'FORBIDDEN', reason: 'ACCESS_DENIED' });
  });
});
