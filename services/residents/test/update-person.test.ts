import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aStaffViewer, type TestService } from '@steward/test-kit';

import {
  aCommunity,
  aCompany,
  aHousehold,
  aPerson,
  factsAfter,
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

const selection = `person { name nameMasked phoneMasked identityNumberMasked locale version
  history { nodes { action fields { field from to } } } }`;
const updatePerson = mutation('updatePerson', selection);
type Answer = { updatePerson: { person: { history: { nodes: { fields: object[] }[] } } } };

describe('updatePerson', () => {
  it('keeps what is absent, clears what is null, and hides both in the history', async () => {
    const id = await aPerson(service, company, { identityNumber: 'E99990001' });
    const input = { id, name: '李小娜', phone: null, expectedVersion: 1 };
    const { person } = (await service.ok<Answer>(company.clerk, updatePerson, { input })).updatePerson;
    expect(person).toMatchObject({
      name: '李小娜',
      nameMasked: '李**',
      phoneMasked: null,
      identityNumberMasked: '*****0001',
      version: 2,
    });
    expect(person.history.nodes[0]?.fields).toEqual(
      expect.arrayContaining([
        { field: 'nameSealed', from: '***', to: '***' },
        { field: 'nameMasked', from: '李*', to: '李**' },
        { field: 'phoneIndex', from: '***', to: null },
      ]),
    );
    expect(await factsAfter(service, id, 1)).toMatchObject([['person.updated.v1', { hasPhone: false }]]);
  });

  it('lets a person keep their identity number, and refuses that of another', async () => {
    const id = await aPerson(service, company, { identityNumber: 'E11110001' });
    await aPerson(service, company, { identityNumber: 'E11110002' });
    await service.ok(company.clerk, updatePerson, { input: { id, identityNumber: 'e1111-0001' } });
    const refusal = await service.refused(company.clerk, updatePerson, { input: { id, identityNumber: 'E11110002' } });
    expect(refusal.extensions).toMatchObject({ code: 'CONFLICT', reason: 'IDENTITY_KNOWN' });
  });

  it.each([
    ['TEXT_REQUIRED', { name: null }],
    ['PHONE_MALFORMED', { phone: '12' }],
    ['LOCALE_UNKNOWN', { locale: 'fr' }],
  ])('refuses with %s', async (reason, wrong) => {
    const id = await aPerson(service, company);
    const refusal = await service.refused(company.clerk, updatePerson, { input: { id, ...wrong } });
    expect(refusal.extensions).toMatchObject({ code: 'BAD_USER_INPUT', reason });
  });

  it('is for the staff of any community where the person belongs to a household today', async () => {
    const { tenantId, director } = company;
    const there = { ...company, communityId: await aCommunity(service, director) };
    const colleague = aStaffViewer({ roles: ['clerk'], tenantId, communityIds: [there.communityId] });
    const id = await aPerson(service, company);
    const input = { id, locale: 'en' };
    expect((await service.refused(colleague, updatePerson, { input })).extensions.code).toBe('NOT_FOUND');
    const member = { personId: id, role: 'FAMILY' as const, validFrom: '2020-01-01' };
    await aHousehold(service, { ...there, clerk: director }, { members: [member] });
    await service.ok(colleague, updatePerson, { input });
  });
});
