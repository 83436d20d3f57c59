import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import { aStaffViewer, statements, type TestService } from '@steward/test-kit';

import {
  aCompany,
  aHousehold,
  anOrganisation,
  aPerson,
  aUnit,
  enterHouseholds,
  enterPlaces,
  factsAfter,
  look,
  mutation,
  registerHouseholds,
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

const since = { validFrom: '2020-01-01' };
const owned = (unitPath: string) => ({ unitPath, tenure: 'OWNED', ...since });
const enter = (...rows: object[]) => enterHouseholds(service, company, rows);

describe('registerHouseholds', () => {
  it('[B016] enters a household with its units and members under one number', async () => {
    const unit = await aUnit(service, company);
    const [id, personId] = [newId(), newId()];
    const organisationId = await anOrganisation(service, company);
    const number = unique('H');
    const [answer] = await enter({
      id,
      number,
      segment: 'SMALL_MERCHANT',
      isKeyAccount: true,
      holdings: [owned(unit.path)],
      members: [
        { person: { id: personId, name: '张伟', phone: '13800110022', identityNumber: 'E1' }, role: 'OWNER', ...since },
        { organisationId, role: 'RENTER', validFrom: '2021-01-01', validTo: '2022-01-01' },
      ],
    });
    expect(answer).toMatchObject({ index: 0, isNew: true, household: { id, version: 4 }, refusal: null });
    const household = await look(service, company.clerk, id);
    expect(household).toMatchObject({
      number,
      segment: 'SMALL_MERCHANT',
      isKeyAccount: true,
      units: [{ id: unit.id }],
    });
    expect(household.memberships).toMatchObject([
      { person: { id: personId, name: '张伟', nameMasked: '张*', phone: null }, role: 'OWNER', validTo: null },
      { organisation: { id: organisationId }, role: 'RENTER', validTo: '2022-01-01' },
    ]);
    const [holding] = household.holdings;
    expect(await factsAfter(service, id, 0)).toEqual([
      [
        'household.registered.v1',
        {
          householdId: id,
          communityId: company.communityId,
          number,
          segment: 'SMALL_MERCHANT',
          isKeyAccount: true,
        },
      ],
      [
        'household.unit-added.v1',
        { householdId: id, holdingId: holding?.id, unitId: unit.id, tenure: 'OWNED', ...since, validTo: null },
      ],
      ['household.membership-started.v1', expect.objectContaining({ personId, unitIds: [unit.id], role: 'OWNER' })],
      ['household.membership-started.v1', expect.objectContaining({ organisationId, validTo: '2022-01-01' })],
    ]);
    expect(await factsAfter(service, personId, 0)).toMatchObject([['person.registered.v1', { hasPhone: true }]]);
  });

  it('answers a number that is known with its household, and changes nothing', async () => {
    const number = unique('H');
    const [first, second] = await enter({ number }, { number, isKeyAccount: true });
    const [again] = await enter({ number, segment: 'MAIN_MERCHANT' });
    expect([first?.isNew, second?.isNew, again?.isNew]).toEqual([true, false, false]);
    expect([second?.household, again?.household]).toEqual([first?.household, first?.household]);
  });

  it('[B016] takes a member with a known identity number, or id, for that person', async () => {
    const personId = await aPerson(service, company, { identityNumber: 'E77770001' });
    const member = (person: object) => ({ person, role: 'FAMILY', ...since });
    const rows = [
      { number: unique('H'), members: [member({ name: '李娜', identityNumber: 'e7777-0001' })] },
      { number: unique('H'), members: [member({ id: personId, name: '李娜' })] },
      { number: unique('H'), members: [member({ name: '孙丽', identityNumber: 'E8' })] },
      { number: unique('H'), members: [member({ name: '孙丽', identityNumber: 'E8' })] },
    ];
    const households = (await enter(...rows)).map(({ household }) => household?.id ?? '');
    const persons = await Promise.all(
      households.map(async (id) => (await look(service, company.clerk, id)).memberships[0]?.person?.id),
    );
    expect(persons.slice(0, 2)).toEqual([personId, personId]);
    expect(persons[2]).toBe(persons[3]);
  });

  it('names all that is wrong with a row and enters the others', async () => {
    const { unitPath } = await aHousehold(service, company);
    const free = await aUnit(service, company);
    const [refused, entered] = await enter(
      {
        id: 'x',
        number: ' ',
        holdings: [owned('nowhere'), owned(unitPath), owned(free.path), { ...owned(free.path), tenure: 'RENTED' }],
        members: [
          { role: 'FAMILY', ...since },
          { personId: newId(), role: 'FAMILY', ...since },
          { organisationId: newId(), role: 'FAMILY', ...since },
          { person: { id: 'y', name: ' ', phone: 'x', locale: 'de' }, role: 'AGENT', ...since, validTo: '2020-01-01' },
        ],
      },
      { number: unique('H') },
    );
    expect(refused).toMatchObject({ isNew: false, household: null, refusal: { reason: 'INVALID_INPUT' } });
    expect(refused?.refusal?.violations.map(({ path, reason }) => [path.replace('input.rows.0.', ''), reason])).toEqual(
      [
        ['number', 'TEXT_REQUIRED'],
        ['holdings.0.unitPath', 'UNIT_UNKNOWN'],
        ['holdings.1', 'UNIT_ALREADY_OWNED'],
        ['holdings.3', 'UNIT_ALREADY_HELD'],
        ['members.0', 'MEMBER_AMBIGUOUS'],
        ['members.1.personId', 'PERSON_UNKNOWN'],
        ['members.2.organisationId', 'ORGANISATION_UNKNOWN'],
        ['members.3.person.name', 'TEXT_REQUIRED'],
        ['members.3.person.phone', 'PHONE_MALFORMED'],
        ['members.3.person.locale', 'LOCALE_UNKNOWN'],
        ['members.3.person.id', 'ID_MALFORMED'],
        ['members.3.validTo', 'RANGE_EMPTY'],
        ['id', 'ID_MALFORMED'],
      ],
    );
    expect(entered).toMatchObject({ isNew: true, refusal: null });
  });

  it.each([
    ['ROLE_NEEDS_TENURE', { members: [{ person: { name: '张伟' }, role: 'OWNER', ...since }] }],
    ['ROLE_NEEDS_TENURE', { members: [{ person: { name: '张伟' }, role: 'RENTER', ...since }] }],
  ])('refuses with %s', async (reason, row) => {
    const [refused] = await enter({ number: unique('H'), ...row });
    expect(refused?.refusal?.reason).toBe(reason);
  });

  it('keeps later rows from a unit that an earlier one owns, and nothing of a refused row', async () => {
    const unit = await aUnit(service, company);
    const stranger = newId();
    const [, second] = await enter(
      { number: unique('H'), holdings: [owned(unit.path)] },
      {
        number: unique('H'),
        holdings: [owned(unit.path)],
        members: [{ person: { id: stranger, name: '张伟' }, role: 'FAMILY', ...since }],
      },
    );
    expect(second?.refusal).toMatchObject({ code: 'BAD_USER_INPUT', reason: 'UNIT_ALREADY_OWNED' });
    const asked = await service.ok(company.clerk, `query ($id: ID!) { person(id: $id) { id } }`, { id: stranger });
    expect(asked).toEqual({ person: null });
  });

  it('refuses the id of another household, roles that only persons have, and overlaps within a row', async () => {
    const { id } = await aHousehold(service, company);
    const organisationId = await anOrganisation(service, company);
    const personId = await aPerson(service, company);
    const family = { role: 'FAMILY', ...since };
    const answers = await enter(
      { id, number: unique('H') },
      { number: unique('H'), members: [{ organisationId, ...family }] },
      {
        number: unique('H'),
        members: [
          { personId, ...family },
          { personId, ...family },
        ],
      },
    );
    expect(answers.map(({ refusal }) => refusal?.reason)).toEqual([
      'ID_TAKEN',
      'ROLE_NEEDS_PERSON',
      'MEMBERSHIP_OVERLAPS',
    ]);
  });

  it('takes 1 to 500 rows of a managed community, from those who keep its records', async () => {
    const { communityId, tenantId, director } = company;
    const refusalOf = async (rows: object[], viewer = company.clerk) =>
      (await service.refused(viewer, registerHouseholds, { input: { communityId, rows } })).extensions.reason;
    expect(await refusalOf([])).toBe('TOO_MANY_ROWS');
    expect(await refusalOf(Array.from({ length: 501 }, () => ({ number: '1' })))).toBe('TOO_MANY_ROWS');
    const cashier = aStaffViewer({ roles: ['cashier'], tenantId, communityIds: [communityId] });
    expect(await refusalOf([{ number: '1' }], cashier)).toBe('ACCESS_DENIED');
    const other = await aCompany(service);
    await service.ok(other.director, mutation('leaveCommunity', 'community { id }'), {
      input: { id: other.communityId },
    });
    const input = { communityId: other.communityId, rows: [{ number: '1' }] };
    expect((await service.refused(other.director, registerHouseholds, { input })).extensions.reason).toBe(
      'COMMUNITY_LEFT',
    );
    expect((await service.refused(director, registerHouseholds, { input })).extensions.code).toBe('NOT_FOUND');
  });

  it('enters 500 households with 500 persons in a handful of statements', async () => {
    const building = unique('B');
    const codes = Array.from({ length: 499 }, (_, index) => String(index));
    const flat = { parentPath: building, kind: 'UNIT' as const, usage: 'RESIDENTIAL' as const };
    await enterPlaces(service, company, [
      { code: building, kind: 'BUILDING' },
      ...codes.map((code) => ({ ...flat, code })),
    ]);
    const rows = [...codes, ''].map((code) => ({
      number: unique('H'),
      holdings: code === '' ? [] : [owned(`${building}/${code}`)],
      members: [
        { person: { name: '张伟', phone: '13800110022', identityNumber: unique('ID') }, role: 'FAMILY', ...since },
      ],
    }));
    const before = await statements(service);
    const results = await enter(...rows);
    expect(results.filter(({ isNew }) => isNew)).toHaveLength(500);
    // Those of the readers of its facts among them, who take fifty together; one for each row would be thousands.
    expect((await statements(service)) - before).toBeLessThan(300);
  });
});
