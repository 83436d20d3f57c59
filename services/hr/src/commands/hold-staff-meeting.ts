import { DomainError, endOfLocalDay, localDate, newId, refuseAll, startOfWeek } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { staffMeetingEvents } from '@steward/events';
import {
  authorize,
  cancelDeadlines,
  insertAndTell,
  lockAuthorized,
  meetDeadline,
  nextNumber,
  resolvePolicy,
  saveAndTell,
  seal,
  startDeadline,
  zoneOf,
} from '@steward/service-kit';

import { insertMeetingAttendance } from '../db/meeting-queries.ts';
import { staffMeetingAggregate } from '../db/training-aggregates.ts';
import { membersOn } from '../db/training-queries.ts';
import { moveBy, requireReason } from '../domain/duty-transition-rules.ts';
import { followUpViolations, meetingViolations } from '../domain/meeting-rules.ts';
import { rolesNamed } from '../domain/staff-check-rules.ts';
import type { StaffMeeting } from '../domain/staff-meeting.ts';
import { meetingFact } from '../domain/training-facts.ts';
import { officeAttendees, trainingPolicy, trainingPrefixes } from '../domain/training-policy.ts';
import { requireRecent } from '../domain/training-rules.ts';
import type {
  CallStaffMeetingInput,
  CancelStaffMeetingInput,
  HoldStaffMeetingInput,
  SetStaffMeetingAgendaInput,
} from '../graphql/generated.ts';
import { assignFollowUps } from './assign-follow-up.ts';
import {
  departmentCode,
  departmentNamed,
  judgeAttendance,
  strangers,
  teamNamed,
  zoneOfManaged,
} from './training-context.ts';

const ruleOf = ({ kind }: Pick<StaffMeeting, 'kind'>): string => (kind === 'TEAM' ? 'B009' : 'A240');

type Terms = Pick<
  StaffMeeting,
  'communityId' | 'kind' | 'departmentId' | 'teamId' | 'chairId' | 'meetingOn' | 'isRegular' | 'agendaSealed'
>;

/** A meeting that is due on a day; not held by its end, it is alarmed (A240). */
export async function planMeeting(
  tx: Tx,
  terms: Terms,
  { zone, startedAt, action }: { zone: string; startedAt: Date; action: string },
): Promise<StaffMeeting> {
  const number = await nextNumber(tx, terms.communityId, trainingPrefixes.meeting, zone);
  const open = { status: 'PLANNED' as const, minutesSealed: null, heldAt: null };
  const note = { action, rule: ruleOf(terms) };
  const told = [staffMeetingEvents.planned, meetingFact] as const;
  const meeting = await insertAndTell(
    tx,
    staffMeetingAggregate,
    { id: newId(), number, ...terms, ...open },
    note,
    told,
  );
  const { reminderPercent } = await resolvePolicy(tx, trainingPolicy, meeting.communityId);
  const leader = { role: 'supervisor' as const, ...(await departmentCode(tx, meeting.departmentId)) };
  const escalations = [
    { afterShare: 1, to: leader },
    { afterShare: 1, to: { role: 'director' as const } },
  ];
  const span = { dueAt: endOfLocalDay(meeting.meetingOn, zone) };
  const warning = { warnShare: reminderPercent / 100, warnTo: leader };
  const spec = { kind: 'STAFF_MEETING', rule: ruleOf(meeting), span, ...warning, escalations };
  await startDeadline(tx, staffMeetingAggregate, meeting, spec, { zone, startedAt });
  return meeting;
}

/** A meeting besides the weekly ones. */
export async function callStaffMeeting(tx: Tx, input: CallStaffMeetingInput): Promise<{ id: string }> {
  const { communityId, kind, meetingOn, chairId = null } = input;
  await authorize(tx, { communityId });
  const zone = await zoneOfManaged(tx, communityId);
  if (kind === 'TEAM' && input.teamId == null)
    throw new DomainError('BAD_USER_INPUT', 'TEAM_UNKNOWN', { path: 'input.teamId' });
  const team = kind === 'TEAM' ? await teamNamed(tx, communityId, input.teamId) : null;
  const hasDepartment = kind === 'DEPARTMENT' || (kind === 'OTHER' && input.departmentCode != null);
  const department = hasDepartment ? await departmentNamed(tx, input.departmentCode ?? '') : null;
  if (meetingOn < localDate(txScope(tx).now, zone))
    throw new DomainError('BAD_USER_INPUT', 'IN_THE_PAST', { path: 'input.meetingOn' });
  if (chairId !== null) refuseAll(await strangers(tx, [{ staffId: chairId, path: 'input.chairId' }]));
  const of = { departmentId: team?.departmentId ?? department?.id ?? null, teamId: team?.id ?? null };
  const terms = { communityId, kind, ...of, chairId, meetingOn, isRegular: false, agendaSealed: null };
  const when = { zone, startedAt: txScope(tx).now, action: 'callStaffMeeting' };
  return { id: (await planMeeting(tx, terms, when)).id };
}

export async function setStaffMeetingAgenda(tx: Tx, input: SetStaffMeetingAgendaInput): Promise<{ id: string }> {
  const meeting = await lockAuthorized(tx, staffMeetingAggregate, input);
  const planned = moveBy(meeting, 'setStaffMeetingAgenda', 'PLANNED');
  const agenda = input.agenda.trim();
  if (agenda === '') throw new DomainError('BAD_USER_INPUT', 'TEXT_REQUIRED', { path: 'input.agenda' });
  const chairId = input.chairId ?? meeting.chairId;
  if (input.chairId != null) refuseAll(await strangers(tx, [{ staffId: input.chairId, path: 'input.chairId' }]));
  const after = { ...planned, agendaSealed: seal(tx, agenda), chairId };
  const note = { action: 'setStaffMeetingAgenda', rule: ruleOf(meeting) };
  const told = [staffMeetingEvents.prepared, meetingFact] as const;
  return { id: (await saveAndTell(tx, staffMeetingAggregate, { before: meeting, after, note }, told)).id };
}

/** Who sits in a meeting; a meeting of no circle has whoever is named. */
async function expectedAt(tx: Tx, { kind, communityId, departmentId, teamId }: StaffMeeting, day: string) {
  if (kind === 'OFFICE') return membersOn(tx, { communityId, roles: rolesNamed(officeAttendees.roles) }, day);
  if (kind === 'OTHER' && departmentId === null) return [];
  return membersOn(tx, { communityId, departmentId, teamId }, day);
}

/** Minutes, attendance and what was undertaken; a meeting of the weekly round is held in its week (A240, B009). */
export async function holdStaffMeeting(tx: Tx, input: HoldStaffMeetingInput): Promise<{ id: string }> {
  const { now } = txScope(tx);
  const { heldAt, minutes, followUps = [] } = input;
  const meeting = await lockAuthorized(tx, staffMeetingAggregate, input);
  const held = moveBy(meeting, 'holdStaffMeeting', 'HELD');
  const zone = await zoneOf(tx, meeting.communityId);
  const { backdatingHours } = await resolvePolicy(tx, trainingPolicy, meeting.communityId);
  requireRecent(heldAt, now, backdatingHours, 'input.heldAt');
  const heldOn = localDate(heldAt, zone);
  if (meeting.isRegular && startOfWeek(heldOn) !== startOfWeek(meeting.meetingOn))
    throw new DomainError('CONFLICT', 'MEETING_OTHER_WEEK', { rule: ruleOf(meeting), path: 'input.heldAt' });
  const expected = await expectedAt(tx, meeting, heldOn);
  const seen = { expected, on: heldOn, rule: ruleOf(meeting) };
  const { attendance, violations } = await judgeAttendance(tx, input.attendance, seen);
  const terms = followUps ?? [];
  const named = terms.map(({ staffId }, index) => ({ staffId, path: `input.followUps.${index}.staffId` }));
  refuseAll([
    ...meetingViolations(minutes, meeting.agendaSealed),
    ...violations,
    ...followUpViolations(terms, localDate(now, zone), 'input.followUps'),
    ...(await strangers(tx, named)),
  ]);
  const note = { action: 'holdStaffMeeting', rule: ruleOf(meeting) };
  const told = [staffMeetingEvents.held, meetingFact] as const;
  const after = { ...held, heldAt, minutesSealed: seal(tx, minutes.trim()) };
  const saved = await saveAndTell(tx, staffMeetingAggregate, { before: meeting, after, note }, told);
  await insertMeetingAttendance(tx, saved.id, attendance);
  await meetDeadline(tx, saved, 'STAFF_MEETING', heldAt);
  await assignFollowUps(tx, { communityId: saved.communityId, meetingId: saved.id, reviewId: null }, terms, zone);
  return { id: saved.id };
}

export async function cancelStaffMeeting(tx: Tx, input: CancelStaffMeetingInput): Promise<{ id: string }> {
  const meeting = await lockAuthorized(tx, staffMeetingAggregate, input);
  const cancelled = moveBy(meeting, 'cancelStaffMeeting', 'CANCELLED');
  const note = { action: 'cancelStaffMeeting', rule: ruleOf(meeting), reason: requireReason(input.reason) };
  const told = [staffMeetingEvents.cancelled, meetingFact] as const;
  const saved = await saveAndTell(tx, staffMeetingAggregate, { before: meeting, after: cancelled, note }, told);
  await cancelDeadlines(tx, saved, 'STAFF_MEETING');
  return { id: saved.id };
}
