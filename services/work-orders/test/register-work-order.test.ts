import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import { aResidentViewer, aStaffViewer, type TestService } from '@steward/test-kit';

import {
  aPlace,
  aRequest,
  anEstate,
  anOrder,
  anUpload,
  look,
  refusal,
  running,
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

const refused = (overrides: object, viewer = estate.clerk, locale?: 'zh-CN' | 'en') =>
  refusal(service, viewer, 'registerWorkOrder', aRequest(estate, overrides), locale);
const minutes = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 60_000;

describe('registerWorkOrder', () => {
  it('[A066] takes in a request with its five fields, sealed where they are personal', async () => {
    const id = await anOrder(service, estate, { part: null });
    const order = await look(service, estate.clerk, id);
    expect(order).toMatchObject({ status: 'RECEIVED', version: 2, priority: 'NORMAL', part: 'AS_DELIVERED' });
    expect(order).toMatchObject({ unit: { id: estate.unitId }, household: { id: estate.householdId } });
    expect(order.number).toMatch(/^WX-20260302-\d{4}$/);
    expect(order).toMatchObject({
      contactName: null,
      contactNameMasked: '张**',
      contactPhone: null,
      contactPhoneMasked: '138****5678',
    });
    expect(order.description).toBe('厨房水龙头漏水');
    const own = await look(service, estate.resident, id);
    expect(own).toMatchObject({ contactName: '张建国', contactPhone: '13812345678' });
    const [row] = await service.sql('select * from work_order where id = $1', [id]);
    expect(JSON.stringify(row)).not.toMatch(/张建国|13812345678|厨房/);
    const facts = (await service.events()).filter(({ aggregateId }) => aggregateId === id);
    expect(facts.map(({ type }) => type)).toEqual([
      'steward.work-orders.work-order.registered.v1',
      'steward.work-orders.work-order.deadline-started.v1',
    ]);
    expect(JSON.stringify(facts)).not.toMatch(/张|1381234|138\*|厨房/);
  });

  it('[A066] names everything that is missing at once, in the language asked for', async () => {
    const nothing = { contactName: '', contactPhone: null, description: ' ', convenientFrom: null, convenientTo: null };
    const { code, reason, message, violations } = await refused(nothing);
    expect([code, reason, message]).toEqual(['BAD_USER_INPUT', 'INVALID_INPUT', '4 things are wrong with the input.']);
    expect(violations.every(({ rule }) => rule === 'A066')).toBe(true);
    expect(Object.fromEntries(violations.map((violation) => [violation.path, violation.reason]))).toEqual({
      'input.contactName': 'CONTACT_NAME_REQUIRED',
      'input.contactPhone': 'CONTACT_PHONE_REQUIRED',
      'input.convenientFrom': 'CONVENIENT_TIME_REQUIRED',
      'input.description': 'DESCRIPTION_REQUIRED',
    });
    expect((await refused({ contactName: '' }, estate.clerk, 'zh-CN')).message).toBe('请填写联系人姓名。');
  });

  it.each([
    [{ placeId: newId() }, 'PLACE_UNKNOWN'],
    [{ channelCode: 'FAX' }, 'CHANNEL_UNKNOWN'],
    [{ tradeCode: 'MAGIC' }, 'TRADE_UNKNOWN'],
    [{ problemCode: 'NO_POWER' }, 'PROBLEM_UNKNOWN'],
    [{ contactPhone: '12' }, 'PHONE_MALFORMED'],
    [{ convenientTo: '2026-03-03T00:00:00.000Z' }, 'RANGE_EMPTY'],
    [{ receivedAt: '2026-03-02T01:00:01.000Z' }, 'IN_THE_FUTURE'],
    [{ receivedAt: '2026-03-01T00:59:59.000Z' }, 'TOO_FAR_BACK'],
    [{ source: { system: 'NYC311', key: '1' } }, 'SOURCE_NOT_ALLOWED'],
    [{ photoFileIds: [newId()] }, 'FILE_NOT_UPLOADED'],
  ])('refuses %j with %s', async (overrides, reason) => {
    expect(await refused(overrides)).toMatchObject({ code: 'BAD_USER_INPUT', reason });
  });

  it('refuses a household that does not hold the unit', async () => {
    expect(await refused({ householdId: newId() })).toMatchObject({ reason: 'HOUSEHOLD_NOT_AT_PLACE', rule: 'A066' });
  });

  it('[A066] leaves another agency’s requests to the import', async () => {
    const nobody = { contactName: null, contactPhone: null, convenientFrom: null, convenientTo: null };
    const agency = { ...nobody, channelCode: 'EXTERNAL_AGENCY', source: { system: 'NYC311', key: newId() } };
    expect(await refused(agency)).toMatchObject({
      code: 'BAD_USER_INPUT',
      reason: 'CHANNEL_NOT_ALLOWED',
      rule: 'A066',
      violations: [{ path: 'input.channelCode' }],
    });
    expect(await refused({ channelCode: null })).toMatchObject({ reason: 'CHANNEL_REQUIRED', rule: 'A066' });
  });

  it.each([
    ['A067', { tradeCode: 'MAGIC' }],
    ['A067', { problemCode: 'NO_POWER' }],
    ['A066', { channelCode: 'FAX' }],
  ])('[%s] names the rule that refuses %j', async (rule, overrides) => {
    expect((await refused(overrides)).rule).toBe(rule);
  });

  it('[A205] keeps when the request was made on a sheet of the night that is typed in next morning', async () => {
    const receivedAt = '2026-03-01T15:30:00.000Z';
    const id = await anOrder(service, estate, { receivedAt: receivedAt as never });
    const order = await look(service, estate.clerk, id);
    expect([order.receivedAt, order.createdAt]).toEqual([receivedAt, '2026-03-02T01:00:00.000Z']);
  });

  it('[B013] the dispatch of a sheet of the night has waited since then, but is not missed before it could be seen', async () => {
    const home = await anEstate(service);
    const entered = await service.now();
    const since = async (minutesAgo: number, overrides: object = {}) => {
      const receivedAt = new Date(entered.getTime() - minutesAgo * 60_000).toISOString();
      const id = await anOrder(service, home, { ...overrides, receivedAt: receivedAt as never });
      const order = await look(service, home.clerk, id);
      const { startedAt, dueAt } = running(order, 'DISPATCH');
      return { id, waited: minutes(startedAt, order.createdAt), left: minutes(order.createdAt, dueAt) };
    };
    const night = await since(9 * 60);
    expect(night).toMatchObject({ waited: 540, left: 10 });
    expect(await since(5)).toMatchObject({ waited: 5, left: 25 });
    expect(await since(3, { problemCode: 'PIPE_BURST' })).toMatchObject({ waited: 3, left: 12 });
    await service.move({ advance: 'PT10M' });
    const templates = async () => (await told(service, night.id)).map(({ template }) => template);
    expect(await templates()).not.toContain('deadlineBreached');
    expect(await templates()).toContain('deadlineWarned');
    await service.move({ advance: 'PT1S' });
    expect(await templates()).toContain('deadlineBreached');
  });

  it.each([
    ['[B013] a normal request is to be dispatched in 30 minutes', 'TAP_OR_VALVE', 'NORMAL', { DISPATCH: 30 }],
    [
      '[B013] an emergency in 15, on site in 30',
      'PIPE_BURST',
      'EMERGENCY',
      { DISPATCH: 15, ON_SITE: 30, COMPLETION: 24 * 60 + 30 },
    ],
  ])('%s', async (_name, problemCode, priority, clocks) => {
    const order = await look(service, estate.clerk, await anOrder(service, estate, { problemCode }));
    expect(order.priority).toBe(priority);
    const found = order.deadlines.map(({ kind, dueAt }) => [kind, minutes(order.createdAt, dueAt)]);
    expect(Object.fromEntries(found)).toEqual(clocks);
  });

  it('[A109] tells the supervisor of the department that the trade belongs to', async () => {
    const repair = await anOrder(service, estate);
    const cleaning = await anOrder(service, estate, { tradeCode: 'CLEANING', problemCode: 'HOUSE_CLEANING' });
    expect(await told(service, repair)).toMatchObject([
      { template: 'workOrderReceived', role: 'supervisor', department_code: 'MAINTENANCE' },
    ]);
    expect(await told(service, cleaning)).toMatchObject([
      { template: 'workOrderReceived', role: 'supervisor', department_code: 'ENVIRONMENT' },
    ]);
    expect((await look(service, estate.clerk, cleaning)).departmentCode).toBe('ENVIRONMENT');
  });

  it.each([
    [
      '[A067] inside the warranty the repair is free',
      '2025-06-01',
      null,
      ['DEVELOPER_WARRANTY', 'WITHIN_WARRANTY', false],
    ],
    ['[A067] after it the household pays', '2020-06-01', null, ['OWN_STAFF', 'NO_WARRANTY', true]],
    [
      '[B014] a merchant’s own fit-out is the merchant’s',
      '2025-06-01',
      'OWN_FIT_OUT',
      ['OWN_FIT_OUT', 'FIT_OUT_PART', true],
    ],
    ['[B014] common parts are ours and free', '2020-06-01', 'COMMON', ['OWN_STAFF', 'NO_WARRANTY', false]],
    [
      '[B014] contracted equipment is its contractor’s',
      '2020-06-01',
      'CONTRACTED_EQUIPMENT',
      ['EQUIPMENT_CONTRACTOR', 'MAINTENANCE_CONTRACT', false],
    ],
  ] as const)('%s', async (_name, warrantyFrom, part, expected) => {
    const placeId = await aPlace(service, estate, { path: `3/2/${newId()}`, warrantyFrom });
    await service.settle();
    const order = await look(service, estate.clerk, await anOrder(service, estate, { placeId, part }));
    expect([order.responsibleParty, order.responsibilityBasis, order.isPaid]).toEqual(expected);
  });

  it('[A058] makes an order for the developer of a defect on the acceptance form', async () => {
    const placeId = await aPlace(service, estate, { path: `3/2/${newId()}`, warrantyFrom: null });
    await service.settle();
    const id = await anOrder(service, estate, {
      placeId,
      part: null,
      channelCode: 'MOVE_IN_INSPECTION',
      tradeCode: 'MASONRY',
      problemCode: 'TILE_OR_PLASTER',
    });
    expect(await look(service, estate.clerk, id)).toMatchObject({
      responsibleParty: 'DEVELOPER_WARRANTY',
      isPaid: false,
    });
    // Maintenance assists the developer.
    expect(await told(service, id)).toMatchObject([{ role: 'supervisor', department_code: 'MAINTENANCE' }]);
  });

  it('keeps photos of the damage that were uploaded before', async () => {
    const photoFileIds = [await anUpload(service, estate, estate.resident)];
    const id = await anOrder(service, estate, { photoFileIds }, estate.resident);
    const query =
      'query ($id: ID!) { workOrder(id: $id) { photos { kind file { contentType url } } requester { id } } }';
    const { workOrder } = await service.ok<{ workOrder: object }>(estate.resident, query, { id });
    expect(workOrder).toMatchObject({
      requester: { id: estate.resident.personId },
      photos: [
        {
          kind: 'BEFORE',
          file: { contentType: 'image/png', url: expect.stringContaining('/files/work-orders/download/') },
        },
      ],
    });
  });

  it.each([
    ['A066', { channelCode: 'MOVE_IN_INSPECTION' }],
    ['A066', { channelCode: 'APP' }],
    ['A067', { part: 'COMMON' as const }],
    ['B013', { priority: 'EMERGENCY' as const }],
    ['A066', { receivedAt: '2026-03-02T00:00:00.000Z' }],
  ])('[%s] leaves a resident no choice of %j', async (rule, chosen) => {
    const nothing = { channelCode: null, part: null };
    const { code, reason, violations } = await refused({ ...nothing, ...chosen }, estate.resident);
    expect([code, reason]).toEqual(['BAD_USER_INPUT', 'NOT_FOR_RESIDENTS']);
    expect(violations).toMatchObject([{ path: `input.${Object.keys(chosen)[0]}`, rule }]);
  });

  it('[A067] decides for a resident: the app, the part by the place, the priority by the problem', async () => {
    const id = await anOrder(service, estate, { problemCode: 'PIPE_BURST' }, estate.resident);
    const selection = 'channel { code } part priority isPaid';
    const query = `query ($id: ID!) { workOrder(id: $id) { ${selection} } }`;
    expect(await service.ok(estate.resident, query, { id })).toEqual({
      workOrder: { channel: { code: 'APP' }, part: 'AS_DELIVERED', priority: 'EMERGENCY', isPaid: true },
    });
  });

  it('[A067] what is of a unit needs a unit, and only the desk finds a common part inside one', async () => {
    for (const part of ['AS_DELIVERED', 'OWN_FIT_OUT'] as const) {
      const elsewhere = await refused({ placeId: estate.lobbyId, part });
      expect(elsewhere).toMatchObject({ code: 'BAD_USER_INPUT', reason: 'PART_NOT_OF_PLACE', rule: 'A067' });
      expect(elsewhere.violations).toMatchObject([{ path: 'input.part' }]);
    }
    const riser = { part: 'COMMON' as const };
    expect(await refused(riser, estate.plumber)).toMatchObject({ reason: 'COMMON_PART_DENIED', rule: 'A067' });
    const order = await look(service, estate.clerk, await anOrder(service, estate, riser));
    expect(order).toMatchObject({ part: 'COMMON', isPaid: false, household: { id: estate.householdId } });
  });

  it('lets residents report for their own unit and for common areas, and for nobody else’s', async () => {
    const own = await anOrder(service, estate, {}, estate.resident);
    expect((await look(service, estate.resident, own)).household).toEqual({ id: estate.householdId });
    await anOrder(service, estate, { placeId: estate.lobbyId }, estate.resident);
    const neighbour = aResidentViewer({ tenantId: estate.tenantId, communityIds: [estate.communityId] });
    expect(await refused({ channelCode: null, part: null }, neighbour)).toMatchObject({ code: 'NOT_FOUND' });
    const stranger = aResidentViewer({ tenantId: estate.tenantId, communityIds: [newId()] });
    expect(await refused({ channelCode: null, part: null, placeId: estate.lobbyId }, stranger)).toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('knows no community of another company, and no desk of another community', async () => {
    const foreign = aStaffViewer({ roles: ['clerk'], communityIds: [estate.communityId] });
    expect(await refused({}, foreign)).toMatchObject({ reason: 'COMMUNITY_UNKNOWN' });
    const elsewhere = aStaffViewer({ roles: ['clerk'], tenantId: estate.tenantId, communityIds: [newId()] });
    expect(await refused({}, elsewhere)).toMatchObject({ code: 'NOT_FOUND' });
    const cashier = aStaffViewer({ roles: ['cashier'], tenantId: estate.tenantId, communityIds: [estate.communityId] });
    expect(await refused({}, cashier)).toMatchObject({ code: 'FORBIDDEN' });
  });

  it('answers a repeated key with the first order, and refuses it for another request', async () => {
    const idempotencyKey = newId();
    const first = await anOrder(service, estate, { idempotencyKey });
    expect(await anOrder(service, estate, { idempotencyKey })).toBe(first);
    expect(await refused({ idempotencyKey, tradeCode: 'ELECTRICAL', problemCode: 'LIGHTING' })).toMatchObject({
      code: 'CONFLICT',
      reason: 'IDEMPOTENCY_KEY_REUSED',
    });
  });
});
