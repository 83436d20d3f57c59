import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import { aStaffViewer, type TestService } from '@steward/test-kit';

import {
  aCommunity,
  aCompany,
  aHousehold,
  anOrganisation,
  aPerson,
  change,
  enterHouseholds,
  factsAfter,
  look,
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

const startMembership = change('startHouseholdMembership');

describe('startHouseholdMembership', () => {
  it('[B016] makes a person a member with dates, and says which units that is about', async () => {
    const { id, unitId } = await aHousehold(service, company);
    const personId = await aPerson(service, company);
    const range = { validFrom: '2026-01-01', validTo: '2026-07-01' };
    const input = { id, personId, role: 'FAMILY', ...range, expectedVersion: 3 };
    await service.ok(company.clerk, startMembership, { input });
    const { memberships, version } = await look(service, company.clerk, id);
    expect([memberships.length, version]).toEqual([2, 4]);
    expect(memberships[1]).toMatchObject({ person: { id: personId }, role: 'FAMILY', ...range });
    expect(await factsAfter(service, id, 3)).toEqual([
      [
        'household.membership-started.v1',
        {
          householdId: id,
          membershipId: memberships[1]?.id,
          unitIds: [unitId],
          personId,
          organisationId: null,
          role: 'FAMILY',
          ...range,
        },
      ],
    ]);
  });

  it('lets a renter belong to the household of the owner who lets, and the same person be two things', async () => {
    const { id, personId } = await aHousehold(service, company);
    const renter = await aPerson(service, company);
    const organisationId = await anOrganisation(service, company);
    const start = (input: object) =>
      service.ok(company.clerk, startMembership, { input: { id, validFrom: '2026-01-01', ...input } });
    await start({ personId: renter, role: 'RENTER' });
    await start({ personId, role: 'AGENT' });
    await start({ organisationId, role: 'AGENT' });
    expect((await look(service, company.clerk, id)).memberships).toHaveLength(4);
  });

  it('refuses what cannot be', async () => {
    const { id, personId } = await aHousehold(service, company);
    const [none] = await enterHouseholds(service, company, [{ number: unique('H') }]);
    const organisationId = await anOrganisation(service, company);
    const refusalOf = async (input: object) =>
      (
        await service.refused(company.clerk, startMembership, {
          input: { id, role: 'FAMILY', validFrom: '2026-01-01', ...input },
        })
      ).extensions.reason;
    expect(await refusalOf({})).toBe('MEMBER_AMBIGUOUS');
    expect(await refusalOf({ personId, organisationId })).toBe('MEMBER_AMBIGUOUS');
    expect(await refusalOf({ personId: newId() })).toBe('PERSON_UNKNOWN');
    expect(await refusalOf({ organisationId: newId() })).toBe('ORGANISATION_UNKNOWN');
    expect(await refusalOf({ organisationId })).toBe('ROLE_NEEDS_PERSON');
    expect(await refusalOf({ personId, role: 'OWNER' })).toBe('MEMBERSHIP_OVERLAPS');
    expect(await refusalOf({ personId, role: 'OWNER', id: none?.household?.id })).toBe('ROLE_NEEDS_TENURE');
    expect(await refusalOf({ personId, role: 'RENTER', validFrom: '2019-12-31' })).toBe('ROLE_NEEDS_TENURE');
    expect(await refusalOf({ personId, validTo: '2026-01-01' })).toBe('RANGE_EMPTY');
  });

  it('keeps overlapping memberships of one party and role out of the database as well', async () => {
    const { id, personId } = await aHousehold(service, company);
    const insert = service.sql(
      `insert into household_membership (id, tenant_id, household_id, person_id, role, valid_from)
       values ($1, $2, $3, $4, 'OWNER', '2026-01-01')`,
      [newId(), company.tenantId, id, personId],
    );
    await expect(insert).rejects.toThrow(/household_membership_overlaps/);
  });

  it('does not know persons of communities where the caller does not work', async () => {
    const communityId = await aCommunity(service, company.director);
    const clerk = aStaffViewer({ roles: ['clerk'], tenantId: company.tenantId, communityIds: [communityId] });
    const there = { ...company, communityId, clerk };
    const { id } = await aHousehold(service, there);
    const input = { id, personId: await aPerson(service, company), role: 'FAMILY', validFrom: '2026-01-01' };
    expect((await service.refused(clerk, startMembership, { input })).extensions.reason).toBe('PERSON_UNKNOWN');
    await service.ok(company.director, startMembership, { input });
  });
});
