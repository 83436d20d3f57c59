import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestService } from '@steward/test-kit';

import { aCompany, anOrganisation, factsAfter, mutation, startResidents, type Company } from './residents-fixture.ts';

let service: TestService;
let company: Company;

beforeAll(async () => {
  service = await startResidents();
  company = await aCompany(service);
});
afterAll(() => service?.stop());

const updateOrganisation = mutation(
  'updateOrganisation',
  'organisation { name creditCode contactName contactPhone version }',
);

describe('updateOrganisation', () => {
  it('keeps what is absent and clears what is null', async () => {
    const id = await anOrganisation(service, company, {
      creditCode: '9131A',
      contactName: '赵敏',
      contactPhone: '61000001',
    });
    const input = { id, name: '罗森便利店', contactName: null, expectedVersion: 1 };
    expect(await service.ok(company.clerk, updateOrganisation, { input })).toEqual({
      updateOrganisation: {
        organisation: {
          name: '罗森便利店',
          creditCode: '9131A',
          contactName: null,
          contactPhone: '61000001',
          version: 2,
        },
      },
    });
    expect(await factsAfter(service, id, 1)).toMatchObject([['organisation.updated.v1', { kind: 'MERCHANT' }]]);
  });

  it('lets an organisation keep its credit code, and refuses that of another', async () => {
    const id = await anOrganisation(service, company, { creditCode: '9131B' });
    await anOrganisation(service, company, { creditCode: '9131C' });
    await service.ok(company.clerk, updateOrganisation, { input: { id, creditCode: '9131B' } });
    const refusal = await service.refused(company.clerk, updateOrganisation, { input: { id, creditCode: '9131C' } });
    expect(refusal.extensions).toMatchObject({ code: 'CONFLICT', reason: 'ORGANISATION_KNOWN' });
  });

  it.each([
    ['TEXT_REQUIRED', { name: null }],
    ['PHONE_MALFORMED', { contactPhone: '1' }],
  ])('refuses with %s', async (reason, wrong) => {
    const id = await anOrganisation(service, company);
    const refusal = await service.refused(company.clerk, updateOrganisation, { input: { id, ...wrong } });
    expect(refusal.extensions).toMatchObject({ code: 'BAD_USER_INPUT', reason });
  });
});
