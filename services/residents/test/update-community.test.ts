import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import { aStaffViewer, type TestService } from '@steward/test-kit';

import { aCommunity, aCompany, factsAfter, mutation, startResidents, type Company } from './residents-fixture.ts';

let service: TestService;
let company: Company;

beforeAll(async () => {
  service = await startResidents();
  company = await aCompany(service);
});
afterAll(() => service?.stop());

const updateCommunity = mutation('updateCommunity', 'community { name address builtAreaM2 version }');
const leaveCommunity = mutation('leaveCommunity', 'community { id }');

describe('updateCommunity', () => {
  it('keeps what is absent and clears what is null', async () => {
    const id = await aCommunity(service, company.director, { address: '锦绣路 1 号', builtAreaM2: '40000' });
    const input = { id, name: '锦绣花园二期', address: null, expectedVersion: 1 };
    const answer = await service.ok<{ updateCommunity: object }>(company.director, updateCommunity, { input });
    const community = { name: '锦绣花园二期', address: null, builtAreaM2: '40000', version: 2 };
    expect(answer.updateCommunity).toEqual({ community });
    expect(await factsAfter(service, id, 1)).toMatchObject([['community.updated.v1', { status: 'ACTIVE' }]]);
  });

  it.each([
    ['TEXT_REQUIRED', { name: null }],
    ['TEXT_REQUIRED', { address: ' ' }],
    ['AREA_NOT_POSITIVE', { builtAreaM2: '-1' }],
  ])('refuses with %s: %p', async (reason, fields) => {
    const input = { id: company.communityId, ...fields };
    const refusal = await service.refused(company.director, updateCommunity, { input });
    expect(refusal.extensions).toMatchObject({ code: 'BAD_USER_INPUT', reason });
  });

  it('is refused once the community is left', async () => {
    const id = await aCommunity(service, company.director);
    await service.ok(company.director, leaveCommunity, { input: { id } });
    const refusal = await service.refused(company.director, updateCommunity, { input: { id, name: '锦绣' } });
    expect(refusal.extensions).toMatchObject({ code: 'CONFLICT', reason: 'COMMUNITY_LEFT' });
  });

  it('is not for clerks, and answers NOT_FOUND where the caller does not belong', async () => {
    const input = { id: company.communityId, name: '锦绣' };
    const denied = await service.refused(company.clerk, updateCommunity, { input });
    expect(denied.extensions.reason).toBe('ACCESS_DENIED');
    const { tenantId } = company;
    const stranger = aStaffViewer({ roles: ['operator'], tenantId, communityIds: [newId()] });
    expect((await service.refused(stranger, updateCommunity, { input })).extensions.code).toBe('NOT_FOUND');
  });
});
