import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Role, Viewer } from '@steward/auth';
import { newId } from '@steward/core';
import { aResidentViewer, aStaffViewer, statements, type TestService } from '@steward/test-kit';

import { see } from './work-order-views.ts';
import {
  act,
  aHousehold,
  anEstate,
  anOrder,
  aPlace,
  completed,
  look,
  startWorkOrders,
  type Estate,
} from './work-orders-fixture.ts';

let service: TestService;
let estate: Estate;
let neighbour: Viewer;
/** Received, assigned and emergency, completed, withdrawn; the neighbour's; one from another agency. */
let ids: { received: string; urgent: string; done: string; withdrawn: string; next: string; imported: string };
const nameOf = (id: string): string => Object.entries(ids).find(([, known]) => known === id)?.[0] ?? id;

const importWorkOrders = `mutation ($input: ImportWorkOrdersInput!) { importWorkOrders(input: $input) { results { workOrder { id } } } }`;

beforeAll(async () => {
  service = await startWorkOrders();
  estate = await anEstate(service);
  neighbour = aResidentViewer({ tenantId: estate.tenantId, communityIds: [estate.communityId] });
  const nextDoor = await aPlace(service, estate, { path: '3/1/1202', warrantyFrom: '2012-05-01' });
  await aHousehold(service, estate, nextDoor, neighbour.personId ?? '');
  await service.settle();
  const received = await anOrder(service, estate);
  const urgent = await anOrder(service, estate, { problemCode: 'PIPE_BURST', contactPhone: '139 0000 1111' });
  await act(service, estate.clerk, 'assignWorkOrder', { id: urgent, assigneeId: estate.plumber.staffId });
  const done = await anOrder(service, estate);
  await completed(service, estate, done);
  const withdrawn = await anOrder(service, estate, { tradeCode: 'CLEANING', problemCode: 'DIRTY_COMMON_AREA' });
  await act(service, estate.clerk, 'cancelWorkOrder', { id: withdrawn, reasonCode: 'DUPLICATE' });
  await service.move({ advance: 'PT1M' });
  const next = await anOrder(service, estate, { placeId: nextDoor, part: 'AS_DELIVERED' });
  const source = { system: 'NYC311', key: '4711' };
  const row = {
    placeId: estate.buildingId,
    tradeCode: 'PLUMBING',
    problemCode: 'NO_WATER',
    description: '停水',
    source,
  };
  const input = { communityId: estate.communityId, rows: [row] };
  type Imported = { importWorkOrders: { results: { workOrder: { id: string } }[] } };
  const { importWorkOrders: answer } = await service.ok<Imported>(estate.director, importWorkOrders, { input });
  ids = { received, urgent, done, withdrawn, next, imported: answer.results[0]?.workOrder.id ?? '' };
});
afterAll(() => service?.stop());

type Page = {
  workOrders: { totalCount: number; nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
};
const workOrders = `query ($first: Int, $after: String, $filter: WorkOrderFilter, $orderBy: WorkOrderOrder) {
  workOrders(first: $first, after: $after, filter: $filter, orderBy: $orderBy) { totalCount nodes { id } pageInfo { hasNextPage endCursor } }
}`;
const all = { first: 20, orderBy: 'RECEIVED_AT_DESC' };
const page = async (viewer: Viewer, variables: object) =>
  (await service.ok<Page>(viewer, workOrders, { ...all, ...variables })).workOrders;
const found = async (viewer: Viewer, filter: object = {}): Promise<string[]> =>
  (await page(viewer, { filter })).nodes.map(({ id }) => nameOf(id)).toSorted();

const everyone = ['done', 'imported', 'next', 'received', 'urgent', 'withdrawn'];
const wholeHousehold = ['done', 'received', 'urgent', 'withdrawn'];

describe('who sees which orders', () => {
  it('staff those of their communities, residents those of their households, strangers none', async () => {
    expect(await found(estate.clerk)).toEqual(everyone);
    expect(await found(estate.resident)).toEqual(wholeHousehold);
    expect(await found(neighbour)).toEqual(['next']);
    const { tenantId, communityId } = estate;
    const elsewhere = aStaffViewer({ roles: ['clerk'], tenantId, communityIds: [newId()] });
    expect(await found(elsewhere)).toEqual([]);
    const foreign = aStaffViewer({ roles: ['director'], communityIds: 'all' });
    expect(await found(foreign)).toEqual([]);
    expect(await service.ok(foreign, '{ workOrderCounts { count } }')).toEqual({
      workOrderCounts: Array.from({ length: 8 }, () => ({ count: 0 })),
    });
    const { code } = (await service.refused(elsewhere, workOrders, { ...all, filter: { communityId } })).extensions;
    expect(code).toBe('NOT_FOUND');
  });

  it('a single order in the same way', async () => {
    const query = 'query ($id: ID!) { workOrder(id: $id) { id } }';
    const visible = async (viewer: Viewer, id: string) =>
      (await service.graphql<{ workOrder: object | null }>(viewer, query, { id })).data.workOrder !== null;
    expect(await visible(estate.resident, ids.received)).toBe(true);
    expect(await visible(estate.resident, ids.next)).toBe(false);
    expect(await visible(estate.clerk, newId())).toBe(false);
  });

  it.each<[Role, boolean]>([
    ['guard', true],
    ['cashier', true],
    ['trainer', false],
    ['committee', false],
  ])('a %s of the community: %s', async (role, sees) => {
    const { tenantId, communityId } = estate;
    const viewer = aStaffViewer({ roles: [role], tenantId, communityIds: [communityId] });
    const { data, errors } = await service.graphql<Page | null>(viewer, workOrders, all);
    // Neither a node nor a count: who may not see orders learns nothing of how many there are.
    const seen = errors === undefined ? (data?.workOrders.nodes.length ?? 0) : 0;
    expect(seen > 0).toBe(sees);
  });

  it('what was said, signed and changed is for the desk and the household', async () => {
    const selection = 'opinion history { nodes { action } }';
    await see(service, estate.resident, ids.done, selection);
    const guard = aStaffViewer({ roles: ['guard'], tenantId: estate.tenantId, communityIds: [estate.communityId] });
    await expect(see(service, guard, ids.done, selection)).rejects.toThrow('ACCESS_DENIED');
  });
});

describe('workOrders', () => {
  it.each<[object, string[]]>([
    [{ status: ['RECEIVED', 'ASSIGNED'] }, ['imported', 'next', 'received', 'urgent']],
    [{ priority: 'EMERGENCY' }, ['imported', 'urgent']],
    [{ isUnassigned: true }, ['imported', 'next', 'received', 'withdrawn']],
    [{ isUnassigned: false, status: ['ASSIGNED'] }, ['urgent']],
    [{ tradeCode: ['CLEANING'] }, ['withdrawn']],
    [{ problemCode: ['PIPE_BURST', 'NO_WATER'] }, ['imported', 'urgent']],
    [{ channelCode: ['EXTERNAL_AGENCY'] }, ['imported']],
    [{ sourceSystem: 'NYC311' }, ['imported']],
    [{ isPaid: true }, ['next']],
    [{ isReworked: true }, []],
    [{ returnVisitKind: ['LEAK'] }, ['urgent']],
    [{ responsibleParty: ['DEVELOPER_WARRANTY'] }, []],
    [{ chargeState: ['NONE'], isPaid: true }, ['next']],
    [{ receivedFrom: '2026-03-02T01:00:01Z' }, ['imported', 'next']],
    [{ receivedTo: '2026-03-02T01:01:00Z' }, ['done', 'received', 'urgent', 'withdrawn']],
    [{ completedFrom: '2026-03-02T01:00:00Z', completedTo: '2026-03-02T02:00:00Z' }, ['done']],
    [{ completedTo: '2026-03-02T01:00:00Z' }, []],
    [{ dueBefore: '2026-03-03T02:00:00Z' }, ['imported', 'urgent']],
    [{ text: 'WX-20260302-' }, everyone],
    [{ text: '4711' }, ['imported']],
    [{ text: '139-0000-1111' }, ['urgent']],
    [{ text: '139-0000-111' }, []],
    [{ text: '%' }, []],
  ])('that match %j', async (filter, expected) => {
    expect(await found(estate.clerk, filter)).toEqual(expected);
  });

  it('of a unit, a building, a household and an assignee', async () => {
    const { unitId, buildingId, householdId, plumber } = estate;
    expect(await found(estate.clerk, { unitId })).toEqual(wholeHousehold);
    expect(await found(estate.clerk, { buildingId })).toEqual(everyone);
    expect(await found(estate.clerk, { householdId })).toEqual(wholeHousehold);
    expect(await found(estate.clerk, { assigneeId: plumber.staffId })).toEqual(['done', 'urgent']);
  });

  it('are found by a whole phone by those alone who may have it shown', async () => {
    expect(await found(estate.plumber, { text: '139 0000 1111' })).toEqual([]);
  });

  it('come page by page, none twice and none left out', async () => {
    const seen: string[] = [];
    let after: string | null = null;
    for (let more = true; more;) {
      const { nodes, pageInfo, totalCount }: Page['workOrders'] = await page(estate.clerk, {
        first: 4,
        after,
        orderBy: 'RECEIVED_AT_ASC',
      });
      expect(totalCount).toBe(6);
      seen.push(...nodes.map(({ id }) => nameOf(id)));
      after = pageInfo.endCursor;
      more = pageInfo.hasNextPage;
    }
    expect(seen.slice(-2).toSorted()).toEqual(['imported', 'next']);
    expect(seen.toSorted()).toEqual(everyone);
  });

  it('by due time are those that are due', async () => {
    const { nodes } = await page(estate.clerk, { orderBy: 'DUE_AT_ASC' });
    expect(nodes.map(({ id }) => nameOf(id))).toEqual(['urgent', 'imported', 'done']);
  });

  it.each([
    [{ first: 0 }, 'PAGE_SIZE'],
    [{ first: 101 }, 'PAGE_SIZE'],
    [{ after: 'next' }, 'CURSOR_INVALID'],
  ])('refuse %j', async (variables, reason) => {
    const { extensions } = await service.refused(estate.clerk, workOrders, { ...all, ...variables });
    expect(extensions.reason).toBe(reason);
  });

  it('hang on the community, the unit, the household and the assignee, as far as the viewer may see them', async () => {
    const query = `query ($refs: [_Any!]!) { _entities(representations: $refs) {
      ... on Community { workOrders { totalCount } } ... on Unit { workOrders { totalCount } }
      ... on Household { workOrders { totalCount } } ... on Staff { assignedWorkOrders { totalCount } }
      ... on WorkOrder { number }
    } }`;
    const refs = [
      { __typename: 'Community', id: estate.communityId },
      { __typename: 'Unit', id: estate.unitId },
      { __typename: 'Household', id: estate.householdId },
      { __typename: 'Staff', id: estate.plumber.staffId },
    ];
    const counts = (...totals: number[]) =>
      totals.map((totalCount, index) =>
        index < 3 ? { workOrders: { totalCount } } : { assignedWorkOrders: { totalCount } },
      );
    expect(await service.ok(estate.clerk, query, { refs })).toEqual({ _entities: counts(6, 4, 4, 2) });
    expect(await service.ok(neighbour, query, { refs })).toEqual({ _entities: counts(1, 0, 0, 0) });
    const { number } = await look(service, estate.clerk, ids.done);
    const order = [{ __typename: 'WorkOrder', id: ids.done }];
    expect(await service.ok(estate.resident, query, { refs: order })).toEqual({ _entities: [{ number }] });
    expect((await service.graphql<{ _entities: unknown[] }>(neighbour, query, { refs: order })).data._entities).toEqual(
      [null],
    );
  });
});

describe('lists below the entities of others', () => {
  const args = '(first: 2, orderBy: RECEIVED_AT_ASC)';
  const below = `query ($refs: [_Any!]!) { _entities(representations: $refs) {
    ... on Unit { list: workOrders${args} { totalCount nodes { id } pageInfo { endCursor } } }
    ... on Household { list: workOrders${args} { totalCount nodes { id } pageInfo { endCursor } } }
    ... on Community { list: workOrders${args} { totalCount nodes { id } pageInfo { endCursor } } }
    ... on Staff { list: assignedWorkOrders${args} { totalCount nodes { id } pageInfo { endCursor } } } } }`;
  type List = { list: { totalCount: number; nodes: { id: string }[]; pageInfo: { endCursor: string | null } } };
  const listsOf = async (viewer: Viewer, refs: { __typename: string; id: string }[]): Promise<List[]> =>
    (await service.ok<{ _entities: List[] }>(viewer, below, { refs }))._entities;
  const known = () => [
    { __typename: 'Unit', id: estate.unitId },
    { __typename: 'Household', id: estate.householdId },
    { __typename: 'Community', id: estate.communityId },
    { __typename: 'Staff', id: estate.plumber.staffId ?? '' },
  ];

  it.each(['clerk', 'resident'] as const)(
    'cost a %s as many statements below fifty of each kind as below one',
    async (name) => {
      const others = ['Unit', 'Household', 'Staff'].flatMap((__typename) =>
        Array.from({ length: 49 }, () => ({ __typename, id: newId() })),
      );
      const cost = async (refs: { __typename: string; id: string }[]): Promise<number> => {
        const before = await statements(service);
        const lists = await listsOf(estate[name], refs);
        const staffed = name === 'clerk' ? [4, 4, 6, 2] : [4, 4, 4, 2];
        expect(lists.map(({ list }) => list.totalCount)).toEqual([...staffed, ...refs.slice(4).map(() => 0)]);
        expect(lists.map(({ list }) => list.nodes.length).slice(0, 4)).toEqual([2, 2, 2, 2]);
        return (await statements(service)) - before;
      };
      expect(await cost([...known(), ...others])).toBe(await cost(known()));
    },
  );

  it('go on where a page ended, with the filter of the list', async () => {
    const query = `query ($refs: [_Any!]!, $after: String, $filter: WorkOrderFilter) { _entities(representations: $refs) {
      ... on Unit { list: workOrders(first: 2, orderBy: RECEIVED_AT_ASC, after: $after, filter: $filter) {
        totalCount nodes { id } pageInfo { endCursor } } } } }`;
    const refs = known().slice(0, 1);
    const filter = { tradeCode: ['PLUMBING'] };
    const ask = async (after: string | null): Promise<List | undefined> =>
      (await service.ok<{ _entities: List[] }>(estate.clerk, query, { refs, after, filter }))._entities[0];
    const first = await ask(null);
    const second = await ask(first?.list.pageInfo.endCursor ?? null);
    expect([first?.list.totalCount, second?.list.totalCount]).toEqual([3, 3]);
    const names = [first, second].flatMap((one) => one?.list.nodes.map(({ id }) => nameOf(id)) ?? []);
    expect(names.toSorted()).toEqual(['done', 'received', 'urgent']);
  });

  it('of a community out of reach are refused', async () => {
    const elsewhere = aStaffViewer({ roles: ['clerk'], tenantId: estate.tenantId, communityIds: [newId()] });
    const { data } = await service.graphql<{ _entities: (List | null)[] }>(elsewhere, below, {
      refs: known().slice(2, 3),
    });
    expect(data._entities[0]?.list ?? null).toBeNull();
  });
});

describe('workOrderCounts', () => {
  it('counts every status, none included, of what the viewer sees', async () => {
    type Counts = { workOrderCounts: { status: string; count: number }[] };
    const query = 'query ($filter: WorkOrderFilter) { workOrderCounts(filter: $filter) { status count } }';
    const counts = async (viewer: Viewer, filter: object = {}) => {
      const { workOrderCounts } = await service.ok<Counts>(viewer, query, { filter });
      expect(workOrderCounts).toHaveLength(8);
      return Object.fromEntries(
        workOrderCounts.filter(({ count }) => count > 0).map(({ status, count }) => [status, count]),
      );
    };
    expect(await counts(estate.clerk)).toEqual({ RECEIVED: 3, ASSIGNED: 1, COMPLETED: 1, CANCELLED: 1 });
    expect(await counts(neighbour)).toEqual({ RECEIVED: 1 });
    expect(await counts(estate.clerk, { priority: 'EMERGENCY' })).toEqual({ RECEIVED: 1, ASSIGNED: 1 });
  });
});
