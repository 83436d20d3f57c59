import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestService } from '@steward/test-kit';

import { aCompany, aStaffMember, change, factsAfter, lastChange, look, startHr, type Company } from './hr-fixture.ts';

let service: TestService;
let company: Company;

beforeAll(async () => {
  service = await startHr();
  company = await aCompany(service);
});
afterAll(() => service?.stop());

const updateStaff = change('updateStaff');

describe('updateStaff', () => {
  it('keeps what is absent, clears what is null, and hides both in the history', async () => {
    const id = await aStaffMember(service, company);
    await service.ok(company.director, updateStaff, { input: { id, name: '李秀英', expectedVersion: 3 } });
    expect(await look(service, company.director, id)).toMatchObject({
      name: '李秀英',
      nameMasked: '李**',
      phone: '13800110022',
    });
    await service.ok(company.director, updateStaff, { input: { id, phone: null } });
    expect(await look(service, company.director, id)).toMatchObject({ name: '李秀英', phone: null, phoneMasked: null });
    const { fields = [] } = (await lastChange(service, company, id)) ?? {};
    expect(fields).toContainEqual({ field: 'phoneSealed', from: '***', to: null });
    expect(await factsAfter(service, id, 3)).toEqual([
      ['staff.updated.v1', { staffId: id, number: expect.any(String), employedOn: '2025-01-01' }],
      ['staff.updated.v1', { staffId: id, number: expect.any(String), employedOn: '2025-01-01' }],
    ]);
  });

  it.each([
    ['TEXT_REQUIRED', { name: '  ' }],
    ['PHONE_MALFORMED', { phone: 'call me' }],
  ])('refuses with %s', async (reason, fields) => {
    const id = await aStaffMember(service, company);
    const error = await service.refused(company.director, updateStaff, { input: { id, ...fields } });
    expect(error.extensions).toMatchObject({ code: 'BAD_USER_INPUT', reason });
  });

  it('refuses a version that others have moved on from', async () => {
    const id = await aStaffMember(service, company);
    const error = await service.refused(
      company.director,
      updateStaff,
      { input: { id, name: '李', expectedVersion: 2 } },
      'zh-CN',
    );
    expect(error).toMatchObject({
      message: '数据已被更新:当前版本 3,提交版本 2。',
      extensions: { code: 'CONFLICT', reason: 'STALE_VERSION' },
    });
  });

  it('does not know the staff of another company', async () => {
    const id = await aStaffMember(service, company);
    const other = await aCompany(service);
    const error = await service.refused(other.director, updateStaff, { input: { id, name: '李' } });
    expect(error.extensions).toMatchObject({ code: 'NOT_FOUND', reason: 'NOT_FOUND' });
  });
});
