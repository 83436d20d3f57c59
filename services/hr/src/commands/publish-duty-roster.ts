import { DomainError } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { dutyRosterEvents, dutyShiftEvents } from '@steward/events';
import {
  lockAggregates,
  lockAuthorized,
  lockNaturalKeys,
  notify,
  publish,
  saveAggregates,
  saveAndTell,
  schedule,
  zoneOf,
} from '@steward/service-kit';

import { dutyRosterAggregate, dutyShiftAggregate } from '../db/roster-aggregates.ts';
import { deleteShifts, hasPublishedRoster, shiftsOfRoster } from '../db/roster-queries.ts';
import { rosterFact, shiftFact } from '../domain/duty-facts.ts';
import { requireOtherLogin } from '../domain/duty-roster-rules.ts';
import type { DutyRoster } from '../domain/duty-roster.ts';
import { moveBy, requireReason } from '../domain/duty-transition-rules.ts';
import type {
  PublishDutyRosterInput,
  ReturnDutyRosterInput,
  SubmitDutyRosterInput,
  WithdrawDutyRosterInput,
} from '../graphql/generated.ts';
import { proveDutyRoster } from './prove-duty-roster.ts';
import { startDutyDays } from './close-duty-day.ts';
import { shiftWatchTimer } from './watch-desk.ts';

export async function submitDutyRoster(tx: Tx, input: SubmitDutyRosterInput): Promise<{ id: string }> {
  const roster = await lockAuthorized(tx, dutyRosterAggregate, input);
  const submitted = moveBy(roster, 'submitDutyRoster', 'SUBMITTED');
  if (roster.shiftCount === 0) throw new DomainError('CONFLICT', 'ROSTER_EMPTY', { rule: 'A308' });
  const after = { ...submitted, submittedBy: txScope(tx).actor.sub };
  const note = { action: 'submitDutyRoster', rule: 'A308' };
  const saved = await saveAndTell(tx, dutyRosterAggregate, { before: roster, after, note }, [
    dutyRosterEvents.submitted,
    rosterFact,
  ]);
  await tellOfRoster(tx, saved, 'supervisor', 'dutyRosterSubmitted');
  return { id: saved.id };
}

export async function returnDutyRoster(tx: Tx, input: ReturnDutyRosterInput): Promise<{ id: string }> {
  const roster = await lockAuthorized(tx, dutyRosterAggregate, input);
  const after = { ...moveBy(roster, 'returnDutyRoster', 'DRAFT'), submittedBy: null };
  const note = { action: 'returnDutyRoster', reason: requireReason(input.reason), rule: 'A212' };
  const saved = await saveAndTell(tx, dutyRosterAggregate, { before: roster, after, note }, [
    dutyRosterEvents.returned,
    rosterFact,
  ]);
  await tellOfRoster(tx, saved, 'clerk', 'dutyRosterReturned');
  return { id: saved.id };
}

/** In force once it is proved; each beginning at the service centre is watched (A025). */
export async function publishDutyRoster(tx: Tx, input: PublishDutyRosterInput): Promise<{ id: string }> {
  const { now, actor } = txScope(tx);
  const roster = await lockAuthorized(tx, dutyRosterAggregate, input);
  const published = { ...moveBy(roster, 'publishDutyRoster', 'PUBLISHED'), publishedAt: now };
  requireOtherLogin(roster, actor.sub);
  await lockNaturalKeys(tx, `duty-roster/${roster.communityId}`);
  if (await hasPublishedRoster(tx, roster)) throw new DomainError('CONFLICT', 'ROSTER_OVERLAPS', { rule: 'A308' });
  const shifts = await proveDutyRoster(tx, roster);
  const note = { action: 'publishDutyRoster', rule: 'A212' };
  await saveAndTell(tx, dutyRosterAggregate, { before: roster, after: published, note }, [
    dutyRosterEvents.published,
    rosterFact,
  ]);
  await startDutyDays(tx, roster.communityId, await zoneOf(tx, roster.communityId));
  const watched = shifts.filter(({ isServiceCentre, startsAt }) => isServiceCentre && startsAt > now);
  for (const { id: aggregateId, communityId, startsAt: dueAt } of watched) {
    await schedule(tx, { kind: shiftWatchTimer, aggregateId, communityId, dueAt });
  }
  return { id: roster.id };
}

/** Out of force; of a draft the shifts vanish, of a roster in force those that nobody has taken up are cancelled. */
export async function withdrawDutyRoster(tx: Tx, input: WithdrawDutyRosterInput): Promise<{ id: string }> {
  const roster = await lockAuthorized(tx, dutyRosterAggregate, input);
  const withdrawn = moveBy(roster, 'withdrawDutyRoster', 'WITHDRAWN');
  const note = { action: 'withdrawDutyRoster', reason: requireReason(input.reason), rule: 'A212' };
  if (roster.status === 'PUBLISHED') await cancelShifts(tx, roster);
  else await deleteShifts(tx, roster.id);
  await saveAndTell(tx, dutyRosterAggregate, { before: roster, after: withdrawn, note }, [
    dutyRosterEvents.withdrawn,
    rosterFact,
  ]);
  return { id: roster.id };
}

async function cancelShifts(tx: Tx, { id }: DutyRoster): Promise<void> {
  const planned = (await shiftsOfRoster(tx, id)).filter(({ status }) => status === 'PLANNED');
  const locked = await lockAggregates(
    tx,
    dutyShiftAggregate,
    planned.map((shift) => shift.id),
  );
  const pairs = [...locked.values()]
    .filter(({ status }) => status === 'PLANNED')
    .map((before) => ({ before, after: { ...before, status: 'CANCELLED' as const } }));
  const saved = await saveAggregates(tx, dutyShiftAggregate, pairs, { action: 'withdrawDutyRoster', rule: 'A212' });
  for (const shift of saved) publish(tx, shift, dutyShiftEvents.cancelled, shiftFact(shift));
}

async function tellOfRoster(tx: Tx, roster: DutyRoster, role: 'supervisor' | 'clerk', template: string): Promise<void> {
  const { communityId, id: aggregateId, number } = roster;
  await notify(tx, { communityId, to: { role }, template, params: { number }, aggregateId });
}
