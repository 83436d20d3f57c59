import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Viewer } from '@steward/auth';
import { newId } from '@steward/core';
import { cashierSessionVarianceReported } from '@steward/events';
import type { TestService } from '@steward/test-kit';

import {
  aCentre,
  aCrew,
  act,
  aNewcomer,
  aRoster,
  forgetTimers,
  refusal,
  see,
  shiftOf,
  viewerOf,
  type Centre,
} from './duty-fixture.ts';
import { startHr } from './hr-fixture.ts';

let service: TestService;
let centre: Centre;

beforeAll(async () => {
  service = await startHr();
  centre = await aCentre(service);
});
afterEach(() => forgetTimers(service));
afterAll(() => service?.stop());

const dayIn = async (days: number): Promise<string> =>
  new Date((await service.now()).getTime() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);
const heads = (of: Centre) => ({
  director: viewerOf(of, 'director'),
  administrator: viewerOf(of, 'administrativeSupervisor'),
});

describe('leave', () => {
  it('[B035] is approved by the supervisor and then by the director, before it begins; else it is absence', async () => {
    const staffId = await aNewcomer(service, centre, 'CLERK');
    const self = viewerOf(centre, 'clerk', staffId);
    const { director } = heads(centre);
    const leave = 'leaveRequest';
    const terms = {
      staffId,
      kindCode: 'PERSONAL',
      startsOn: await dayIn(1),
      endsOn: await dayIn(3),
      reason: '家中有事',
    };
    const refused = async (viewer: Viewer, overrides: object) =>
      (await refusal(service, viewer, 'requestLeave', leave, { ...terms, ...overrides })).reason;
    expect(await refused(self, { kindCode: 'NAP' })).toBe('LEAVE_KIND_UNKNOWN');
    expect(await refused(self, { reason: ' ' })).toBe('TEXT_REQUIRED');
    expect(await refused(self, { endsOn: terms.startsOn })).toBe('RANGE_EMPTY');
    expect(await refused(self, { startsOn: await dayIn(0) })).toBe('LEAVE_TOO_LATE');
    expect((await refusal(service, viewerOf(centre, 'clerk'), 'requestLeave', leave, terms)).code).toBe('FORBIDDEN');
    const { id } = await act(service, self, 'requestLeave', leave, terms);
    expect(await refused(self, {})).toBe('LEAVE_OVERLAPS');
    expect((await refusal(service, director, 'approveLeaveRequest', leave, { id })).reason).toBe('ILLEGAL_TRANSITION');
    expect(
      (await refusal(service, viewerOf(centre, 'supervisor', staffId), 'endorseLeaveRequest', leave, { id })).reason,
    ).toBe('OWN_REQUEST');
    expect(await act(service, centre.supervisor, 'endorseLeaveRequest', leave, { id }, 'status')).toEqual({
      status: 'ENDORSED',
    });
    expect((await refusal(service, centre.supervisor, 'approveLeaveRequest', leave, { id })).code).toBe('FORBIDDEN');
    expect(await act(service, director, 'approveLeaveRequest', leave, { id }, 'status reason kind { label }')).toEqual({
      status: 'APPROVED',
      reason: '家中有事',
      kind: { label: 'Personal leave' },
    });
    expect(await see(service, viewerOf(centre, 'clerk'), leave, id, 'id')).toBeNull();

    const late = { ...terms, startsOn: await dayIn(5), endsOn: await dayIn(6) };
    const { id: second } = await act(service, self, 'requestLeave', leave, late);
    await act(service, centre.supervisor, 'endorseLeaveRequest', leave, { id: second });
    await service.move({ set: new Date(`${late.startsOn}T00:30:00.000Z`) });
    expect((await refusal(service, director, 'approveLeaveRequest', leave, { id: second })).reason).toBe(
      'LEAVE_TOO_LATE',
    );
    expect((await refusal(service, director, 'rejectLeaveRequest', leave, { id: second, reason: ' ' })).reason).toBe(
      'REASON_REQUIRED',
    );
    expect(
      await act(service, director, 'rejectLeaveRequest', leave, { id: second, reason: '未事先批准' }, 'status'),
    ).toEqual({ status: 'REJECTED' });
    const { id: third } = await act(service, self, 'requestLeave', leave, {
      ...terms,
      startsOn: await dayIn(9),
      endsOn: await dayIn(10),
    });
    expect(await act(service, self, 'withdrawLeaveRequest', leave, { id: third }, 'status')).toEqual({
      status: 'WITHDRAWN',
    });
  });

  it('[B035] approved leave is no absence, and nobody at leave is put into a shift; unapproved leave is absence', async () => {
    const other = await aCentre(service);
    const crew = await aCrew(service, other);
    const { director } = heads(other);
    const rosterId = await aRoster(service, other, crew, { startsOn: await dayIn(2), days: 1 });
    const [noon, night] = [
      await shiftOf(service, other.clerk, rosterId, 'NOON'),
      await shiftOf(service, other.clerk, rosterId, 'NIGHT'),
    ];
    const terms = { kindCode: 'SICK', startsOn: await dayIn(2), endsOn: await dayIn(3), reason: '发烧' };
    const ask = (staffId: string, role: 'clerk' | 'maintenance') =>
      act(service, viewerOf(other, role, staffId), 'requestLeave', 'leaveRequest', { ...terms, staffId });
    const { id } = await ask(noon.staff.id, 'clerk');
    await ask(night.staff.id, 'maintenance');
    await act(service, other.supervisor, 'endorseLeaveRequest', 'leaveRequest', { id });
    await act(service, director, 'approveLeaveRequest', 'leaveRequest', { id });
    const draft = { communityId: other.communityId, kind: 'MANAGERS', startsOn: terms.startsOn, endsOn: terms.endsOn };
    const { id: second } = await act(service, other.clerk, 'draftDutyRoster', 'dutyRoster', draft);
    const assign = { id: second, on: terms.startsOn, patternCode: 'MANAGER_DAY', staffId: noon.staff.id };
    const { violations } = await refusal(service, other.clerk, 'assignDutyShift', 'dutyRoster', assign);
    expect(violations.map(({ reason }) => reason)).toContain('ON_LEAVE');
    await service.move({ advance: 'P4D' });
    const query = `query { attendanceRecords(first: 100, filter: { communityId: "${other.communityId}" }) { nodes { outcome shift { id } } } }`;
    const { attendanceRecords } = await service.ok<{
      attendanceRecords: { nodes: { outcome: string; shift: { id: string } }[] };
    }>(other.supervisor, query);
    const outcomes = new Map(attendanceRecords.nodes.map(({ outcome, shift }) => [shift.id, outcome]));
    expect([outcomes.get(noon.id), outcomes.get(night.id)]).toEqual(['ON_LEAVE', 'ABSENT']);
  });
});

it('[A011] overtime is recognised by a leader, never by oneself', async () => {
  const staffId = await aNewcomer(service, centre, 'MAINTENANCE');
  const self = viewerOf(centre, 'maintenance', staffId);
  const overtime = 'overtimeRequest';
  const now = await service.now();
  const hours = (count: number) => new Date(now.getTime() + count * 3_600_000).toISOString();
  const terms = { staffId, from: hours(-3), to: hours(-1), reason: '抢修水管' };
  const refused = async (overrides: object) =>
    (await refusal(service, self, 'requestOvertime', overtime, { ...terms, ...overrides })).reason;
  expect(await refused({ to: terms.from })).toBe('RANGE_EMPTY');
  expect(await refused({ to: hours(24) })).toBe('OVERTIME_TOO_LONG');
  const { id } = await act(service, self, 'requestOvertime', overtime, terms);
  expect(await refused({ from: hours(-2) })).toBe('OVERTIME_OVERLAPS');
  expect(
    (await refusal(service, viewerOf(centre, 'supervisor', staffId), 'approveOvertimeRequest', overtime, { id }))
      .reason,
  ).toBe('OWN_REQUEST');
  expect(await act(service, centre.supervisor, 'approveOvertimeRequest', overtime, { id }, 'status reason')).toEqual({
    status: 'APPROVED',
    reason: '抢修水管',
  });
  const { id: second } = await act(service, self, 'requestOvertime', overtime, {
    ...terms,
    from: hours(-6),
    to: hours(-4),
  });
  expect(
    await act(
      service,
      centre.supervisor,
      'rejectOvertimeRequest',
      overtime,
      { id: second, reason: '未安排' },
      'status',
    ),
  ).toEqual({ status: 'REJECTED' });
  const { id: third } = await act(service, self, 'requestOvertime', overtime, {
    ...terms,
    from: hours(-6),
    to: hours(-4),
  });
  expect(await act(service, self, 'withdrawOvertimeRequest', overtime, { id: third }, 'status')).toEqual({
    status: 'WITHDRAWN',
  });
});

it('[B041] conduct costs the points of its table, and a till that billing says was short costs five, once', async () => {
  const staffId = await aNewcomer(service, centre, 'CLERK');
  const { director } = heads(centre);
  const conduct = 'conductRecord';
  const today = await dayIn(0);
  const fault = { staffId, kindCode: 'REVENUE_DISCLOSED', occurredOn: today, note: '对外泄露营业额' };
  const refused = async (viewer: Viewer, overrides: object) =>
    (await refusal(service, viewer, 'recordStaffConduct', conduct, { ...fault, ...overrides })).reason;
  expect(await refused(centre.supervisor, { kindCode: 'YAWNING' })).toBe('CONDUCT_KIND_UNKNOWN');
  expect(await refused(centre.supervisor, { note: ' ' })).toBe('TEXT_REQUIRED');
  expect(await refused(centre.supervisor, { occurredOn: await dayIn(1) })).toBe('IN_THE_FUTURE');
  expect(await refused(viewerOf(centre, 'supervisor', staffId), {})).toBe('OWN_REQUEST');
  const { id } = await act(service, centre.supervisor, 'recordStaffConduct', conduct, fault);
  expect(
    await see(service, viewerOf(centre, 'clerk', staffId), conduct, id, 'points kind { label } note reward { amount }'),
  ).toEqual({ points: 10, kind: { label: 'Revenue disclosed' }, note: '对外泄露营业额', reward: null });
  expect(
    (
      await refusal(service, director, 'rewardStaff', conduct, {
        staffId,
        occurredOn: today,
        amount: 0,
        note: '拾金不昧',
      })
    ).reason,
  ).toBe('REWARD_AMOUNT');
  expect(
    await act(
      service,
      director,
      'rewardStaff',
      conduct,
      { staffId, occurredOn: today, amount: 20000, note: '拾金不昧' },
      'points reward { amount currency }',
    ),
  ).toEqual({ points: 0, reward: { amount: 20000, currency: 'CNY' } });
  expect((await refusal(service, centre.supervisor, 'cancelConductRecord', conduct, { id, reason: '误记' })).code).toBe(
    'FORBIDDEN',
  );
  expect(await act(service, director, 'cancelConductRecord', conduct, { id, reason: '误记' }, 'status')).toEqual({
    status: 'CANCELLED',
  });

  const { tenantId, communityId } = centre;
  const sessionId = newId();
  const variance = {
    sessionId,
    cashierId: staffId,
    varianceId: newId(),
    kind: 'SHORTAGE' as const,
    variance: { amount: 5000, currency: 'CNY' },
  };
  for (const data of [variance, variance, { ...variance, varianceId: newId(), kind: 'SURPLUS' as const }]) {
    await service.wire.send(cashierSessionVarianceReported, { tenantId, communityId, aggregateId: sessionId, data });
  }
  await service.settle();
  const query = `query { conductRecords(filter: { staffId: "${staffId}", kindCode: ["CASH_SHORTAGE", "MISCOUNT"] }) { nodes { points kind { code } note } } }`;
  const { conductRecords } = await service.ok<{ conductRecords: { nodes: object[] } }>(director, query);
  expect(conductRecords.nodes).toEqual([{ points: 5, kind: { code: 'CASH_SHORTAGE' }, note: null }]);
});
