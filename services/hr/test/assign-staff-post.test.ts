import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import { aStaffViewer, type TestService } from '@steward/test-kit';

import { aCommunity, aCompany, aStaffMember, change, factsAfter, look, startHr, type Company } from './hr-fixture.ts';

let service: TestService;
let company: Company;

beforeAll(async () => {
  service = await startHr();
  company = await aCompany(service);
});
afterAll(() => service?.stop());

const assignStaffPost = change('assignStaffPost');

const terms = (id: string, overrides: object = {}): object => ({
  id,
  communityId: company.communityId,
  departmentCode: 'SECURITY',
  positionCode: 'GUARD',
  role: 'GUARD',
  validFrom: '2026-03-01',
  ...overrides,
});

describe('assignStaffPost', () => {
  it('gives a second post, also in another community', async () => {
    const id = await aStaffMember(service, company);
    const elsewhere = await aCommunity(service, company.tenantId);
    await service.ok(company.director, assignStaffPost, {
      input: terms(id, { communityId: elsewhere, validTo: '2026-04-01' }),
    });
    const { posts } = await look(service, company.director, id);
    expect(posts).toMatchObject([
      { role: 'MAINTENANCE', validFrom: '2025-01-01', validTo: null },
      {
        role: 'GUARD',
        validFrom: '2026-03-01',
        validTo: '2026-04-01',
        community: { id: elsewhere },
        department: { number: 'SECURITY' },
      },
    ]);
    expect(await factsAfter(service, id, 3)).toMatchObject([
      [
        'staff.post-assigned.v1',
        { communityId: elsewhere, departmentCode: 'SECURITY', role: 'guard', validTo: '2026-04-01' },
      ],
    ]);
  });

  it('gives the same post again once it has ended', async () => {
    const id = await aStaffMember(service, company);
    await service.ok(company.director, assignStaffPost, {
      input: terms(id, { validFrom: '2026-01-01', validTo: '2026-02-01' }),
    });
    await service.ok(company.director, assignStaffPost, { input: terms(id, { validFrom: '2026-02-01' }) });
    expect((await look(service, company.director, id)).posts).toHaveLength(3);
  });

  it.each([
    ['COMMUNITY_UNKNOWN', () => ({ communityId: newId() })],
    ['DEPARTMENT_UNKNOWN', () => ({ departmentCode: 'NOWHERE' })],
    ['TEAM_UNKNOWN', () => ({ teamCode: 'NOBODY' })],
    ['POSITION_UNKNOWN', () => ({ positionCode: 'KING' })],
    ['RANGE_EMPTY', () => ({ validTo: '2026-03-01' })],
    ['POST_BEFORE_EMPLOYMENT', () => ({ validFrom: '2024-12-31' })],
    ['POST_OVERLAPS', () => ({ departmentCode: 'MAINTENANCE', positionCode: 'REPAIR_WORKER' })],
  ])('refuses with %s', async (reason, overrides) => {
    const id = await aStaffMember(service, company);
    const error = await service.refused(company.director, assignStaffPost, { input: terms(id, overrides()) });
    expect(error.extensions).toMatchObject({ code: 'BAD_USER_INPUT', reason });
  });

  it('refuses a team of another department', async () => {
    const registerTeam = 'mutation ($input: RegisterTeamInput!) { registerTeam(input: $input) { team { id } } }';
    const team = { communityId: company.communityId, departmentCode: 'MAINTENANCE', code: 'REPAIRS', name: 'Repairs' };
    await service.ok(company.director, registerTeam, { input: team });
    const id = await aStaffMember(service, company);
    const error = await service.refused(company.director, assignStaffPost, {
      input: terms(id, { teamCode: 'REPAIRS' }),
    });
    expect(error.extensions.reason).toBe('TEAM_OF_OTHER_DEPARTMENT');
  });

  it('is kept from overlaps by the database as well', async () => {
    const id = await aStaffMember(service, company);
    const copy = `insert into staff_post select uuidv7(), tenant_id, staff_id, community_id, department_id, team_id,
      position_code, role, valid_from + 1, valid_to from staff_post where staff_id = $1`;
    await expect(service.sql(copy, [id])).rejects.toMatchObject({ constraint: 'staff_post_overlaps' });
  });

  it('is not for supervisors', async () => {
    const id = await aStaffMember(service, company);
    const { tenantId, communityId } = company;
    const supervisor = aStaffViewer({ roles: ['supervisor'], tenantId, communityIds: [communityId] });
    const error = await service.refused(supervisor, assignStaffPost, { input: terms(id) });
    expect(error.extensions).toMatchObject({ code: 'FORBIDDEN', reason: 'ACCESS_DENIED' });
  });
});
