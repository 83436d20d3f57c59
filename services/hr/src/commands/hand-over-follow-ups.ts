import { DomainError, localDate } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { followUpEvents } from '@steward/events';
import {
  cancelDeadlines,
  lockAggregates,
  lockAuthorized,
  notify,
  saveAndTell,
  zoneOf,
  type ChangeNote,
} from '@steward/service-kit';

import { openFollowUpsOf, successorsOf } from '../db/leaver-queries.ts';
import { followUpAggregate } from '../db/training-aggregates.ts';
import { moveBy, requireReason } from '../domain/duty-transition-rules.ts';
import type { FollowUp } from '../domain/staff-meeting.ts';
import { followUpFact } from '../domain/training-facts.ts';
import type { HandOverFollowUpInput } from '../graphql/generated.ts';
import { ruleOfFollowUp, startFollowUpClock, tellOfFollowUp } from './assign-follow-up.ts';
import { requireStaff } from './register-certificate.ts';

type Taker = { staffId: string; dueOn: string };

/** Somebody else undertakes it from now on, with a clock of their own. */
async function give(tx: Tx, before: FollowUp, taker: Taker, note: ChangeNote): Promise<FollowUp> {
  const after = { ...moveBy(before, 'handOverFollowUp', 'OPEN'), ...taker };
  const told = [followUpEvents['handed-over'], followUpFact] as const;
  const saved = await saveAndTell(tx, followUpAggregate, { before, after, note }, told);
  await cancelDeadlines(tx, saved, 'FOLLOW_UP');
  await startFollowUpClock(tx, saved, await zoneOf(tx, saved.communityId));
  await tellOfFollowUp(tx, saved, 'followUpAssigned');
  return saved;
}

const todayOf = async (tx: Tx, { communityId }: FollowUp): Promise<string> =>
  localDate(txScope(tx).now, await zoneOf(tx, communityId));

/** A leader gives what somebody undertook to somebody else; what is overdue needs a new day. */
export async function handOverFollowUp(tx: Tx, input: HandOverFollowUpInput): Promise<{ id: string }> {
  const { staffId } = input;
  const followUp = await lockAuthorized(tx, followUpAggregate, input);
  const rule = ruleOfFollowUp(followUp);
  moveBy(followUp, 'handOverFollowUp', 'OPEN');
  if (staffId === followUp.staffId)
    throw new DomainError('BAD_USER_INPUT', 'FOLLOW_UP_THEIRS', { path: 'input.staffId', rule });
  await requireStaff(tx, staffId);
  const dueOn = input.dueOn ?? followUp.dueOn;
  if (dueOn < (await todayOf(tx, followUp)))
    throw new DomainError('BAD_USER_INPUT', 'IN_THE_PAST', { path: 'input.dueOn', rule });
  const note = { action: 'handOverFollowUp', reason: requireReason(input.reason), rule };
  return { id: (await give(tx, followUp, { staffId, dueOn }, note)).id };
}

/**
 * What a leaver undertook goes to whoever took over their post there, who has at least today for it; where nobody did, the
 * supervisor is asked to name somebody.
 */
export async function handOverFollowUpsOfLeaver(tx: Tx, staffId: string): Promise<void> {
  const open = await lockAggregates(tx, followUpAggregate, await openFollowUpsOf(tx, staffId));
  if (open.size === 0) return;
  const successors = await successorsOf(tx, staffId);
  for (const followUp of open.values()) {
    if (followUp.status !== 'OPEN') continue;
    const { communityId, number, id: aggregateId } = followUp;
    const successorId = successors.get(communityId);
    if (successorId === undefined) {
      const to = { role: 'supervisor' } as const;
      await notify(tx, { communityId, to, template: 'followUpOrphaned', params: { number }, aggregateId });
      continue;
    }
    const today = await todayOf(tx, followUp);
    const taker = { staffId: successorId, dueOn: followUp.dueOn < today ? today : followUp.dueOn };
    const note = { action: 'recordStaffLeaving', reasonCode: 'STAFF_LEFT', rule: ruleOfFollowUp(followUp) };
    await give(tx, followUp, taker, note);
  }
}
