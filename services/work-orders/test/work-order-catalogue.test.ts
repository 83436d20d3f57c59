import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Viewer } from '@steward/auth';
import { newId } from '@steward/core';
import { aStaffViewer, type TestService } from '@steward/test-kit';

import { aPaidOrder, aPaidService, publishPaidService, quoteTerms, serviceTerms } from './a-paid-order.ts';
import { lastFact, reasons } from './work-order-views.ts';
import { act, anEstate, anOrder, look, startWorkOrders, type Estate } from './work-orders-fixture.ts';

let service: TestService;
let estate: Estate;

beforeAll(async () => {
  service = await startWorkOrders();
  estate = await anEstate(service);
});
afterAll(() => service?.stop());

const refusedReasons = async (viewer: Viewer, document: string, input: object): Promise<string[]> => {
  const { reason, violations } = (await service.refused(viewer, document, { input })).extensions;
  return reason === 'INVALID_INPUT' ? violations.map((violation) => violation.reason) : [reason];
};

type Offered = { paidServices: { nodes: { number: string; name: string }[] } };
const paidServices = 'query ($filter: PaidServiceFilter) { paidServices(filter: $filter) { nodes { number name } } }';
const offered = async (viewer: Viewer, filter: object = {}): Promise<string[]> =>
  (await service.ok<Offered>(viewer, paidServices, { filter })).paidServices.nodes.map(({ number }) => number);

const retirePaidService = `mutation ($input: RetirePaidServiceInput!) {
  retirePaidService(input: $input) { paidService { id retiredAt availableActions { action allowed } } }
}`;

describe('publishPaidService', () => {
  it('[A005] [A108] offers a service under the department that answers for it, to everyone in the community', async () => {
    const id = await aPaidService(service, estate, { code: 'PIPE_CLEANING' });
    const { paidServices: list } = await service.ok<Offered>(estate.resident, paidServices);
    expect(list.nodes).toContainEqual({ number: 'PIPE_CLEANING', name: 'Tap replacement' });
    expect(await lastFact(service, id, 'published')).toMatchObject({
      code: 'PIPE_CLEANING',
      departmentCode: 'MAINTENANCE',
      unitPrice: { amount: 8_000, currency: 'CNY' },
    });
  });

  it('replaces the terms of a known code, as long as nobody else did so meanwhile', async () => {
    const input = serviceTerms(estate, { code: 'LOCK_CHANGE' });
    const id = await aPaidService(service, estate, { code: 'LOCK_CHANGE' });
    type Answer = {
      publishPaidService: { paidService: { id: string; version: number; unitPrice: { amount: number } } };
    };
    const dearer = { ...input, unitPriceAmount: 9_000, expectedVersion: 1 };
    const { publishPaidService: answer } = await service.ok<Answer>(estate.director, publishPaidService, {
      input: dearer,
    });
    expect(answer.paidService).toMatchObject({ id, version: 2, unitPrice: { amount: 9_000 } });
    expect(await refusedReasons(estate.director, publishPaidService, dearer)).toEqual(['STALE_VERSION']);
  });

  it.each([
    [{ code: 'tap' }, ['CODE_MALFORMED']],
    [{ nameZh: ' ' }, ['TEXT_REQUIRED']],
    [{ unitPriceAmount: -1 }, ['PRICE_NEGATIVE']],
    [{ tradeCode: 'MAGIC' }, ['TRADE_UNKNOWN']],
    [{ departmentCode: 'NOBODY' }, ['DEPARTMENT_UNKNOWN']],
    [{ nameEn: '', unit: '' }, ['TEXT_REQUIRED', 'TEXT_REQUIRED']],
  ])('refuses %j', async (overrides, expected) => {
    const input = { ...serviceTerms(estate), ...overrides };
    expect(await refusedReasons(estate.director, publishPaidService, input)).toEqual(expected);
  });

  it('refuses a community that residents has not told of, and a clerk', async () => {
    const everywhere = aStaffViewer({ roles: ['director'], tenantId: estate.tenantId, communityIds: 'all' });
    const elsewhere = serviceTerms(estate, { communityId: newId() });
    expect(await refusedReasons(everywhere, publishPaidService, elsewhere)).toEqual(['COMMUNITY_UNKNOWN']);
    expect(await refusedReasons(estate.clerk, publishPaidService, serviceTerms(estate))).toEqual(['ACCESS_DENIED']);
  });
});

describe('retirePaidService', () => {
  it('takes a service off the list and out of quotes, once', async () => {
    const id = await aPaidService(service, estate, { code: 'OLD_SERVICE' });
    const { retirePaidService: answer } = await service.ok<{ retirePaidService: { paidService: object } }>(
      estate.director,
      retirePaidService,
      { input: { id } },
    );
    expect(answer.paidService).toMatchObject({
      retiredAt: '2026-03-02T01:00:00.000Z',
      availableActions: [
        { action: 'publishPaidService', allowed: true },
        { action: 'retirePaidService', allowed: false },
      ],
    });
    expect(await offered(estate.clerk)).not.toContain('OLD_SERVICE');
    const order = await aPaidOrder(service, estate);
    const quote = quoteTerms(order, { lines: [{ serviceCode: 'OLD_SERVICE', quantity: '1' }] });
    expect(await reasons(service, estate.plumber, 'quoteWorkOrder', quote)).toEqual(['SERVICE_UNKNOWN']);
    expect(await refusedReasons(estate.director, retirePaidService, { id })).toEqual(['ILLEGAL_TRANSITION']);
  });
});

describe('paidServices', () => {
  it('are those of the asked trade and department, by code', async () => {
    const other = await anEstate(service);
    await aPaidService(service, other, { code: 'B_TAP' });
    await aPaidService(service, other, { code: 'A_GARDEN', tradeCode: 'GREENING', departmentCode: 'ENVIRONMENT' });
    expect(await offered(other.resident)).toEqual(['A_GARDEN', 'B_TAP']);
    expect(await offered(other.clerk, { tradeCode: ['GREENING'] })).toEqual(['A_GARDEN']);
    expect(await offered(other.clerk, { departmentCode: ['MAINTENANCE'] })).toEqual(['B_TAP']);
    const { code } = (await service.refused(other.clerk, paidServices, { filter: { communityId: estate.communityId } }))
      .extensions;
    expect(code).toBe('NOT_FOUND');
  });
});

const setWorkOrderCode = `mutation ($input: SetWorkOrderCodeInput!) {
  setWorkOrderCode(input: $input) { code { code label } isRetired }
}`;

const aCode = (overrides: object = {}) => ({
  communityId: estate.communityId,
  kind: 'PROBLEM',
  code: 'POOL_PUMP',
  nameZh: '泳池水泵',
  nameEn: 'Pool pump',
  tradeCode: 'PLUMBING',
  ...overrides,
});
const setCode = (overrides: object = {}) =>
  service.ok<object>(estate.director, setWorkOrderCode, { input: aCode(overrides) });

describe('setWorkOrderCode', () => {
  it('[A109] adds a trade with its department, and what can be reported under it', async () => {
    await setCode({
      kind: 'TRADE',
      code: 'POOLS',
      nameZh: '泳池',
      nameEn: 'Pools',
      departmentCode: 'ENVIRONMENT',
      tradeCode: null,
    });
    await setCode({ tradeCode: 'POOLS', returnVisitKind: 'SAFETY', isEmergency: true });
    const query = `query ($communityId: ID!) {
      workOrderTrades(communityId: $communityId) {
        trade { code label } departmentCode problems { problem { code label } returnVisitKind isEmergency }
      }
    }`;
    const { workOrderTrades } = await service.ok<{ workOrderTrades: object[] }>(estate.clerk, query, {
      communityId: estate.communityId,
    });
    expect(workOrderTrades).toContainEqual({
      trade: { code: 'POOLS', label: 'Pools' },
      departmentCode: 'ENVIRONMENT',
      problems: [{ problem: { code: 'POOL_PUMP', label: 'Pool pump' }, returnVisitKind: 'SAFETY', isEmergency: true }],
    });
    const id = await anOrder(service, estate, { tradeCode: 'POOLS', problemCode: 'POOL_PUMP' });
    expect(await look(service, estate.clerk, id)).toMatchObject({
      departmentCode: 'ENVIRONMENT',
      returnVisitKind: 'SAFETY',
      priority: 'EMERGENCY',
    });
  });

  it('[A067] gives a problem of its own a warranty, which decides who answers for it', async () => {
    const home = await anEstate(service, { warrantyFrom: '2025-06-01' });
    const own = { communityId: home.communityId, code: 'SOLAR_HEATER', nameZh: '太阳能', nameEn: 'Solar heater' };
    const covered = { ...own, warrantyKind: 'EQUIPMENT' };
    await service.ok(home.director, setWorkOrderCode, { input: aCode(covered) });
    const request = { problemCode: 'SOLAR_HEATER', part: null };
    expect(await look(service, home.clerk, await anOrder(service, home, request))).toMatchObject({
      responsibleParty: 'DEVELOPER_WARRANTY',
      warrantyEndsOn: '2027-06-01',
      isPaid: false,
    });
    const query = `query ($communityId: ID!) {
      workOrderTrades(communityId: $communityId) { problems { problem { code } warrantyKind } }
    }`;
    type Trades = { workOrderTrades: { problems: object[] }[] };
    const { workOrderTrades } = await service.ok<Trades>(home.clerk, query, { communityId: home.communityId });
    expect(workOrderTrades.flatMap(({ problems }) => problems)).toContainEqual({
      problem: { code: 'SOLAR_HEATER' },
      warrantyKind: 'EQUIPMENT',
    });
    await service.ok(home.director, setWorkOrderCode, { input: aCode(own) });
    expect(await look(service, home.clerk, await anOrder(service, home, request))).toMatchObject({
      responsibleParty: 'OWN_STAFF',
      isPaid: true,
    });
  });

  it('retires a code of its own; orders that have it stay readable and can go on', async () => {
    await setCode({ code: 'FOUNTAIN', nameZh: '喷泉', nameEn: 'Fountain' });
    const id = await anOrder(service, estate, { problemCode: 'FOUNTAIN' });
    expect(await setCode({ code: 'FOUNTAIN', nameZh: '喷泉', nameEn: 'Fountain', isRetired: true })).toEqual({
      setWorkOrderCode: { code: { code: 'FOUNTAIN', label: 'Fountain' }, isRetired: true },
    });
    const again = anOrder(service, estate, { problemCode: 'FOUNTAIN' });
    await expect(again).rejects.toThrow('PROBLEM_UNKNOWN');
    await act(service, estate.clerk, 'locateWorkOrder', { id, placeId: estate.lobbyId });
    const problem = 'query ($id: ID!) { workOrder(id: $id) { problem { code label } } }';
    expect(await service.ok(estate.clerk, problem, { id })).toEqual({
      workOrder: { problem: { code: 'FOUNTAIN', label: 'Fountain' } },
    });
  });

  it('adds a channel, through which all five fields are asked for', async () => {
    await setCode({ kind: 'CHANNEL', code: 'ROBOT', nameZh: '机器人', nameEn: 'Robot', tradeCode: null });
    const query = `query ($communityId: ID!) { workOrderChannels(communityId: $communityId) { channel { code } isContactRequired } }`;
    const { workOrderChannels } = await service.ok<{ workOrderChannels: object[] }>(estate.clerk, query, {
      communityId: estate.communityId,
    });
    expect(workOrderChannels).toContainEqual({ channel: { code: 'ROBOT' }, isContactRequired: true });
  });

  it.each([
    [{ code: 'pool' }, ['CODE_MALFORMED']],
    [{ nameEn: ' ' }, ['TEXT_REQUIRED']],
    [{ code: 'TAP_OR_VALVE' }, ['CODE_BUILT_IN']],
    [{ tradeCode: 'MAGIC' }, ['TRADE_UNKNOWN']],
    [{ kind: 'TRADE', tradeCode: null, departmentCode: 'NOBODY' }, ['DEPARTMENT_UNKNOWN']],
    [{ kind: 'CHANNEL', tradeCode: null, warrantyKind: 'PLUMBING' }, ['FIELD_NOT_OF_KIND']],
  ])('refuses %j', async (overrides, expected) => {
    expect(await refusedReasons(estate.director, setWorkOrderCode, aCode(overrides))).toEqual(expected);
  });

  it('refuses a community that residents has not told of', async () => {
    const everywhere = aStaffViewer({ roles: ['director'], tenantId: estate.tenantId, communityIds: 'all' });
    expect(await refusedReasons(everywhere, setWorkOrderCode, aCode({ communityId: newId() }))).toEqual([
      'COMMUNITY_UNKNOWN',
    ]);
  });
});
