import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import { aResidentViewer, aStaffViewer, type TestService } from '@steward/test-kit';

import { factsAfter, mutation, startResidents } from './residents-fixture.ts';

let service: TestService;

beforeAll(async () => {
  service = await startResidents();
});
afterAll(() => service?.stop());

const registerCompany = mutation('registerCompany', 'company { id number version name }');
const aDirector = () => aStaffViewer({ roles: ['director'], tenantId: newId(), communityIds: 'all' });

describe('registerCompany', () => {
  it('enters the own company under the id of the tenant', async () => {
    const director = aDirector();
    const input = { name: ' 安居物业 ', number: '91310000MA1K' };
    const { registerCompany: answer } = await service.ok<{ registerCompany: object }>(director, registerCompany, {
      input,
    });
    const { tenantId: id } = director;
    expect(answer).toEqual({ company: { id, number: '91310000MA1K', version: 1, name: '安居物业' } });
    expect(await factsAfter(service, id, 0)).toEqual([['company.registered.v1', { companyId: id }]]);
  });

  it('is refused a second time with COMPANY_KNOWN, without a name with TEXT_REQUIRED', async () => {
    const director = aDirector();
    const blank = await service.refused(director, registerCompany, { input: { name: ' ' } });
    expect(blank.extensions).toMatchObject({ code: 'BAD_USER_INPUT', reason: 'TEXT_REQUIRED' });
    await service.ok(director, registerCompany, { input: { name: '安居物业' } });
    const again = await service.refused(director, registerCompany, { input: { name: '安居物业' } }, 'zh-CN');
    expect(again).toMatchObject({
      message: '物业公司已登记。',
      extensions: { code: 'CONFLICT', reason: 'COMPANY_KNOWN' },
    });
  });

  it('is for those who oversee the company', async () => {
    const clerk = aStaffViewer({ roles: ['clerk'], communityIds: 'all' });
    for (const viewer of [clerk, aResidentViewer()]) {
      const denied = await service.refused(viewer, registerCompany, { input: { name: '安居物业' } });
      expect(denied.extensions).toMatchObject({ code: 'FORBIDDEN', reason: 'ACCESS_DENIED' });
    }
  });
});
