import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aStaffViewer, statements, type TestService } from '@steward/test-kit';

import { aCommunity, aCompany, aStaffMember, registerDepartment, startHr, type Company } from './hr-fixture.ts';

let service: TestService;
let company: Company;
let elsewhere: string;
const teams = ['T1', 'T2', 'T3', 'T4'];

const registerTeam = `mutation ($input: RegisterTeamInput!) { registerTeam(input: $input) { team { id } } }`;

beforeAll(async () => {
  service = await startHr();
  company = await aCompany(service);
  elsewhere = await aCommunity(service, company.tenantId);
  const { communityId } = company;
  for (const code of ['GREEN', 'DESK', 'OFFICE']) {
    await service.ok(company.director, registerDepartment, { input: { code, name: code.toLowerCase() } });
  }
  for (const code of teams) {
    const input = { communityId, departmentCode: 'MAINTENANCE', code, name: code };
    await service.ok(company.director, registerTeam, { input });
  }
  const worker = { departmentCode: 'MAINTENANCE', positionCode: 'REPAIR_WORKER', role: 'MAINTENANCE' as const };
  await aStaffMember(service, company, { number: 'A', posts: [{ ...worker, teamCode: 'T1' }] });
  await aStaffMember(service, company, { number: 'B', posts: [{ ...worker, teamCode: 'T2' }] });
  await aStaffMember(service, company, {
    number: 'C',
    communityId: elsewhere,
    posts: [{ departmentCode: 'SECURITY', positionCode: 'GUARD', role: 'GUARD', communityId: elsewhere }],
  });
});
afterAll(() => service?.stop());

type Staffed = { number: string; staffMembers: { totalCount: number; nodes: { number: string }[] } };
type Lists = { departments: { nodes: Staffed[] }; teams: { nodes: Staffed[] } };

const document = `query ($first: Int!) {
  departments(first: $first) { nodes { number staffMembers { totalCount nodes { number } } } }
  teams(first: $first) { nodes { number staffMembers(first: 5) { totalCount nodes { number } } } }
}`;
const membersOf = (lists: Staffed[]): [string, number, string[]][] =>
  lists.map(({ number, staffMembers }) => [
    number,
    staffMembers.totalCount,
    staffMembers.nodes.map((member) => member.number),
  ]);

describe('lists below departments, teams and communities', () => {
  it('are of each its own, as far as the viewer may see', async () => {
    const all = await service.ok<Lists>(company.director, document, { first: 20 });
    expect(membersOf(all.departments.nodes)).toEqual([
      ['DESK', 0, []],
      ['GREEN', 0, []],
      ['MAINTENANCE', 2, ['A', 'B']],
      ['OFFICE', 0, []],
      ['SECURITY', 1, ['C']],
    ]);
    expect(membersOf(all.teams.nodes)).toEqual([
      ['T1', 1, ['A']],
      ['T2', 1, ['B']],
      ['T3', 0, []],
      ['T4', 0, []],
    ]);
    const { tenantId, communityId } = company;
    const clerk = aStaffViewer({ roles: ['clerk'], tenantId, communityIds: [communityId] });
    const near = await service.ok<Lists>(clerk, document, { first: 20 });
    expect(membersOf(near.departments.nodes).at(-1)).toEqual(['SECURITY', 0, []]);
  });

  it('cost as many statements below many as below one', async () => {
    const cost = async (first: number): Promise<number> => {
      const before = await statements(service);
      const found = await service.ok<Lists>(company.director, document, { first });
      expect([found.departments.nodes.length, found.teams.nodes.length]).toEqual([first, first]);
      return (await statements(service)) - before;
    };
    expect(await cost(4)).toBe(await cost(1));
  });

  it('cost as many statements below fifty communities as below one', async () => {
    const query = `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Community {
      id staffMembers { totalCount nodes { number } } teams { totalCount nodes { number } } } } }`;
    type Community = { staffMembers: { nodes: { number: string }[] }; teams: { nodes: { number: string }[] } };
    const cost = async (ids: readonly string[]): Promise<number> => {
      const before = await statements(service);
      const refs = ids.map((id) => ({ __typename: 'Community', id }));
      const { _entities: found } = await service.ok<{ _entities: Community[] }>(company.director, query, { refs });
      expect(found.slice(0, 2)).toMatchObject(
        [
          { staffMembers: { nodes: [{ number: 'A' }, { number: 'B' }] }, teams: { totalCount: 4 } },
          { staffMembers: { nodes: [{ number: 'C' }] }, teams: { totalCount: 0 } },
        ].slice(0, ids.length),
      );
      return (await statements(service)) - before;
    };
    const others = Array.from({ length: 48 }, () => crypto.randomUUID());
    expect(await cost([company.communityId, elsewhere, ...others])).toBe(await cost([company.communityId]));
  });
});
