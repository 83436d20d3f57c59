import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import { aStaffViewer, type TestService } from '@steward/test-kit';

import { aCompany, registerDepartment, startHr, type Company } from './hr-fixture.ts';

let service: TestService;
let company: Company;

beforeAll(async () => {
  service = await startHr();
  company = await aCompany(service);
});
afterAll(() => service?.stop());

describe('registerDepartment', () => {
  it('sets up a department for the whole company', async () => {
    const id = newId();
    const answer = await service.ok(company.director, registerDepartment, {
      input: { id, code: 'FINANCE', name: '财务部' },
    });
    expect(answer).toEqual({
      registerDepartment: {
        department: { id, number: 'FINANCE', version: 1, name: '财务部', code: { code: 'FINANCE', label: '财务部' } },
      },
    });
    const facts = await service.events('steward.hr.department.registered.v1');
    expect(facts.at(-1)).toMatchObject({ aggregateId: id, data: { departmentId: id, code: 'FINANCE' } });
  });

  it('is found by code among those of the company alone', async () => {
    const other = await aCompany(service);
    const query = 'query ($code: [String!]) { departments(filter: { code: $code }) { totalCount nodes { number } } }';
    expect(await service.ok(other.director, query, { code: ['SECURITY', 'FINANCE'] })).toEqual({
      departments: { totalCount: 1, nodes: [{ number: 'SECURITY' }] },
    });
  });

  it.each([
    ['CODE_MALFORMED', { code: 'front desk' }],
    ['TEXT_REQUIRED', { name: '' }],
    ['ID_MALFORMED', { id: '1' }],
  ])('refuses with %s', async (reason, overrides) => {
    const input = { code: 'ARCHIVE', name: 'Archive', ...overrides };
    const error = await service.refused(company.director, registerDepartment, { input });
    expect(error.extensions).toMatchObject({ code: 'BAD_USER_INPUT', reason });
  });

  it('refuses a code and an id that are taken', async () => {
    const id = newId();
    await service.ok(company.director, registerDepartment, { input: { id, code: 'LEGAL', name: 'Legal' } });
    const again = await service.refused(company.director, registerDepartment, {
      input: { code: 'LEGAL', name: 'Legal' },
    });
    expect(again.extensions).toMatchObject({ code: 'CONFLICT', reason: 'DEPARTMENT_CODE_TAKEN' });
    const taken = await service.refused(company.director, registerDepartment, {
      input: { id, code: 'PRESS', name: 'Press' },
    });
    expect(taken.extensions).toMatchObject({ code: 'CONFLICT', reason: 'ID_TAKEN' });
  });

  it('is not for supervisors', async () => {
    const supervisor = aStaffViewer({ roles: ['supervisor'], tenantId: company.tenantId, communityIds: 'all' });
    const error = await service.refused(supervisor, registerDepartment, { input: { code: 'PRESS', name: 'Press' } });
    expect(error.extensions.reason).toBe('ACCESS_DENIED');
  });
});
