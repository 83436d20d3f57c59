import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import { aResidentViewer, statements, type TestService } from '@steward/test-kit';

import {
  aCompany,
  enterPlaces,
  factsAfter,
  registerPlaces,
  startResidents,
  unique,
  type Company,
} from './residents-fixture.ts';

let service: TestService;
let company: Company;

beforeAll(async () => {
  service = await startResidents();
  company = await aCompany(service);
});
afterAll(() => service?.stop());

const placeQuery = `query ($id: ID!) {
  place(id: $id) {
    number kind code name areaM2 floor deliveredOn warrantyFrom designLifeYears
    parent { number } unit { id number usage } commonArea { code label } children { nodes { number } }
  }
}`;
const look = (id: string | undefined) =>
  service.ok<{ place: Record<string, unknown> }>(company.clerk, placeQuery, { id });

describe('registerPlaces', () => {
  it('enters a tree, and lets a place take the warranty of the one above it', async () => {
    const building = unique('B');
    const id = newId();
    const results = await enterPlaces(service, company, [
      { code: building, kind: 'BUILDING', name: '三号楼', deliveredOn: '2019-06-01', designLifeYears: 50 },
      { parentPath: building, code: '1', kind: 'SECTION' },
      { id, parentPath: `${building}/1`, code: '1201', kind: 'UNIT', usage: 'RESIDENTIAL', areaM2: '88.50', floor: 12 },
      { parentPath: `${building}/1`, code: '1202', kind: 'UNIT', usage: 'SHOP', warrantyFrom: '2020-01-01' },
      { parentPath: building, code: 'LIFT-1', kind: 'COMMON_AREA', commonAreaCode: 'LIFT' },
    ]);
    expect(results.every(({ isNew, refusal }) => isNew && refusal === null)).toBe(true);
    expect((await look(id)).place).toEqual({
      number: `${building}/1/1201`,
      kind: 'UNIT',
      code: '1201',
      name: null,
      areaM2: '88.50',
      floor: 12,
      deliveredOn: null,
      warrantyFrom: '2019-06-01',
      designLifeYears: 50,
      parent: { number: `${building}/1` },
      unit: { id, number: `${building}/1/1201`, usage: 'RESIDENTIAL' },
      commonArea: null,
      children: { nodes: [] },
    });
    expect((await look(results[3]?.place?.id)).place['warrantyFrom']).toBe('2020-01-01');
    expect((await look(results[4]?.place?.id)).place['commonArea']).toEqual({ code: 'LIFT', label: 'Lift' });
    const below = (await look(results[0]?.place?.id)).place['children'];
    expect(below).toEqual({ nodes: [{ number: `${building}/1` }, { number: `${building}/LIFT-1` }] });
    expect(await factsAfter(service, id, 0)).toMatchObject([
      ['place.registered.v1', { placeId: id, path: `${building}/1/1201`, warrantyFrom: '2019-06-01', floor: 12 }],
    ]);
  });

  it('answers a path that is known with its place, so that an import can be repeated', async () => {
    const rows = [
      { code: unique('B'), kind: 'BUILDING' as const },
      { code: unique('B'), kind: 'BUILDING' as const },
    ];
    const first = await enterPlaces(service, company, rows);
    const again = await enterPlaces(service, company, [...rows, { code: unique('B'), kind: 'BUILDING' }]);
    expect(again.map(({ isNew }) => isNew)).toEqual([false, false, true]);
    expect(again.slice(0, 2).map(({ place }) => place)).toEqual(first.map(({ place }) => place));
    const twice = { code: unique('B'), kind: 'BUILDING' as const };
    const [one, other] = await enterPlaces(service, company, [twice, twice]);
    expect([one?.isNew, other?.isNew, other?.place?.id]).toEqual([true, false, one?.place?.id]);
  });

  it.each([
    ['PARENT_UNKNOWN', { parentPath: 'nowhere', code: '1', kind: 'SECTION' }],
    ['PARENT_KIND', { code: '1', kind: 'SECTION' }],
    ['CODE_MALFORMED', { code: 'a/b', kind: 'BUILDING' }],
    ['CODE_MALFORMED', { code: ' ', kind: 'BUILDING' }],
    ['CODE_MALFORMED', { code: 'x'.repeat(101), kind: 'BUILDING' }],
    ['USAGE_REQUIRED', { code: 'P1', kind: 'UNIT' }],
    ['USAGE_NOT_ALLOWED', { code: 'P2', kind: 'BUILDING', usage: 'SHOP' }],
    ['COMMON_AREA_UNKNOWN', { code: 'P3', kind: 'COMMON_AREA' }],
    ['COMMON_AREA_UNKNOWN', { code: 'P3', kind: 'COMMON_AREA', commonAreaCode: 'MOON' }],
    ['COMMON_AREA_UNKNOWN', { code: 'P3', kind: 'BUILDING', commonAreaCode: 'LIFT' }],
    ['AREA_NOT_POSITIVE', { code: 'P4', kind: 'BUILDING', areaM2: '0' }],
    ['YEARS_OUT_OF_RANGE', { code: 'P5', kind: 'BUILDING', designLifeYears: 0 }],
    ['YEARS_OUT_OF_RANGE', { code: 'P5', kind: 'BUILDING', designLifeYears: 201 }],
    ['TEXT_REQUIRED', { code: 'P6', kind: 'BUILDING', name: ' ' }],
    ['ID_MALFORMED', { code: 'P7', kind: 'BUILDING', id: 'P7' }],
  ] as const)('refuses one row with %s and enters the others', async (reason, row) => {
    const [refused, entered] = await enterPlaces(service, company, [row, { code: unique('B'), kind: 'BUILDING' }]);
    expect(refused).toMatchObject({ isNew: false, place: null, refusal: { code: 'BAD_USER_INPUT', reason } });
    expect(refused?.refusal?.violations[0]?.path).toMatch(/^input\.rows\.0\./);
    expect(entered).toMatchObject({ index: 1, isNew: true, refusal: null });
  });

  it('refuses an id that belongs to another place, and a row below a refused one', async () => {
    const id = newId();
    const [, taken, below] = await enterPlaces(service, company, [
      { id, code: unique('B'), kind: 'BUILDING' },
      { id, code: 'taken', kind: 'BUILDING' },
      { parentPath: 'taken', code: '1', kind: 'SECTION' },
    ]);
    expect(taken?.refusal?.reason).toBe('ID_TAKEN');
    expect(below?.refusal?.reason).toBe('PARENT_UNKNOWN');
  });

  it('takes 1 to 500 rows, from those who keep records in the community', async () => {
    const { communityId, tenantId } = company;
    const refusalOf = (count: number, viewer = company.clerk) => {
      const rows = Array.from({ length: count }, () => ({ code: '1', kind: 'BUILDING' }));
      return service.refused(viewer, registerPlaces, { input: { communityId, rows } });
    };
    expect((await refusalOf(0)).extensions.reason).toBe('TOO_MANY_ROWS');
    expect((await refusalOf(501)).message).toBe('An import has 1 to 500 rows.');
    const resident = aResidentViewer({ tenantId, communityIds: [communityId] });
    expect((await refusalOf(1, resident)).extensions.reason).toBe('ACCESS_DENIED');
    const other = await aCompany(service);
    expect((await refusalOf(1, other.director)).extensions.code).toBe('NOT_FOUND');
    expect((await refusalOf(1, other.clerk)).extensions.code).toBe('NOT_FOUND');
  });

  it('enters 500 places in a handful of statements', async () => {
    const rows = Array.from({ length: 500 }, () => ({ code: unique('S'), kind: 'BUILDING' as const }));
    const before = await statements(service);
    const results = await enterPlaces(service, company, rows);
    expect(results.filter(({ isNew }) => isNew)).toHaveLength(500);
    expect((await statements(service)) - before).toBeLessThan(15);
  });
});
