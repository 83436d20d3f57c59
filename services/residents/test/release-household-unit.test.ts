import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import type { TestService } from '@steward/test-kit';

import { aCompany, aHousehold, change, factsAfter, look, startResidents, type Company } from './residents-fixture.ts';

let service: TestService;
let company: Company;

beforeAll(async () => {
  service = await startResidents();
  company = await aCompany(service);
});
afterAll(() => service?.stop());

const releaseHouseholdUnit = change('releaseHouseholdUnit');
const addHouseholdUnit = change('addHouseholdUnit');

const holdingOf = async (id: string): Promise<string> =>
  (await look(service, company.clerk, id)).holdings[0]?.id ?? 'none';

describe('releaseHouseholdUnit', () => {
  it('sets the first day no longer held; from then on another household can own the unit', async () => {
    const { id, unitId } = await aHousehold(service, company);
    const buyer = await aHousehold(service, company);
    const holdingId = await holdingOf(id);
    const input = { id, holdingId, validTo: '2026-03-03', expectedVersion: 3 };
    await service.ok(company.clerk, releaseHouseholdUnit, { input });
    const seller = await look(service, company.clerk, id);
    expect(seller).toMatchObject({ holdings: [{ id: holdingId, validTo: '2026-03-03' }], units: [{ id: unitId }] });
    expect(await factsAfter(service, id, 3)).toMatchObject([
      ['household.unit-released.v1', { holdingId, unitId, validFrom: '2020-01-01', validTo: '2026-03-03' }],
    ]);
    const bought = { id: buyer.id, unitId, tenure: 'OWNED', validFrom: '2026-03-03' };
    await service.ok(company.clerk, addHouseholdUnit, { input: bought });
    const onDay = `query ($id: ID!, $on: LocalDate) { unit(id: $id) { households(on: $on) { id } } }`;
    const owners = (on: string | null) => service.ok(company.clerk, onDay, { id: unitId, on });
    expect(await owners(null)).toEqual({ unit: { households: [{ id }] } });
    expect(await owners('2026-03-03')).toEqual({ unit: { households: [{ id: buyer.id }] } });
  });

  it('brings an end forward, never back, and takes back what never took place', async () => {
    const { id } = await aHousehold(service, company);
    const holdingId = await holdingOf(id);
    const release = (validTo: string) => ({ input: { id, holdingId, validTo } });
    await service.ok(company.clerk, releaseHouseholdUnit, release('2026-01-01'));
    const refusalOf = async (validTo: string) =>
      (await service.refused(company.clerk, releaseHouseholdUnit, release(validTo))).extensions.reason;
    expect(await refusalOf('2026-02-01')).toBe('ALREADY_ENDED');
    expect(await refusalOf('2019-12-31')).toBe('RANGE_EMPTY');
    await service.ok(company.clerk, releaseHouseholdUnit, release('2020-01-01'));
    expect((await look(service, company.clerk, id)).units).toEqual([]);
  });

  it('refuses a holding that the household does not have', async () => {
    const { id } = await aHousehold(service, company);
    const input = { id, holdingId: newId(), validTo: '2026-01-01' };
    const refusal = await service.refused(company.clerk, releaseHouseholdUnit, { input });
    expect(refusal.extensions).toMatchObject({ code: 'NOT_FOUND', reason: 'HOLDING_UNKNOWN' });
  });
});
