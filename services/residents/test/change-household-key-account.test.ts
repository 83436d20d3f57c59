import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aStaffViewer, type TestService } from '@steward/test-kit';

import { aCompany, aHousehold, change, factsAfter, look, startResidents, type Company } from './residents-fixture.ts';

let service: TestService;
let company: Company;

beforeAll(async () => {
  service = await startResidents();
  company = await aCompany(service);
});
afterAll(() => service?.stop());

const changeKeyAccount = change('changeHouseholdKeyAccount');

describe('changeHouseholdKeyAccount', () => {
  it('makes a household a key account, and one no longer', async () => {
    const { id } = await aHousehold(service, company);
    const set = (isKeyAccount: boolean) => service.ok(company.clerk, changeKeyAccount, { input: { id, isKeyAccount } });
    await set(true);
    expect((await look(service, company.clerk, id)).isKeyAccount).toBe(true);
    await set(false);
    expect(await factsAfter(service, id, 3)).toEqual([
      ['household.key-account-changed.v1', { householdId: id, isKeyAccount: true }],
      ['household.key-account-changed.v1', { householdId: id, isKeyAccount: false }],
    ]);
  });

  it('refuses what it is already, and those who do not keep the records', async () => {
    const { id } = await aHousehold(service, company);
    const input = { id, isKeyAccount: false };
    expect((await service.refused(company.clerk, changeKeyAccount, { input })).extensions.reason).toBe(
      'NOTHING_CHANGED',
    );
    const { tenantId, communityId } = company;
    const cashier = aStaffViewer({ roles: ['cashier'], tenantId, communityIds: [communityId] });
    expect((await service.refused(cashier, changeKeyAccount, { input })).extensions.reason).toBe('ACCESS_DENIED');
  });
});
