import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Viewer } from '@steward/auth';
import { aResidentViewer, aStaffViewer, type TestService } from '@steward/test-kit';

import { aCommunity, aCompany, aStaffMember, change, startHr, type Company } from './hr-fixture.ts';

let service: TestService;
let company: Company;
let posted: string;
let third: string;
let id: string;

beforeAll(async () => {
  service = await startHr();
  company = await aCompany(service);
  posted = await aCommunity(service, company.tenantId);
  third = await aCommunity(service, company.tenantId);
  const security = { departmentCode: 'SECURITY', positionCode: 'GUARD', role: 'GUARD' as const };
  const posts = [
    { ...security, communityId: company.communityId },
    { ...security, communityId: posted, validFrom: '2026-03-02', validTo: '2026-03-04' },
  ];
  id = await aStaffMember(service, company, { number: 'G', posts });
});
afterAll(() => service?.stop());

const read = `query ($id: ID!) { staffMember(id: $id) { name phone availableActions { action allowed } } }`;
const byPhone = `query { staffMembers(filter: { phone: "13800110022" }) { nodes { number } } }`;

const reference = `query ($representations: [_Any!]!) {
  _entities(representations: $representations) { ... on Staff { nameMasked name } }
}`;

type Read = { staffMember: { name: string | null; availableActions: { action: string; allowed: boolean }[] } | null };

const leaderOf = (communityId: string): Viewer =>
  aStaffViewer({ roles: ['supervisor'], tenantId: company.tenantId, communityIds: [communityId] });
const seenBy = async (viewer: Viewer): Promise<[name: string | null | undefined, mayChangeTrades: boolean]> => {
  const { staffMember } = await service.ok<Read>(viewer, read, { id });
  const { allowed = false } = staffMember?.availableActions.find(({ action }) => action === 'changeStaffTrades') ?? {};
  return [staffMember?.name, allowed];
};
const foundBy = async (viewer: Viewer): Promise<string[]> =>
  (await service.ok<{ staffMembers: { nodes: { number: string }[] } }>(viewer, byPhone)).staffMembers.nodes.map(
    ({ number }) => number,
  );
const changeTrades = (viewer: Viewer) =>
  service.graphql(viewer, change('changeStaffTrades'), { input: { id, tradeCodes: ['LOCKS'] } });

it('belongs to the community that employs them and to those where they hold a post today', async () => {
  expect(await seenBy(leaderOf(company.communityId))).toEqual(['王建国', true]);
  expect(await seenBy(leaderOf(posted))).toEqual(['王建国', true]);
  expect(await seenBy(leaderOf(third))).toEqual([null, false]);
  expect(await foundBy(leaderOf(posted))).toEqual(['G']);
  expect(await foundBy(leaderOf(third))).toEqual([]);
  expect((await changeTrades(leaderOf(posted))).errors).toBeUndefined();
  expect((await changeTrades(leaderOf(third))).errors?.[0]?.extensions.code).toBe('NOT_FOUND');

  const known = async (communityId: string): Promise<unknown> => {
    const resident = aResidentViewer({ tenantId: company.tenantId, communityIds: [communityId] });
    const representations = [{ __typename: 'Staff', id }];
    return (await service.ok<{ _entities: unknown[] }>(resident, reference, { representations }))._entities[0];
  };
  expect(await known(posted)).toEqual({ nameMasked: '王**', name: null });
  expect(await known(third)).toBeNull();

  // The last day of the post is over in its community.
  await service.move({ set: new Date('2026-03-03T16:00:00.000Z') });
  expect(await seenBy(leaderOf(company.communityId))).toEqual(['王建国', true]);
  expect(await seenBy(leaderOf(posted))).toEqual([null, false]);
  expect(await foundBy(leaderOf(posted))).toEqual([]);
  expect((await changeTrades(leaderOf(posted))).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
});
