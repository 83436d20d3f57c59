import { txScope, type Tx } from '@steward/db';
import { ownerVoteCancelled } from '@steward/events';
import { lockAuthorized, publish, saveAggregate } from '@steward/service-kit';

import { ownerVoteAggregate } from '../db/survey-aggregates.ts';
import { requireVote } from '../domain/vote-rules.ts';
import type { CancelOwnerVoteInput } from '../graphql/generated.ts';

export async function cancelOwnerVote(tx: Tx, input: CancelOwnerVoteInput): Promise<{ id: string }> {
  const before = await lockAuthorized(tx, ownerVoteAggregate, input);
  requireVote(before, 'cancelOwnerVote');
  const after = { ...before, status: 'CANCELLED' as const, cancelledAt: txScope(tx).now };
  const saved = await saveAggregate(tx, ownerVoteAggregate, before, after, { action: 'cancelOwnerVote' });
  publish(tx, saved, ownerVoteCancelled, { voteId: saved.id });
  return { id: saved.id };
}
