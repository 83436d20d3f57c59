import { DomainError, refuseAll } from '@steward/core';
import { rows, txScope, type Tx } from '@steward/db';
import { ownerVoteOpened } from '@steward/events';
import { lockAuthorized, notify, publish, saveAggregate } from '@steward/service-kit';

import { ownerVoteAggregate } from '../db/survey-aggregates.ts';
import { insertElectors } from '../db/vote-queries.ts';
import { periodViolations, requireVote } from '../domain/vote-rules.ts';
import type { OpenOwnerVoteInput } from '../graphql/generated.ts';
import { todayOf } from './notice-values.ts';

/** From now on the owners vote; who may, and with which area, is settled for good. */
export async function openOwnerVote(tx: Tx, input: OpenOwnerVoteInput): Promise<{ id: string }> {
  const before = await lockAuthorized(tx, ownerVoteAggregate, input);
  requireVote(before, 'openOwnerVote');
  const { now } = txScope(tx);
  const { closesAt } = input;
  refuseAll(periodViolations(now, closesAt, now));
  const { communityId } = before;
  const electors = await insertElectors(tx, before, (await todayOf(tx, communityId)).today);
  if (electors.owners === 0) throw new DomainError('CONFLICT', 'NO_ELECTORS');
  const settled = { electorCount: electors.owners, electorAreaM2: electors.areaM2 };
  const after = { ...before, ...settled, status: 'OPEN' as const, opensAt: now, closesAt };
  const saved = await saveAggregate(tx, ownerVoteAggregate, before, after, { action: 'openOwnerVote' });
  const { id: voteId, number } = saved;
  publish(tx, saved, ownerVoteOpened, {
    voteId,
    opensAt: now.toISOString(),
    closesAt: closesAt.toISOString(),
    electors,
  });
  const asked = await rows<{ householdId: string }>(
    tx,
    'select household_id as "householdId" from vote_elector where vote_id = $1 order by household_id',
    [voteId],
  );
  const request = { communityId, template: 'ownerVote', params: { number }, aggregateId: voteId };
  for (const { householdId } of asked) await notify(tx, { ...request, to: { householdId } });
  return { id: voteId };
}
