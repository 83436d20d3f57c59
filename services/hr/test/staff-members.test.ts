import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Viewer } from '@steward/auth';
import { newId } from '@steward/core';
import { aResidentViewer, aStaffViewer, type TestService } from '@steward/test-kit';

import { aCommunity, aCompany, aStaffMember, change, startHr, type Company } from './hr-fixture.ts';

let service: TestService;
let company: Company;
let elsewhere: string;

beforeAll(async () => {
  service = await startHr();
  company = await aCompany(service);
  elsewhere = await aCommunity(service, company.tenantId, { timeZone: 'America/New_York' });
  const guard = { departmentCode: 'SECURITY', positionCode: 'GUARD', role: 'GUARD' as const };
  await aStaffMember(service, company, { number: 'A', employedOn: '2025-01-01', tradeCodes: ['LOCKS', 'PLUMBING'] });
  await aStaffMember(service, company, {
    number: 'B',
    employedOn: '2025-02-01',
    posts: [guard],
    tradeCodes: [],
    phone: '+86 139-0000-0000',
  });
  await aStaffMember(service, company, {
    number: 'C',
    employedOn: '2025-03-01',
    posts: [{ ...guard, communityId: elsewhere }],
  });
  await aStaffMember(service, company, { number: 'D', employedOn: '2025-04-01', communityId: elsewhere });
  const onDuty = await service.ok<{ staffMembers: { nodes: { id: string }[] } }>(company.director, list, {
    filter: { number: 'A' },
  });
  await service.ok(company.director, change('startStaffDuty'), { input: { id: onDuty.staffMembers.nodes[0]?.id } });
});
afterAll(() => service?.stop());

const list = `query ($filter: StaffFilter, $orderBy: StaffOrder! = NUMBER, $first: Int! = 20, $after: String) {
  staffMembers(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor } nodes { id number }
  }
}`;

type List = {
  staffMembers: {
    totalCount: number;
    pageInfo: { hasNextPage: boolean; endCursor: string };
    nodes: { number: string }[];
  };
};

const numbers = async (filter: object, viewer: Viewer = company.director, more: object = {}): Promise<string[]> => {
  const { staffMembers } = await service.ok<List>(viewer, list, { filter, ...more });
  return staffMembers.nodes.map(({ number }) => number);
};

describe('staffMembers', () => {
  it.each<[string, () => object, string[]]>([
    ['nothing', () => ({}), ['A', 'B', 'C', 'D']],
    ['a community: employed or posted there', () => ({ communityId: elsewhere }), ['C', 'D']],
    ['a department', () => ({ departmentCode: ['SECURITY'] }), ['B', 'C']],
    ['a department in a community', () => ({ departmentCode: ['SECURITY'], communityId: elsewhere }), ['C']],
    ['a role', () => ({ role: ['MAINTENANCE'] }), ['A', 'D']],
    ['trades, any of them', () => ({ tradeCode: ['LOCKS', 'GREENING'] }), ['A']],
    ['a state', () => ({ status: ['LEFT'] }), []],
    ['a phone, however it is written', () => ({ phone: '13900000000' }), ['B']],
    ['duty at a time', () => ({ onDutyAt: '2026-03-02T01:00:00Z' }), ['A']],
    ['duty at another time', () => ({ onDutyAt: '2026-03-02T00:59:59Z' }), []],
  ])('filters by %s', async (_what, filter, expected) => {
    expect(await numbers(filter())).toEqual(expected);
  });

  it('comes in pages and in the order asked for', async () => {
    expect(await numbers({}, company.director, { orderBy: 'EMPLOYED_ON_DESC' })).toEqual(['D', 'C', 'B', 'A']);
    const first = await service.ok<List>(company.director, list, { first: 3, orderBy: 'EMPLOYED_ON_DESC' });
    expect(first.staffMembers).toMatchObject({ totalCount: 4, pageInfo: { hasNextPage: true } });
    const after = first.staffMembers.pageInfo.endCursor;
    expect(await numbers({}, company.director, { first: 3, after, orderBy: 'EMPLOYED_ON_DESC' })).toEqual(['A']);
  });

  it('shows staff of a community those who work there, and residents nobody', async () => {
    const { tenantId } = company;
    const clerk = aStaffViewer({ roles: ['clerk'], tenantId, communityIds: [elsewhere] });
    expect(await numbers({}, clerk)).toEqual(['C', 'D']);
    const foreign = await service.refused(clerk, list, { filter: { communityId: company.communityId } });
    expect(foreign.extensions.code).toBe('NOT_FOUND');
    const resident = aResidentViewer({ tenantId, communityIds: [elsewhere] });
    expect((await service.refused(resident, list)).extensions.reason).toBe('ACCESS_DENIED');
  });

  it('shows nothing of another company', async () => {
    expect(await numbers({}, aStaffViewer({ roles: ['director'], communityIds: 'all' }))).toEqual([]);
  });
});

describe('what other services refer to', () => {
  const entities = `query ($representations: [_Any!]!) {
    _entities(representations: $representations) {
      ... on Staff { number nameMasked phone }
      ... on Community { staffMembers { nodes { number } } teams { totalCount } }
    }
  }`;

  it('resolves staff by id, masked for residents and absent for strangers', async () => {
    const { tenantId, communityId } = company;
    const id = await aStaffMember(service, company, { number: 'E' });
    const representations = [
      { __typename: 'Staff', id },
      { __typename: 'Staff', id: newId() },
    ];
    const resident = aResidentViewer({ tenantId, communityIds: [communityId] });
    expect(await service.ok(resident, entities, { representations })).toEqual({
      _entities: [{ number: 'E', nameMasked: '王**', phone: null }, null],
    });
    const stranger = aResidentViewer({ tenantId, communityIds: [elsewhere] });
    expect(await service.ok(stranger, entities, { representations })).toEqual({ _entities: [null, null] });
  });

  it('adds staff and teams to a community', async () => {
    const representations = [{ __typename: 'Community', id: elsewhere }];
    expect(await service.ok(company.director, entities, { representations })).toEqual({
      _entities: [{ staffMembers: { nodes: [{ number: 'C' }, { number: 'D' }] }, teams: { totalCount: 0 } }],
    });
  });
});
