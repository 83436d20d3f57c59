import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import type { TestService } from '@steward/test-kit';

import {
  aCompany,
  aHousehold,
  aUnit,
  change,
  factsAfter,
  look,
  mutation,
  startResidents,
  type Company,
} from './residents-fixture.ts';

let service: TestService;
let company: Company;

beforeAll(async () => {
  service = await startResidents();
  company = await aCompany(service);
});
afterAll(() => service?.stop());

const addHouseholdUnit = change('addHouseholdUnit');

describe('addHouseholdUnit', () => {
  it('gives a household one more unit', async () => {
    const { id } = await aHousehold(service, company);
    const parking = await aUnit(service, company, { code: 'P-1', usage: 'PARKING' });
    const range = { validFrom: '2026-01-01', validTo: '2027-01-01' };
    const input = { id, unitId: parking.id, tenure: 'RENTED', ...range, expectedVersion: 3 };
    await service.ok(company.clerk, addHouseholdUnit, { input });
    const { holdings, version } = await look(service, company.clerk, id);
    expect(holdings[1]).toMatchObject({ unit: { id: parking.id }, tenure: 'RENTED', ...range });
    expect(version).toBe(4);
    const fact = { householdId: id, holdingId: holdings[1]?.id, unitId: parking.id, tenure: 'RENTED', ...range };
    expect(await factsAfter(service, id, 3)).toEqual([['household.unit-added.v1', fact]]);
  });

  it('refuses a unit that is owned or held, on the days it is', async () => {
    const { id, unitId } = await aHousehold(service, company);
    const other = await aHousehold(service, company);
    const reasonOf = async (household: string, range: object, tenure = 'OWNED') => {
      const input = { id: household, unitId, tenure, ...range };
      return (await service.refused(company.clerk, addHouseholdUnit, { input })).extensions.reason;
    };
    expect(await reasonOf(other.id, { validFrom: '2019-01-01' })).toBe('UNIT_ALREADY_OWNED');
    expect(await reasonOf(id, { validFrom: '2025-01-01' }, 'RENTED')).toBe('UNIT_ALREADY_HELD');
    expect(await reasonOf(other.id, { validFrom: '2019-01-01', validTo: '2019-01-01' })).toBe('RANGE_EMPTY');
    const before = { id: other.id, unitId, tenure: 'OWNED', validFrom: '2019-01-01', validTo: '2020-01-01' };
    await service.ok(company.clerk, addHouseholdUnit, { input: before });
    const rented = { id: other.id, unitId, tenure: 'RENTED', validFrom: '2020-01-01' };
    await service.ok(company.clerk, addHouseholdUnit, { input: rented });
  });

  it('lets one of two households that ask for a unit at once own it', async () => {
    const { id: unitId } = await aUnit(service, company);
    const rivals = await Promise.all([1, 2, 3].map(() => aHousehold(service, company)));
    const answers = await Promise.all(
      rivals.map(({ id }) => {
        const input = { id, unitId, tenure: 'OWNED', validFrom: '2026-01-01' };
        return service.graphql(company.clerk, addHouseholdUnit, { input });
      }),
    );
    const refusals = answers.flatMap(({ errors = [] }) => errors.map(({ extensions }) => extensions.reason));
    expect(refusals).toEqual(['UNIT_ALREADY_OWNED', 'UNIT_ALREADY_OWNED']);
  });

  it('keeps one owner and one holding at a time in the database as well', async () => {
    const { id, unitId } = await aHousehold(service, company);
    const other = await aHousehold(service, company);
    const insert = (household: string, tenure: string) =>
      service.sql(
        `insert into household_holding (id, tenant_id, household_id, unit_id, tenure, valid_from)
         values ($1, $2, $3, $4, $5, '2026-01-01')`,
        [newId(), company.tenantId, household, unitId, tenure],
      );
    await expect(insert(other.id, 'OWNED')).rejects.toThrow(/household_holding_one_owner/);
    await expect(insert(id, 'RENTED')).rejects.toThrow(/household_holding_overlaps/);
  });

  it('refuses what is no unit of the community, and a community that is left', async () => {
    const left = await aCompany(service);
    const { id, unitId } = await aHousehold(service, left);
    const here = await aHousehold(service, company);
    const input = { id: here.id, unitId, tenure: 'OWNED', validFrom: '2026-01-01' };
    const unknown = await service.refused(company.clerk, addHouseholdUnit, { input });
    expect(unknown.extensions).toMatchObject({ code: 'BAD_USER_INPUT', reason: 'UNIT_UNKNOWN' });
    await service.ok(left.director, mutation('leaveCommunity', 'community { id }'), {
      input: { id: left.communityId },
    });
    const late = await service.refused(left.clerk, addHouseholdUnit, { input: { ...input, id } });
    expect(late.extensions).toMatchObject({ code: 'CONFLICT', reason: 'COMMUNITY_LEFT' });
  });
});
