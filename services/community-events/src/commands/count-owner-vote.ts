import { txScope, type Tx } from '@steward/db';
import { ownerVoteCounted } from '@steward/events';
import { lockAuthorized, notify, publish, saveAggregate } from '@steward/service-kit';

import { ownerVoteAggregate } from '../db/survey-aggregates.ts';
import { choiceOfReceipt, countBallots } from '../db/vote-queries.ts';
import { ownerVoteEntity } from '../db/survey-entities.ts';
import { requireOver, tallyOf } from '../domain/vote-rules.ts';
import type { BallotChoice, OwnerVote, VoteTally } from '../domain/vote.ts';
import type { CountOwnerVoteInput } from '../graphql/generated.ts';
import { receiptHash } from './cast-ballot.ts';

const electorsOf = ({ electorCount: owners, electorAreaM2: areaM2 }: OwnerVote) => ({ owners, areaM2 });

/** Counts the ballots once the vote is over (Civil Code, article 278). */
export async function countOwnerVote(tx: Tx, input: CountOwnerVoteInput): Promise<{ id: string }> {
  const before = await lockAuthorized(tx, ownerVoteAggregate, input);
  const { ballots, sha256: ballotsSha256 } = await countBallots(tx, before.id);
  const { now } = txScope(tx);
  requireOver(
    before,
    now,
    ballots.reduce((sum, { owners }) => sum + owners, 0),
  );
  const tally = tallyOf(before.matter, electorsOf(before), ballots);
  const after = { ...before, status: 'COUNTED' as const, tally, ballotsSha256, countedAt: now };
  const saved = await saveAggregate(tx, ownerVoteAggregate, before, after, { action: 'countOwnerVote' });
  const { id: voteId, matter, communityId, number } = saved;
  publish(tx, saved, ownerVoteCounted, { voteId, matter, ...tally, ballotsSha256 });
  const to = { role: 'director' as const };
  await notify(tx, { communityId, to, template: 'ownerVoteCounted', params: { number }, aggregateId: voteId });
  return { id: voteId };
}

export type Recount = { tally: VoteTally; ballotsSha256: string; isSame: boolean };

/** Counts again what was counted; not the same when a ballot was altered, added or removed since. */
export async function recount(tx: Tx, id: string): Promise<Recount | null> {
  const vote = await tx.findOneBy(ownerVoteEntity, { id });
  if (vote?.status !== 'COUNTED') return null;
  const { ballots, sha256: ballotsSha256 } = await countBallots(tx, id);
  const tally = tallyOf(vote.matter, electorsOf(vote), ballots);
  return { tally, ballotsSha256, isSame: ballotsSha256 === vote.ballotsSha256 };
}

/** What a receipt was given for; null for one that was not. */
export const readBallot = (tx: Tx, id: string, receipt: string): Promise<BallotChoice | null> =>
  choiceOfReceipt(tx, id, receiptHash(receipt));
