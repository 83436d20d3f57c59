import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aResidentViewer, aStaffViewer, type TestService } from '@steward/test-kit';

import {
  aCommunity,
  aCompany,
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

const fields = 'id number version nameMasked name phoneMasked phone identityNumberMasked locale community { id }';
const registerPerson = mutation('registerPerson', `person { ${fields} }`);
type Answer = { registerPerson: { person: Record<string, string | null> & { id: string } } };

const wang = { name: ' 王建国 ', phone: '+86 138-0011-0022', identityNumber: '11010519491231002x', locale: 'zh-CN' };

describe('registerPerson', () => {
  it('[B017] keeps name, phone and identity number encrypted, shows them masked and tells nobody', async () => {
    const input = { communityId: company.communityId, ...wang };
    const { person } = (await service.ok<Answer>(company.clerk, registerPerson, { input })).registerPerson;
    expect(person).toMatchObject({
      number: 'RY-20260302-0001',
      version: 1,
      nameMasked: '王**',
      name: '王建国',
      phoneMasked: '138****0022',
      phone: null,
      identityNumberMasked: '**************002X',
      locale: 'zh-CN',
    });
    const [row] = await service.sql('select * from person where id = $1', [person.id]);
    const [change] = await service.sql('select * from change where aggregate_id = $1', [person.id]);
    const facts = await factsAfter(service, person.id, 0);
    expect(facts).toEqual([
      [
        'person.registered.v1',
        { personId: person.id, communityId: company.communityId, hasPhone: true, locale: 'zh-CN' },
      ],
    ]);
    expect(JSON.stringify([row, change, facts])).not.toMatch(/王建国|13800110022|11010519491231002/);
  });

  it.each([
    ['TEXT_REQUIRED', { name: ' ' }],
    ['TEXT_REQUIRED', { identityNumber: ' ' }],
    ['PHONE_MALFORMED', { phone: 'call me' }],
    ['LOCALE_UNKNOWN', { locale: 'de' }],
  ])('refuses with %s', async (reason, wrong) => {
    const input = { communityId: company.communityId, name: '李娜', ...wrong };
    const refusal = await service.refused(company.clerk, registerPerson, { input });
    expect(refusal.extensions).toMatchObject({ code: 'BAD_USER_INPUT', reason });
  });

  it('refuses an identity number that is known, however it is written', async () => {
    await aPerson(service, company, { identityNumber: 'E 1234-5678' });
    const input = { communityId: company.communityId, name: '李娜', identityNumber: 'e12345678' };
    const refusal = await service.refused(company.clerk, registerPerson, { input }, 'zh-CN');
    expect(refusal).toMatchObject({
      message: '该证件号码的人员已登记。',
      extensions: { code: 'CONFLICT', reason: 'IDENTITY_KNOWN' },
    });
  });

  it('refuses a community that is left or of another company', async () => {
    const other = await aCompany(service);
    const left = await aCommunity(service, company.director);
    await service.ok(company.director, mutation('leaveCommunity', 'community { id }'), { input: { id: left } });
    for (const communityId of [left, other.communityId]) {
      const input = { communityId, name: '李娜' };
      const refusal = await service.refused(company.director, registerPerson, { input });
      expect(refusal.extensions.reason).toBe('COMMUNITY_UNKNOWN');
    }
  });

  it('is not for those who do not keep the records', async () => {
    const { tenantId, communityId } = company;
    const guard = aStaffViewer({ roles: ['guard'], tenantId, communityIds: [communityId] });
    for (const viewer of [guard, aResidentViewer({ tenantId, communityIds: [communityId] })]) {
      const refusal = await service.refused(viewer, registerPerson, { input: { communityId, name: '李娜' } });
      expect(refusal.extensions).toMatchObject({ code: 'FORBIDDEN', reason: 'ACCESS_DENIED' });
    }
  });
});
