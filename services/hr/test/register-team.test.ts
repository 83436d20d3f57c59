import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import { type TestService } from '@steward/test-kit';

import { aCompany, aStaffMember, startHr, type Company } from './hr-fixture.ts';

let service: TestService;
let company: Company;

beforeAll(async () => {
  service = await startHr();
  company = await aCompany(service);
});
afterAll(() => service?.stop());

const registerTeam = `mutation ($input: RegisterTeamInput!) {
  registerTeam(input: $input) {
    team { id number version name department { number } community { id } staffMembers { nodes { id } } }
  }
}`;

const aTeam = (overrides: object = {}): object => ({
  communityId: company.communityId,
  departmentCode: 'MAINTENANCE',
  code: 'REPAIRS',
  name: '维修一班',
  ...overrides,
});

describe('registerTeam', () => {
  it('sets up a team that staff can be posted to', async () => {
    const id = newId();
    const { communityId } = company;
    expect(await service.ok(company.director, registerTeam, { input: aTeam({ id }) })).toEqual({
      registerTeam: {
        team: {
          id,
          number: 'REPAIRS',
          version: 1,
          name: '维修一班',
          department: { number: 'MAINTENANCE' },
          community: { id: communityId },
          staffMembers: { nodes: [] },
        },
      },
    });
    const posts = [
      {
        departmentCode: 'MAINTENANCE',
        teamCode: 'REPAIRS',
        positionCode: 'REPAIR_WORKER',
        role: 'MAINTENANCE' as const,
      },
    ];
    const staffId = await aStaffMember(service, company, { posts });
    const query = 'query ($id: ID!) { team(id: $id) { staffMembers { totalCount nodes { id } } } }';
    expect(await service.ok(company.director, query, { id })).toEqual({
      team: { staffMembers: { totalCount: 1, nodes: [{ id: staffId }] } },
    });
    const facts = await service.events('steward.hr.team.registered.v1');
    expect(facts[0]?.data).toMatchObject({ teamId: id, communityId, departmentCode: 'MAINTENANCE', code: 'REPAIRS' });
  });

  it.each([
    ['COMMUNITY_UNKNOWN', () => ({ communityId: newId() })],
    ['DEPARTMENT_UNKNOWN', () => ({ departmentCode: 'NOWHERE' })],
    ['CODE_MALFORMED', () => ({ code: 'a b' })],
    ['TEXT_REQUIRED', () => ({ name: ' ' })],
    ['ID_MALFORMED', () => ({ id: 'x' })],
  ])('refuses with %s', async (reason, overrides) => {
    const error = await service.refused(company.director, registerTeam, {
      input: aTeam({ code: 'OTHERS', ...overrides() }),
    });
    expect(error.extensions).toMatchObject({ code: 'BAD_USER_INPUT', reason });
  });

  it('refuses a code and an id that are taken', async () => {
    const id = newId();
    await service.ok(company.director, registerTeam, { input: aTeam({ id, code: 'NIGHT' }) });
    const again = await service.refused(company.director, registerTeam, { input: aTeam({ code: 'NIGHT' }) });
    expect(again.extensions).toMatchObject({ code: 'CONFLICT', reason: 'TEAM_CODE_TAKEN' });
    const taken = await service.refused(company.director, registerTeam, { input: aTeam({ id, code: 'DAY' }) });
    expect(taken.extensions).toMatchObject({ code: 'CONFLICT', reason: 'ID_TAKEN' });
  });
});
