import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import { statements, type TestService } from '@steward/test-kit';

import {
  aCommunity,
  aCompany,
  anOrganisation,
  aPerson,
  enterHouseholds,
  enterPlaces,
  startResidents,
  type Company,
} from './residents-fixture.ts';

let service: TestService;
let company: Company;
let other: string;

const since = { validFrom: '2020-01-01' };
const known = newId();

beforeAll(async () => {
  service = await startResidents();
  company = await aCompany(service);
  other = await aCommunity(service, company.director, { code: 'OTHER' });
  await enterPlaces(service, company, [
    { code: '3', kind: 'BUILDING' },
    { parentPath: '3', code: '1', kind: 'SECTION' },
    { parentPath: '3/1', code: '101', kind: 'UNIT', usage: 'RESIDENTIAL' },
    { parentPath: '3/1', code: '102', kind: 'UNIT', usage: 'SHOP' },
    { code: '30', kind: 'BUILDING' },
  ]);
  const owner = {
    person: { id: known, name: '张伟', phone: '+86 138 0011 0022', identityNumber: 'E1' },
    role: 'OWNER',
    ...since,
  };
  const holdings = [{ unitPath: '3/1/101', tenure: 'OWNED', ...since }];
  await enterHouseholds(service, company, [
    { number: 'A', holdings, members: [owner] },
    { number: 'B', segment: 'MAIN_MERCHANT', isKeyAccount: true },
  ]);
  await enterHouseholds(service, company, [
    { number: 'C', members: [{ personId: known, role: 'FAMILY', ...since, validTo: '2021-01-01' }] },
  ]);
  await aPerson(service, { ...company, communityId: other, clerk: company.director }, { phone: '13900000000' });
  await anOrganisation(service, company, { creditCode: '9131', kind: 'DEVELOPER' });
  await anOrganisation(service, { ...company, communityId: other, clerk: company.director });
});
afterAll(() => service?.stop());

const listOf = async (list: string, filter: object, variables: object = {}): Promise<string[]> => {
  const type = {
    places: 'Place',
    households: 'Household',
    persons: 'Person',
    organisations: 'Organisation',
    communities: 'Community',
  }[list];
  const document = `query ($filter: ${type}Filter, $first: Int! = 20, $after: String) {
    ${list}(filter: $filter, first: $first, after: $after, orderBy: NUMBER) { nodes { number } totalCount } }`;
  const answer = await service.ok<Record<string, { nodes: { number: string }[]; totalCount: number }>>(
    company.director,
    document,
    {
      filter,
      ...variables,
    },
  );
  return (answer[list]?.nodes ?? []).map(({ number }) => number);
};

/** The id of a place by its path. */
const placeId = async (path: string): Promise<string> => {
  const document = 'query ($path: String) { places(filter: { path: $path }) { nodes { id } } }';
  const { places } = await service.ok<{ places: { nodes: { id: string }[] } }>(company.director, document, { path });
  return places.nodes[0]?.id ?? 'none';
};

describe('places', () => {
  it.each<[string, () => object | Promise<object>, string[]]>([
    ['nothing', () => ({}), ['3', '3/1', '3/1/101', '3/1/102', '30']],
    ['a community', () => ({ communityId: other }), []],
    ['kinds', () => ({ kind: ['BUILDING', 'SECTION'] }), ['3', '3/1', '30']],
    ['uses', () => ({ usage: ['SHOP'] }), ['3/1/102']],
    ['a place above', async () => ({ parentId: await placeId('3') }), ['3/1']],
    ['the top of the tree', () => ({ isTopLevel: true }), ['3', '30']],
    ['all but the top of the tree', () => ({ isTopLevel: false }), ['3/1', '3/1/101', '3/1/102']],
    ['a path', () => ({ path: '3/1' }), ['3/1']],
    ['all below a path, and not beside it', () => ({ belowPath: '3' }), ['3/1', '3/1/101', '3/1/102']],
  ])('filters by %s', async (_what, filter, expected) => {
    expect(await listOf('places', await filter())).toEqual(expected);
  });
});

describe('households', () => {
  it.each<[string, () => object | Promise<object>, string[]]>([
    ['nothing', () => ({}), ['A', 'B', 'C']],
    ['a community', () => ({ communityId: other }), []],
    ['a number', () => ({ number: 'B' }), ['B']],
    ['segments', () => ({ segment: ['MAIN_MERCHANT', 'SMALL_MERCHANT'] }), ['B']],
    ['key accounts', () => ({ isKeyAccount: false }), ['A', 'C']],
    ['a unit held today', async () => ({ unitId: await placeId('3/1/101') }), ['A']],
    ['a member of today', () => ({ personId: known }), ['A']],
  ])('filters by %s', async (_what, filter, expected) => {
    expect(await listOf('households', await filter())).toEqual(expected);
  });

  it('comes in pages, and in the order asked for', async () => {
    const page = `query ($after: String, $orderBy: HouseholdOrder!) { households(first: 2, after: $after, orderBy: $orderBy) {
      nodes { number } totalCount pageInfo { hasNextPage endCursor } } }`;
    type Page = { households: { nodes: object[]; pageInfo: { hasNextPage: boolean; endCursor: string } } };
    const ask = (orderBy: string, after?: string) => service.ok<Page>(company.director, page, { orderBy, after });
    const { households: first } = await ask('NUMBER');
    expect(first).toMatchObject({
      nodes: [{ number: 'A' }, { number: 'B' }],
      totalCount: 3,
      pageInfo: { hasNextPage: true },
    });
    const { households: second } = await ask('NUMBER', first.pageInfo.endCursor);
    expect(second).toMatchObject({ nodes: [{ number: 'C' }], pageInfo: { hasNextPage: false } });
    expect((await ask('CREATED_AT_DESC')).households.nodes).toHaveLength(2);
  });
});

describe('persons, organisations and communities', () => {
  it.each<[string, () => object, number]>([
    ['a community: entered or living there', () => ({ communityId: company.communityId }), 1],
    ['a phone, however it is written', () => ({ phone: '138-0011-0022' }), 1],
    ['an identity number, however it is written', () => ({ identityNumber: ' e1' }), 1],
    ['another number', () => ({ number: 'RY-0' }), 0],
    ['nothing', () => ({}), 2],
  ])('filters persons by %s', async (_what, filter, count) => {
    expect(await listOf('persons', filter())).toHaveLength(count);
  });

  it.each<[string, () => object, number]>([
    ['a community', () => ({ communityId: other }), 1],
    ['kinds', () => ({ kind: ['DEVELOPER', 'CONTRACTOR'] }), 1],
    ['a credit code', () => ({ creditCode: '9131' }), 1],
    ['nothing', () => ({}), 2],
  ])('filters organisations by %s', async (_what, filter, count) => {
    expect(await listOf('organisations', filter())).toHaveLength(count);
  });

  it('filters communities by code and state', async () => {
    expect(await listOf('communities', { number: 'OTHER' })).toEqual(['OTHER']);
    expect(await listOf('communities', { status: ['LEFT'] })).toEqual([]);
    expect(await listOf('communities', { status: ['ACTIVE'] })).toHaveLength(2);
  });
});

describe('a page with all that hangs on it', () => {
  const document = `query ($first: Int!, $filter: HouseholdFilter) { households(first: $first, filter: $filter) { nodes {
    number community { name } units { number place { areaM2 parent { number } } households { id } }
    memberships { role person { nameMasked name phone households { number } } }
    file { completeness missingKinds { label } documents { kind { label } } } availableActions { action } } } }`;

  it('takes the same number of statements for 1 household and for 100', async () => {
    const there = { ...company, communityId: await aCommunity(service, company.director), clerk: company.director };
    const codes = Array.from({ length: 100 }, (_, index) => String(index));
    const flat = { parentPath: '9', kind: 'UNIT' as const, usage: 'RESIDENTIAL' as const };
    await enterPlaces(service, there, [{ code: '9', kind: 'BUILDING' }, ...codes.map((code) => ({ ...flat, code }))]);
    const rows = codes.map((code) => ({
      number: code,
      holdings: [{ unitPath: `9/${code}`, tenure: 'OWNED', ...since }],
      members: [{ person: { name: '张伟' }, role: 'OWNER', ...since }],
    }));
    await enterHouseholds(service, there, rows);
    // What the service's own consumers make of the new rows is not to be counted.
    await service.settle();
    const cost = async (first: number): Promise<number> => {
      const before = await statements(service);
      const filter = { communityId: there.communityId };
      const { households } = await service.ok<{ households: { nodes: object[] } }>(company.director, document, {
        first,
        filter,
      });
      expect(households.nodes).toHaveLength(first);
      return (await statements(service)) - before;
    };
    expect(await cost(100)).toBe(await cost(1));
  });
});

describe('lists below an object', () => {
  it('are of that object alone, and cost as many statements below fifty as below one', async () => {
    const there = { ...company, communityId: await aCommunity(service, company.director), clerk: company.director };
    const codes = Array.from({ length: 50 }, (_, index) => String(100 + index));
    const buildings = codes.map((code) => ({ code, kind: 'BUILDING' as const }));
    const sections = codes.map((code) => ({ parentPath: code, code: '1', kind: 'SECTION' as const }));
    await enterPlaces(service, there, [...buildings, ...sections]);
    const document = `query ($first: Int!, $filter: PlaceFilter) { places(first: $first, filter: $filter) { nodes {
      number children { totalCount nodes { number } }
      community { number places(first: 1) { totalCount } households { totalCount } } } } }`;
    type Children = { number: string; children: { totalCount: number; nodes: { number: string }[] } };
    // What the service's own consumers make of the new rows is not to be counted.
    await service.settle();
    const cost = async (first: number): Promise<number> => {
      const before = await statements(service);
      const filter = { communityId: there.communityId, isTopLevel: true };
      const { places } = await service.ok<{ places: { nodes: Children[] } }>(company.director, document, {
        first,
        filter,
      });
      expect(places.nodes.map(({ number, children }) => [number, children])).toEqual(
        codes.slice(0, first).map((code) => [code, { totalCount: 1, nodes: [{ number: `${code}/1` }] }]),
      );
      return (await statements(service)) - before;
    };
    expect(await cost(50)).toBe(await cost(1));
  });

  it('are of each community its own', async () => {
    const document = `{ communities { nodes { number places(filter: { kind: [UNIT] }) { totalCount nodes { number } }
      households { nodes { number } } } } }`;
    type Below = { number: string; places: { totalCount: number; nodes: object[] }; households: { nodes: object[] } };
    const { communities } = await service.ok<{ communities: { nodes: Below[] } }>(company.clerk, document);
    expect(communities.nodes).toMatchObject([
      {
        places: { totalCount: 2, nodes: [{ number: '3/1/101' }, { number: '3/1/102' }] },
        households: { nodes: [{ number: 'A' }, { number: 'B' }, { number: 'C' }] },
      },
    ]);
    const { communities: both } = await service.ok<{ communities: { nodes: Below[] } }>(company.director, document);
    expect(both.nodes.find(({ number }) => number === 'OTHER')).toMatchObject({
      places: { totalCount: 0, nodes: [] },
      households: { nodes: [] },
    });
  });
});
