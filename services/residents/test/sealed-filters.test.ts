import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Role } from '@steward/auth';
import { aStaffViewer, type TestService } from '@steward/test-kit';

import { aCompany, aPerson, startResidents, type Company } from './residents-fixture.ts';

let service: TestService;
let company: Company;

beforeAll(async () => {
  service = await startResidents();
  company = await aCompany(service);
  await aPerson(service, company, { phone: '13800110022', identityNumber: 'E12345678' });
});
afterAll(() => service?.stop());

const persons = 'query ($filter: PersonFilter) { persons(filter: $filter) { totalCount } }';
const as = (role: Role) =>
  aStaffViewer({ roles: [role], tenantId: company.tenantId, communityIds: [company.communityId] });

describe('a filter by a sealed value', () => {
  const filters = [{ phone: '13800110022' }, { identityNumber: 'E12345678' }, { phone: '13900000000' }];

  it.each(filters)('%j is refused to staff who may not read the value, whether it exists or not', async (filter) => {
    for (const role of ['guard', 'maintenance', 'analyst'] as const) {
      const { extensions } = await service.refused(as(role), persons, { filter });
      expect(extensions).toMatchObject({ code: 'FORBIDDEN', reason: 'ACCESS_DENIED' });
    }
  });

  it('finds for those who deal with residents by name', async () => {
    for (const role of ['clerk', 'cashier', 'director'] as const) {
      for (const filter of filters.slice(0, 2)) {
        expect(await service.ok(as(role), persons, { filter })).toEqual({ persons: { totalCount: 1 } });
      }
    }
  });

  it('leaves the other filters to everybody who works there', async () => {
    const filter = { communityId: company.communityId, phone: null };
    expect(await service.ok(as('guard'), persons, { filter })).toEqual({ persons: { totalCount: 1 } });
  });
});
