import { addDays, newId, startOfLocalDay } from '@steward/core';
import { type Tx } from '@steward/db';
import { staffCheckEvents, staffCheckRoundEvents } from '@steward/events';
import {
  insertAndTell,
  lockAggregate,
  lockAggregates,
  meetDeadline,
  nextNumber,
  notify,
  publish,
  resolvePolicy,
  saveAggregates,
  saveAndTell,
  startDeadline,
  type CommunityReference,
} from '@steward/service-kit';

import { staffCheckAggregate, staffCheckRoundAggregate } from '../db/conduct-aggregates.ts';
import {
  checksOfAbsent,
  countPlanned,
  drawStaff,
  hasRound,
  roomsLivedIn,
  staffOnShift,
} from '../db/staff-check-queries.ts';
import { checkFact, checkRoundFact } from '../domain/conduct-facts.ts';
import { conductPolicy, conductPrefixes, spotChecked, staffCheckLists } from '../domain/conduct-policy.ts';
import type { StaffCheckKind } from '../domain/conduct.ts';
import { rolesNamed } from '../domain/staff-check-rules.ts';
import { enterStaffChecks, type CheckSubject } from './open-staff-check.ts';

const roundClock = 'CHECK_ROUND';

type Days = { startsOn: string; endsOn: string };

/** Everybody who works in a shift of the day is looked at (A308, A045). */
export async function openGroomingRound(tx: Tx, community: CommunityReference, day: string): Promise<void> {
  const staff = await staffOnShift(tx, community.id, day);
  const subjects = staff.map((staffId) => ({ staffId, roomId: null }));
  await openRound(tx, community, 'GROOMING', { startsOn: day, endsOn: addDays(day, 1) }, subjects);
}

/** Regular spot checks: each week some assistants are drawn by lot, those first who were not checked for longest (B052). */
export async function openSpotCheckRound(tx: Tx, community: CommunityReference, day: string): Promise<void> {
  const { spotChecksPerWeek: count } = await resolvePolicy(tx, conductPolicy, community.id);
  const roles = rolesNamed(spotChecked.roles);
  const drawn = await drawStaff(tx, { communityId: community.id, day, roles, count, salt: newId() });
  const subjects = drawn.map((staffId) => ({ staffId, roomId: null }));
  await openRound(tx, community, 'SPOT_CHECK', { startsOn: day, endsOn: addDays(day, 7) }, subjects);
}

/** Each month every room that somebody lives in (B007). */
export async function openDormitoryRound(tx: Tx, community: CommunityReference, days: Days): Promise<void> {
  const rooms = await roomsLivedIn(tx, community.id, days.startsOn);
  const subjects = rooms.map((roomId) => ({ staffId: null, roomId }));
  await openRound(tx, community, 'DORMITORY', days, subjects);
}

async function openRound(
  tx: Tx,
  community: CommunityReference,
  kind: StaffCheckKind,
  { startsOn, endsOn }: Days,
  subjects: readonly CheckSubject[],
): Promise<void> {
  const { id: communityId, timeZone: zone } = community;
  if (subjects.length === 0 || (await hasRound(tx, communityId, kind, startsOn))) return;
  const number = await nextNumber(tx, communityId, conductPrefixes.round, zone);
  const plannedCount = subjects.length;
  const fresh = { id: newId(), communityId, number, kind, startsOn, endsOn, plannedCount, status: 'OPEN' as const };
  const { rule } = staffCheckLists[kind];
  const note = { action: 'runConductDay', rule };
  const told = [staffCheckRoundEvents.opened, checkRoundFact] as const;
  const round = await insertAndTell(tx, staffCheckRoundAggregate, fresh, note, told);
  await enterStaffChecks(tx, community, { kind, roundId: round.id }, subjects);
  const { roundGraceHours } = await resolvePolicy(tx, conductPolicy, communityId);
  const dueAt = new Date(startOfLocalDay(endsOn, zone).getTime() + roundGraceHours * 3_600_000);
  const supervisor = { role: 'supervisor' } as const;
  const escalations = [
    { afterShare: 1, to: supervisor },
    { afterShare: 2, to: { role: 'director' } as const },
  ];
  const clock = { kind: roundClock, rule, span: { dueAt }, escalations };
  await startDeadline(tx, staffCheckRoundAggregate, round, clock, { zone });
  const params = { number, kind, count: plannedCount };
  await notify(tx, { communityId, to: supervisor, template: 'checkRoundOpened', params, aggregateId: round.id });
}

/** Completes a round with its last check; its lock keeps two last checks from missing each other. */
export async function completeRound(tx: Tx, roundId: string): Promise<void> {
  const round = await lockAggregate(tx, staffCheckRoundAggregate, roundId);
  if (round.status !== 'OPEN' || (await countPlanned(tx, roundId)) > 0) return;
  const completed = { ...round, status: 'COMPLETED' as const };
  const note = { action: 'completeRound', rule: staffCheckLists[round.kind].rule };
  const told = [staffCheckRoundEvents.completed, checkRoundFact] as const;
  await meetDeadline(
    tx,
    await saveAndTell(tx, staffCheckRoundAggregate, { before: round, after: completed, note }, told),
    roundClock,
  );
}

/** Whoever was not at work on the day of a round needs no check. */
export async function skipAbsent(tx: Tx, communityId: string, today: string): Promise<void> {
  await skipChecks(tx, await checksOfAbsent(tx, communityId, today), 'ABSENT');
}

/** Calls checks off that nobody has made, and completes their rounds. */
export async function skipChecks(tx: Tx, ids: readonly string[], reasonCode: string): Promise<void> {
  const locked = await lockAggregates(tx, staffCheckAggregate, ids);
  const pairs = [...locked.values()]
    .filter(({ status }) => status === 'PLANNED')
    .map((before) => ({ before, after: { ...before, status: 'SKIPPED' as const } }));
  const note = { action: 'skipStaffCheck', reasonCode, rule: 'A308' };
  const saved = await saveAggregates(tx, staffCheckAggregate, pairs, note);
  for (const check of saved) publish(tx, check, staffCheckEvents.skipped, checkFact(check));
  const rounds = new Set(saved.flatMap(({ roundId }) => roundId ?? []));
  for (const roundId of [...rounds].sort()) await completeRound(tx, roundId);
}
