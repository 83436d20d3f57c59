import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aStaffViewer, type TestService } from '@steward/test-kit';

import { aCompany, aStaffMember, change, factsAfter, look, startHr, type Company } from './hr-fixture.ts';

let service: TestService;
let company: Company;

beforeAll(async () => {
  service = await startHr();
  company = await aCompany(service);
});
afterAll(() => service?.stop());

const startStaffDuty = change('startStaffDuty');
const endStaffDuty = change('endStaffDuty');
const setHrPolicy = `mutation ($input: SetHrPolicyInput!) {
  setHrPolicy(input: $input) { figures { policy key value defaultValue unit rule } }
}`;

/** Hours from now, by the service's clock. */
const hours = async (amount: number): Promise<string> =>
  new Date((await service.now()).getTime() + amount * 3_600_000).toISOString();

const refusal = async (document: string, input: object) =>
  (await service.refused(company.director, document, { input })).extensions;

describe('startStaffDuty and endStaffDuty', () => {
  it('puts on duty now until further notice, and takes off duty', async () => {
    const id = await aStaffMember(service, company);
    const now = await hours(0);
    await service.ok(company.director, startStaffDuty, { input: { id } });
    expect(await look(service, company.director, id)).toMatchObject({ isOnDuty: true, duty: { from: now, to: null } });
    await service.move({ advance: 'PT2H' });
    await service.ok(company.director, endStaffDuty, { input: { id } });
    expect(await look(service, company.director, id)).toMatchObject({ isOnDuty: false, duty: null });
    expect(await factsAfter(service, id, 3)).toEqual([
      ['staff.duty-changed.v1', { staffId: id, onDutyFrom: now, onDutyTo: null }],
      ['staff.duty-changed.v1', { staffId: id, onDutyFrom: now, onDutyTo: await hours(0) }],
    ]);
  });

  it('enters coming duty ahead, which begins and ends by itself', async () => {
    const id = await aStaffMember(service, company);
    await service.ok(company.director, startStaffDuty, { input: { id, from: await hours(1), to: await hours(9) } });
    expect(await look(service, company.director, id)).toMatchObject({
      isOnDuty: false,
      duty: { from: expect.any(String) },
    });
    await service.move({ advance: 'PT1H' });
    expect(await look(service, company.director, id)).toMatchObject({ isOnDuty: true });
    await service.move({ advance: 'PT8H' });
    expect(await look(service, company.director, id)).toMatchObject({ isOnDuty: false, duty: null });
  });

  it('takes back a duty that has not begun', async () => {
    const id = await aStaffMember(service, company);
    await service.ok(company.director, startStaffDuty, { input: { id, from: await hours(1) } });
    await service.ok(company.director, endStaffDuty, { input: { id } });
    expect((await factsAfter(service, id, 4))[0]?.[1]).toEqual({ staffId: id, onDutyFrom: null, onDutyTo: null });
  });

  it('lets staff put themselves on duty, and nobody else', async () => {
    const id = await aStaffMember(service, company);
    const { tenantId, communityId } = company;
    const worker = { roles: ['maintenance' as const], tenantId, communityIds: [communityId] };
    const { extensions } = await service.refused(aStaffViewer(worker), startStaffDuty, { input: { id } });
    expect(extensions).toMatchObject({ code: 'FORBIDDEN', reason: 'ACCESS_DENIED' });
    await service.ok(aStaffViewer({ ...worker, staffId: id }), startStaffDuty, { input: { id } });
    expect((await look(service, company.director, id)).isOnDuty).toBe(true);
  });

  it('[A021] takes the night in the next morning, and nothing from further back than the policy says', async () => {
    const id = await aStaffMember(service, company);
    expect(await refusal(startStaffDuty, { id, from: await hours(-24.5) })).toMatchObject({
      reason: 'TOO_FAR_BACK',
      rule: 'A021',
    });
    await service.ok(company.director, startStaffDuty, { input: { id, from: await hours(-24) } });
    expect(await refusal(endStaffDuty, { id, occurredAt: await hours(-24.5) })).toMatchObject({
      reason: 'INVALID_INPUT',
    });
    await service.ok(company.director, endStaffDuty, { input: { id, occurredAt: await hours(-23) } });
  });

  it('[A021] keeps to the figure of the community', async () => {
    const other = await aCompany(service);
    const id = await aStaffMember(service, other);
    const figure = {
      communityId: other.communityId,
      policy: 'duty',
      key: 'backdatingHours',
      value: 48,
      reason: 'long weekend',
    };
    const { setHrPolicy: answer } = await service.ok<{ setHrPolicy: { figures: { policy: string }[] } }>(
      other.director,
      setHrPolicy,
      { input: figure },
    );
    expect(answer.figures.filter(({ policy }) => policy === 'duty')).toEqual([
      { policy: 'duty', key: 'backdatingHours', value: 48, defaultValue: 24, unit: 'hour', rule: 'A021' },
    ]);
    await service.ok(other.director, startStaffDuty, { input: { id, from: await hours(-47) } });
  });

  it.each([
    ['POLICY_UNKNOWN', { key: 'nothing', value: 1 }],
    ['POLICY_VALUE', { value: 'two' }],
    ['REASON_REQUIRED', { reason: ' ' }],
  ])('refuses a figure with %s', async (reason, overrides) => {
    const input = {
      communityId: company.communityId,
      policy: 'duty',
      key: 'backdatingHours',
      value: 1,
      reason: 'a test',
      ...overrides,
    };
    expect(await refusal(setHrPolicy, input)).toMatchObject({ code: 'BAD_USER_INPUT', reason });
  });

  it('refuses a second duty, an empty one, one without a post and an end in the future', async () => {
    const id = await aStaffMember(service, company, { posts: [] });
    expect(await refusal(startStaffDuty, { id })).toMatchObject({ reason: 'NO_POST_THEN' });
    const other = await aStaffMember(service, company);
    expect(await refusal(startStaffDuty, { id: other, to: await hours(0) })).toMatchObject({ reason: 'RANGE_EMPTY' });
    expect(await refusal(endStaffDuty, { id: other })).toMatchObject({ code: 'CONFLICT', reason: 'NOT_ON_DUTY' });
    await service.ok(company.director, startStaffDuty, { input: { id: other } });
    expect(await refusal(startStaffDuty, { id: other })).toMatchObject({ code: 'CONFLICT', reason: 'ALREADY_ON_DUTY' });
    expect(await refusal(endStaffDuty, { id: other, occurredAt: await hours(1) })).toMatchObject({
      reason: 'IN_THE_FUTURE',
    });
    expect(await refusal(endStaffDuty, { id: other, occurredAt: await hours(0) })).toMatchObject({
      reason: 'RANGE_EMPTY',
    });
  });
});
