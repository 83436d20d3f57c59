import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import { aResidentViewer, type TestService } from '@steward/test-kit';

import { aCompany, aHousehold, change, factsAfter, look, startResidents, type Company } from './residents-fixture.ts';

let service: TestService;
let company: Company;

beforeAll(async () => {
  service = await startResidents();
  company = await aCompany(service);
});
afterAll(() => service?.stop());

const endMembership = change('endHouseholdMembership');

describe('endHouseholdMembership', () => {
  it('[B016] ends a membership on a day in the zone of the community, and with it the sight of the household', async () => {
    const { id, unitId, personId } = await aHousehold(service, company);
    const [owner] = (await look(service, company.clerk, id)).memberships;
    const resident = aResidentViewer({ tenantId: company.tenantId, personId, communityIds: [company.communityId] });
    const membershipId = owner?.id;
    const input = { id, membershipId, validTo: '2026-03-03' };
    await service.ok(company.clerk, endMembership, { input });
    expect(await factsAfter(service, id, 3)).toMatchObject([
      ['household.membership-ended.v1', { membershipId, unitIds: [unitId], personId, validTo: '2026-03-03' }],
    ]);
    const mine = (): Promise<object> => service.ok(resident, '{ me { households { id } } }');
    await service.move({ set: new Date('2026-03-02T15:59:59Z') });
    expect(await mine()).toEqual({ me: { households: [{ id }] } });
    await service.move({ set: new Date('2026-03-02T16:00:00Z') });
    expect(await mine()).toEqual({ me: { households: [] } });
    expect(await service.ok(resident, 'query ($id: ID!) { household(id: $id) { id } }', { id })).toEqual({
      household: null,
    });
  });

  it('refuses what has ended, what is before the beginning and what is not there', async () => {
    const { id } = await aHousehold(service, company);
    const [owner] = (await look(service, company.clerk, id)).memberships;
    const end = (validTo: string, membershipId = owner?.id) => ({ input: { id, membershipId, validTo } });
    await service.ok(company.clerk, endMembership, end('2026-01-01'));
    const refusalOf = (variables: object) => service.refused(company.clerk, endMembership, variables);
    const ended = await refusalOf(end('2026-01-01'));
    expect(ended.message).toBe('It has ended already, on 2026-01-01.');
    expect(ended.extensions).toMatchObject({ code: 'CONFLICT', reason: 'ALREADY_ENDED' });
    expect((await refusalOf(end('2019-12-31'))).extensions.reason).toBe('RANGE_EMPTY');
    const unknown = await refusalOf(end('2026-01-01', newId()));
    expect(unknown.extensions).toMatchObject({ code: 'NOT_FOUND', reason: 'MEMBERSHIP_UNKNOWN' });
  });
});
