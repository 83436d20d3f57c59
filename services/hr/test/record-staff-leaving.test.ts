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

const recordStaffLeaving = change('recordStaffLeaving');

describe('recordStaffLeaving', () => {
  it('ends posts and duty with the employment, and leaves nothing to be done', async () => {
    const id = await aStaffMember(service, company);
    await service.ok(company.director, change('startStaffDuty'), { input: { id } });
    await service.move({ advance: 'PT1H' });
    await service.ok(company.director, recordStaffLeaving, {
      input: { id, leftOn: '2026-03-03', reasonCode: 'RETIRED' },
    });
    const found = await look(service, company.director, id);
    expect(found).toMatchObject({
      status: 'LEFT',
      leftOn: '2026-03-03',
      isOnDuty: false,
      posts: [{ validTo: '2026-03-03' }],
    });
    expect(found.availableActions.every(({ allowed, refusal }) => !allowed && refusal?.reason === 'STAFF_LEFT')).toBe(
      true,
    );
    expect(await lastChange(service, company, id)).toMatchObject({ action: 'recordStaffLeaving', reason: 'RETIRED' });
    expect((await factsAfter(service, id, 4)).map(([type]) => type)).toEqual([
      'staff.post-ended.v1',
      'staff.duty-changed.v1',
      'staff.left.v1',
    ]);
  });

  it('takes back a post that was still to come', async () => {
    const posts = [
      { departmentCode: 'SECURITY', positionCode: 'GUARD', role: 'GUARD' as const, validFrom: '2026-06-01' },
    ];
    const id = await aStaffMember(service, company, { posts });
    await service.ok(company.director, recordStaffLeaving, {
      input: { id, leftOn: '2026-03-01', reasonCode: 'RESIGNED' },
    });
    expect((await look(service, company.director, id)).posts).toMatchObject([
      { validFrom: '2026-06-01', validTo: '2026-06-01' },
    ]);
  });

  it.each([
    ['LEAVING_REASON_UNKNOWN', { reasonCode: 'BORED' }],
    ['RANGE_EMPTY', { leftOn: '2025-01-01' }],
    ['IN_THE_FUTURE', { leftOn: '2026-03-04' }],
  ])('refuses with %s', async (reason, overrides) => {
    const id = await aStaffMember(service, company);
    const input = { id, leftOn: '2026-03-02', reasonCode: 'OTHER', ...overrides };
    const error = await service.refused(company.director, recordStaffLeaving, { input });
    expect(error.extensions).toMatchObject({ code: 'BAD_USER_INPUT', reason });
  });

  it.each([
    ['updateStaff', { name: '李' }],
    ['changeStaffTrades', { tradeCodes: ['LOCKS'] }],
    [
      'assignStaffPost',
      {
        communityId: '019b76da-a800-7001-8000-000000000002',
        departmentCode: 'SECURITY',
        positionCode: 'GUARD',
        role: 'GUARD',
        validFrom: '2026-03-01',
      },
    ],
    ['startStaffDuty', {}],
    ['endStaffDuty', {}],
    ['endStaffPost', { postId: '019b76da-a800-7001-8000-000000000001', validTo: '2026-03-02' }],
    ['recordStaffLeaving', { leftOn: '2026-03-02', reasonCode: 'OTHER' }],
  ])('refuses %s afterwards', async (name, fields) => {
    const id = await aStaffMember(service, company);
    await service.ok(company.director, recordStaffLeaving, {
      input: { id, leftOn: '2026-03-02', reasonCode: 'OTHER' },
    });
    const error = await service.refused(company.director, change(name), { input: { id, ...fields } });
    expect(error.extensions).toMatchObject({ code: 'CONFLICT', reason: 'STAFF_LEFT' });
    expect(error.message).toBe('The staff member has left the company, on 2026-03-02.');
  });
});
