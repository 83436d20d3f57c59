import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestService } from '@steward/test-kit';

import {
  aCommunity,
  aCompany,
  factsAfter,
  mutation,
  registerPlaces,
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

const leaveCommunity = mutation(
  'leaveCommunity',
  'community { status version availableActions { action allowed refusal { reason } } }',
);

describe('leaveCommunity', () => {
  it('ends the management: what was entered stays readable, nothing new is entered', async () => {
    const id = await aCommunity(service, company.director);
    const answer = await service.ok<{ leaveCommunity: { community: { availableActions: object[] } } }>(
      company.director,
      leaveCommunity,
      { input: { id, expectedVersion: 1 } },
    );
    const { community } = answer.leaveCommunity;
    expect(community).toMatchObject({ status: 'LEFT', version: 2 });
    const refusal = { reason: 'COMMUNITY_LEFT' };
    expect(community.availableActions).toContainEqual({ action: 'registerPlaces', allowed: false, refusal });
    expect(await factsAfter(service, id, 1)).toMatchObject([['community.updated.v1', { status: 'LEFT' }]]);
    const rows = [{ code: '1', kind: 'BUILDING' }];
    const places = await service.refused(company.director, registerPlaces, { input: { communityId: id, rows } });
    expect(places.extensions).toMatchObject({ code: 'CONFLICT', reason: 'COMMUNITY_LEFT' });
    const list = `{ communities(filter: { status: [LEFT] }) { nodes { id } } }`;
    expect(await service.ok(company.director, list)).toEqual({ communities: { nodes: [{ id }] } });
  });

  it('is refused a second time', async () => {
    const id = await aCommunity(service, company.director);
    await service.ok(company.director, leaveCommunity, { input: { id } });
    const refusal = await service.refused(company.director, leaveCommunity, { input: { id } }, 'zh-CN');
    expect(refusal).toMatchObject({ message: '公司已不再管理该小区。', extensions: { reason: 'COMMUNITY_LEFT' } });
  });
});
