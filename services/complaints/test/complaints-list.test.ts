import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Viewer } from '@steward/auth';
import { newId } from '@steward/core';
import { aResidentViewer, aStaffViewer, type TestService } from '@steward/test-kit';

import {
  act,
  aComplaint,
  aHousehold,
  anArchived,
  anEstate,
  aPlace,
  someone,
  startComplaints,
  type Estate,
} from './complaints-fixture.ts';

let service: TestService;
let estate: Estate;
let neighbour: Viewer;
/** Received, with a handler, archived, withdrawn, major with harm; the neighbour's; one from another agency. */
let ids: Record<'received' | 'given' | 'archived' | 'withdrawn' | 'harm' | 'next' | 'imported', string>;
const nameOf = (id: string): string => Object.entries(ids).find(([, known]) => known === id)?.[0] ?? id;

beforeAll(async () => {
  service = await startComplaints();
  estate = await anEstate(service);
  neighbour = aResidentViewer({ tenantId: estate.tenantId, communityIds: [estate.communityId] });
  const nextDoor = await aPlace(service, estate, { path: '3/1/1202' });
  await aHousehold(service, estate, nextDoor, neighbour.personId ?? '');
  await service.settle();
  const received = await aComplaint(service, estate);
  const given = await aComplaint(service, estate, { categoryCode: 'FEES', contactPhone: '139 0000 1111' });
  await act(service, estate.clerk, 'assignComplaint', { id: given, handlerId: estate.plumber.staffId });
  const archived = await anArchived(service, estate);
  const withdrawn = await aComplaint(service, estate, { channelCode: 'VISIT' });
  await act(service, estate.clerk, 'withdrawComplaint', { id: withdrawn, reasonCode: 'DUPLICATE' });
  await service.move({ advance: 'PT1M' });
  const harm = await aComplaint(service, estate, { effects: ['SAFETY'], isHarmOngoing: true, placeId: estate.lobbyId });
  const next = await aComplaint(service, estate, { placeId: nextDoor, nature: 'SUGGESTION' });
  const source = { system: 'NYC311', key: '4711' };
  const nobody = { contactName: null, contactPhone: null, course: null, demand: null };
  const agency = { ...nobody, channelCode: 'EXTERNAL_AGENCY', source, placeId: estate.buildingId };
  const imported = await aComplaint(service, estate, agency);
  ids = { received, given, archived, withdrawn, harm, next, imported };
});
afterAll(() => service?.stop());

type Page = {
  complaints: { totalCount: number; nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
};
const complaints = `query ($first: Int, $after: String, $filter: ComplaintFilter, $orderBy: ComplaintOrder) {
  complaints(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
    totalCount nodes { id } pageInfo { hasNextPage endCursor }
  }
}`;
const all = { first: 20, orderBy: 'RECEIVED_AT_DESC' };
const page = async (viewer: Viewer, variables: object) =>
  (await service.ok<Page>(viewer, complaints, { ...all, ...variables })).complaints;
const found = async (viewer: Viewer, filter: object = {}): Promise<string[]> =>
  (await page(viewer, { filter })).nodes.map(({ id }) => nameOf(id)).toSorted();

const everything = ['archived', 'given', 'harm', 'imported', 'next', 'received', 'withdrawn'];

describe('who sees which complaints', () => {
  it('the desk those of its communities, residents their own, handlers those they handle, strangers none', async () => {
    expect(await found(estate.clerk)).toEqual(everything);
    expect(await found(estate.resident)).toEqual(['archived', 'given', 'received', 'withdrawn']);
    expect(await found(neighbour)).toEqual(['next']);
    const { tenantId, communityId } = estate;
    expect(await found(aStaffViewer({ roles: ['clerk'], tenantId, communityIds: [newId()] }))).toEqual([]);
    expect(await found(aStaffViewer({ roles: ['clerk'], communityIds: [communityId] }))).toEqual([]);
    const cashier = { ...someone(estate, 'cashier'), staffId: estate.plumber.staffId ?? '' };
    expect(await found(cashier)).toEqual(['given']);
  });

  it('one by one as in the list', async () => {
    const query = 'query ($id: ID!) { complaint(id: $id) { id } }';
    const sees = async (viewer: Viewer, id: string) =>
      (await service.ok<{ complaint: object | null }>(viewer, query, { id })).complaint !== null;
    expect([await sees(neighbour, ids.next), await sees(neighbour, ids.received)]).toEqual([true, false]);
    expect(await sees(someone(estate, 'cashier'), ids.given)).toBe(false);
  });
});

describe('filters', () => {
  it.each([
    [{ status: ['RECEIVED'] }, ['given', 'harm', 'imported', 'next', 'received']],
    [{ status: ['ARCHIVED', 'WITHDRAWN'] }, ['archived', 'withdrawn']],
    [{ grade: ['MAJOR'] }, ['harm']],
    [{ nature: ['SUGGESTION'] }, ['next']],
    [{ channelCode: ['VISIT'] }, ['withdrawn']],
    [{ categoryCode: ['FEES'] }, ['given']],
    [{ departmentCode: 'FINANCE' }, ['given']],
    [{ responsibility: ['COMPANY'] }, ['archived']],
    [{ isValid: true }, ['archived']],
    [{ isHarmOngoing: true }, ['harm']],
    [{ isUnassigned: false }, ['given']],
    [{ isReopened: true }, []],
    [{ isBreached: true }, []],
    [{ sourceSystem: 'NYC311' }, ['imported']],
    [{ receivedFrom: '2026-03-02T01:01:00.000Z' }, ['harm', 'imported', 'next']],
    [{ receivedTo: '2026-03-02T01:01:00.000Z', status: ['RECEIVED'] }, ['given', 'received']],
    [{ dueBefore: '2026-03-05T00:00:00.000Z', categoryCode: ['FEES'] }, []],
    [{ text: '4711' }, ['imported']],
    [{ text: '139-0000-1111' }, ['given']],
  ])('%j', async (filter, expected) => {
    expect(await found(estate.clerk, filter)).toEqual(expected);
  });

  it('by place, household and handler', async () => {
    const { unitId, buildingId, householdId } = estate;
    expect(await found(estate.clerk, { unitId })).toEqual(['archived', 'given', 'received', 'withdrawn']);
    expect(await found(estate.clerk, { buildingId })).toEqual(everything);
    expect(await found(estate.clerk, { householdId })).toEqual(['archived', 'given', 'received', 'withdrawn']);
    expect(await found(estate.clerk, { handlerId: estate.plumber.staffId })).toEqual(['given']);
  });

  it('a phone finds nothing for who may not see contacts; a community out of reach does not exist', async () => {
    expect(await found(someone(estate, 'analyst'), { text: '139-0000-1111' })).toEqual([]);
    const filter = { communityId: newId() };
    const { extensions } = await service.refused(estate.clerk, complaints, { ...all, filter });
    expect(extensions.code).toBe('NOT_FOUND');
  });
});

describe('pages', () => {
  it('neither skip nor repeat', async () => {
    for (const orderBy of ['RECEIVED_AT_DESC', 'RECEIVED_AT_ASC', 'DUE_AT_ASC']) {
      const seen: string[] = [];
      let after: string | null = null;
      for (let count = 0; count < 10; count += 1) {
        const { nodes, pageInfo, totalCount } = await page(estate.clerk, { first: 3, after, orderBy });
        expect(totalCount).toBe(7);
        seen.push(...nodes.map(({ id }) => nameOf(id)));
        after = pageInfo.endCursor;
        if (!pageInfo.hasNextPage) break;
      }
      expect(seen.toSorted()).toEqual(everything);
    }
  });

  it('are refused beyond a hundred', async () => {
    const { extensions } = await service.refused(estate.clerk, complaints, { ...all, first: 101 });
    expect(extensions.reason).toBe('PAGE_SIZE');
  });
});

describe('complaintCounts', () => {
  it('count every status, none included, as far as the viewer sees', async () => {
    const counts = async (viewer: Viewer) => {
      const query = '{ complaintCounts { status count } }';
      type Answer = { complaintCounts: { status: string; count: number }[] };
      const { complaintCounts } = await service.ok<Answer>(viewer, query);
      return Object.fromEntries(complaintCounts.map(({ status, count }) => [status, count]));
    };
    const none = { RECEIVED: 0, REFERRED: 0, HANDLING: 0, RESOLVED: 0, ARCHIVED: 0, WITHDRAWN: 0 };
    expect(await counts(estate.clerk)).toEqual({ ...none, RECEIVED: 5, ARCHIVED: 1, WITHDRAWN: 1 });
    expect(await counts(neighbour)).toEqual({ ...none, RECEIVED: 1 });
  });
});

describe('lists of others', () => {
  const listOf = async (viewer: Viewer, __typename: string, id: string, field = 'complaints') => {
    const query = `query ($representations: [_Any!]!) {
      _entities(representations: $representations) { ... on ${__typename} { list: ${field} { totalCount nodes { id } } } }
    }`;
    type Answer = { _entities: { list: { totalCount: number; nodes: { id: string }[] } | null }[] };
    const { _entities } = await service.ok<Answer>(viewer, query, { representations: [{ __typename, id }] });
    const { list } = _entities[0] as Answer['_entities'][0];
    expect(list?.nodes).toHaveLength(list?.totalCount ?? 0);
    return (list?.nodes ?? []).map((complaint) => nameOf(complaint.id)).toSorted();
  };

  it('hang on community, unit, household and staff', async () => {
    expect(await listOf(estate.clerk, 'Community', estate.communityId)).toEqual(everything);
    const household = ['archived', 'given', 'received', 'withdrawn'];
    expect(await listOf(estate.clerk, 'Unit', estate.unitId)).toEqual(household);
    expect(await listOf(estate.resident, 'Household', estate.householdId)).toEqual(household);
    expect(await listOf(estate.clerk, 'Staff', estate.plumber.staffId ?? '', 'handledComplaints')).toEqual(['given']);
    expect(await listOf(neighbour, 'Household', estate.householdId)).toEqual([]);
  });
});
