import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import { type TestService } from '@steward/test-kit';

import { aCompany, aStaffMember, change, factsAfter, look, startHr, type Company } from './hr-fixture.ts';

let service: TestService;
let company: Company;

beforeAll(async () => {
  service = await startHr();
  company = await aCompany(service);
});
afterAll(() => service?.stop());

const endStaffPost = change('endStaffPost');

const postOf = async (id: string): Promise<string> => (await look(service, company.director, id)).posts[0]?.id ?? '';

describe('endStaffPost', () => {
  it('sets the first day on which the post is no longer held', async () => {
    const id = await aStaffMember(service, company);
    const postId = await postOf(id);
    await service.ok(company.director, endStaffPost, { input: { id, postId, validTo: '2026-04-01' } });
    expect(await factsAfter(service, id, 3)).toMatchObject([
      [
        'staff.post-ended.v1',
        { postId, departmentCode: 'MAINTENANCE', validFrom: '2025-01-01', validTo: '2026-04-01' },
      ],
    ]);
    const query = 'query ($id: ID!, $on: LocalDate) { staffMember(id: $id) { posts(on: $on) { id } } }';
    const heldOn = async (on: string): Promise<number> => {
      const { staffMember } = await service.ok<{ staffMember: { posts: object[] } }>(company.director, query, {
        id,
        on,
      });
      return staffMember.posts.length;
    };
    expect([await heldOn('2024-12-31'), await heldOn('2026-03-31'), await heldOn('2026-04-01')]).toEqual([0, 1, 0]);
  });

  it('takes back a post still to come', async () => {
    const posts = [
      { departmentCode: 'SECURITY', positionCode: 'GUARD', role: 'GUARD' as const, validFrom: '2026-06-01' },
    ];
    const id = await aStaffMember(service, company, { posts });
    await service.ok(company.director, endStaffPost, {
      input: { id, postId: await postOf(id), validTo: '2026-06-01' },
    });
    expect((await look(service, company.director, id)).posts).toMatchObject([
      { validFrom: '2026-06-01', validTo: '2026-06-01' },
    ]);
  });

  it('refuses a post that has ended, is of somebody else or would end before it began', async () => {
    const id = await aStaffMember(service, company);
    const postId = await postOf(id);
    const refusal = async (input: object) =>
      (
        await service.refused(company.director, endStaffPost, {
          input: { id, postId, validTo: '2026-04-01', ...input },
        })
      ).extensions;
    expect(await refusal({ validTo: '2024-12-31' })).toMatchObject({ code: 'BAD_USER_INPUT', reason: 'RANGE_EMPTY' });
    expect(await refusal({ postId: newId() })).toMatchObject({ code: 'NOT_FOUND', reason: 'POST_UNKNOWN' });
    await service.ok(company.director, endStaffPost, { input: { id, postId, validTo: '2026-04-01' } });
    expect(await refusal({})).toMatchObject({ code: 'CONFLICT', reason: 'POST_ALREADY_ENDED' });
  });
});
