import { createHash, randomBytes } from 'node:crypto';

import { DomainError } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { requireUploaded } from '@steward/files';
import { authorize, invocationOf, ownHouseholds } from '@steward/service-kit';

import { electorOf, insertBallot, markVoted, openVote } from '../db/vote-queries.ts';
import { requireOpen, requireProxy } from '../domain/vote-rules.ts';
import type { CastBallotInput } from '../graphql/generated.ts';

/**
 * An owner's ballot, once: in the app, or handed to the desk with a power of attorney or the signed paper. The receipt is
 * shown this once; of it and of the ballot's time nothing is kept beside the ballot.
 */
export async function castBallot(tx: Tx, input: CastBallotInput): Promise<{ id: string; receipt: string }> {
  const vote = await openVote(tx, input.voteId);
  const { viewer } = invocationOf(tx);
  const own = await ownHouseholds(tx, viewer);
  const householdId = input.householdId ?? own[0];
  if (vote === null || householdId === undefined) throw new DomainError('NOT_FOUND', 'NOT_FOUND');
  if ((await electorOf(tx, vote.id, householdId)) === undefined) throw new DomainError('NOT_FOUND', 'NOT_FOUND');
  await authorize(tx, { communityId: vote.communityId, householdIds: [householdId] });
  requireOpen(vote, txScope(tx).now);
  requireProxy(!own.includes(householdId), input.proxyFileId);
  const { proxyFileId = null, choice } = input;
  if (proxyFileId !== null) await requireUploaded(tx, [proxyFileId], 'proxy', 'input.proxyFileId');
  const areaM2 = await markVoted(tx, vote.id, householdId, proxyFileId);
  if (areaM2 === undefined) throw new DomainError('CONFLICT', 'VOTED_ALREADY');
  const receipt = randomBytes(15).toString('base64url');
  await insertBallot(tx, vote, { householdId, choice, areaM2, receiptSha256: receiptHash(receipt) });
  return { id: vote.id, receipt };
}

export const receiptHash = (receipt: string): string => createHash('sha256').update(receipt).digest('hex');

// A stored result would tell whose receipt it is.
castBallot.repeats = 'runAgain' as const;
