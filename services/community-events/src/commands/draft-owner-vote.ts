import { newId, refuseAll } from '@steward/core';
import type { Tx } from '@steward/db';
import { ownerVoteDrafted } from '@steward/events';
import { authorize, insertAggregate, managedCommunity, nextNumber, publish } from '@steward/service-kit';

import { ownerVoteAggregate } from '../db/survey-aggregates.ts';
import { surveyPrefixes } from '../domain/survey-policy.ts';
import { wordsViolations } from '../domain/vote-rules.ts';
import type { DraftOwnerVoteInput } from '../graphql/generated.ts';

export async function draftOwnerVote(tx: Tx, input: DraftOwnerVoteInput): Promise<{ id: string }> {
  await authorize(tx, { communityId: input.communityId });
  const { id: communityId, timeZone } = await managedCommunity(tx, input.communityId);
  refuseAll(wordsViolations(input));
  const { matter } = input;
  const isSecret = input.isSecret ?? true;
  const number = await nextNumber(tx, communityId, surveyPrefixes.vote, timeZone);
  const fresh = {
    id: newId(),
    communityId,
    number,
    status: 'DRAFT' as const,
    matter,
    title: input.title.trim(),
    proposal: input.proposal.trim(),
    isSecret,
    opensAt: null,
    closesAt: null,
    electorCount: 0,
    electorAreaM2: '0.00',
    tally: null,
    ballotsSha256: null,
    countedAt: null,
    cancelledAt: null,
  };
  const saved = await insertAggregate(tx, ownerVoteAggregate, fresh, { action: 'draftOwnerVote' });
  publish(tx, saved, ownerVoteDrafted, { voteId: saved.id, number, matter, isSecret });
  return { id: saved.id };
}
