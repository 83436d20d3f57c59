import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aStaffViewer, type TestService } from '@steward/test-kit';

import { aCompany, factsAfter, mutation, startResidents, type Company } from './residents-fixture.ts';

let service: TestService;
let company: Company;

beforeAll(async () => {
  service = await startResidents();
  company = await aCompany(service);
});
afterAll(() => service?.stop());

const updateCompany = mutation('updateCompany', 'company { number name version availableActions { action allowed } }');

describe('updateCompany', () => {
  it('keeps what is absent and clears what is null', async () => {
    const change = (input: object) =>
      service.ok<{ updateCompany: { company: object } }>(company.director, updateCompany, { input });
    const first = await change({ number: '91310000MA1K', expectedVersion: 1 });
    expect(first.updateCompany.company).toMatchObject({ number: '91310000MA1K', name: '安居物业', version: 2 });
    const second = await change({ number: null, name: '和悦物业' });
    expect(second.updateCompany.company).toEqual({
      number: '',
      name: '和悦物业',
      version: 3,
      availableActions: [{ action: 'updateCompany', allowed: true }],
    });
    expect((await factsAfter(service, company.tenantId, 1)).map(([type]) => type)).toEqual([
      'company.updated.v1',
      'company.updated.v1',
    ]);
  });

  it.each([null, ' '])('refuses the name %p', async (name) => {
    const refusal = await service.refused(company.director, updateCompany, { input: { name } });
    expect(refusal.extensions).toMatchObject({ code: 'BAD_USER_INPUT', reason: 'TEXT_REQUIRED' });
  });

  it('answers NOT_FOUND until the company is entered', async () => {
    const director = aStaffViewer({ roles: ['director'], communityIds: 'all' });
    const refusal = await service.refused(director, updateCompany, { input: { name: '安居物业' } });
    expect(refusal.extensions).toMatchObject({ code: 'NOT_FOUND', reason: 'NOT_FOUND' });
  });
});
