import { randomUUID } from 'node:crypto';

import { rows, txScope, type Tx } from '@steward/db';
import type { SelectQueryBuilder } from 'typeorm';

import type { BallotChoice, OwnerVote } from '../domain/vote.ts';
import type { OwnerVoteFilter } from '../graphql/generated.ts';
import { ownerVoteEntity } from './survey-entities.ts';

type Electors = { owners: number; areaM2: string };

/**
 * Enters who may vote, in one statement: every household that owns units of the community today, once, with all their area
 * (Judicial Interpretation of the Civil Code on condominium ownership, articles 8 and 9).
 */
export async function insertElectors(
  tx: Tx,
  { id, tenantId, communityId }: OwnerVote,
  today: string,
): Promise<Electors> {
  const [found] = await rows<Electors>(
    tx,
    `with entered as (
       insert into vote_elector (tenant_id, vote_id, household_id, area_m2)
       select $1, $2, u.household_id, sum(coalesce(p.area_m2, 0))
         from household_unit u join place_reference p on p.id = u.unit_id
        where p.community_id = $3 and p.kind = 'UNIT' and u.tenure = 'OWNED'
          and u.valid_from <= $4::date and (u.valid_to is null or u.valid_to > $4::date)
        group by u.household_id
       returning area_m2)
     select count(*)::int as owners, coalesce(round(sum(area_m2), 2), 0.00)::text as "areaM2" from entered`,
    [tenantId, id, communityId, today],
  );
  return found ?? { owners: 0, areaM2: '0.00' };
}

/** The vote of a ballot: it can neither end nor be called off before the ballot is in, and others vote at the same time. */
export async function openVote(tx: Tx, id: string): Promise<OwnerVote | null> {
  return tx.createQueryBuilder(ownerVoteEntity, 'v').setLock('pessimistic_read').where('v.id = :id', { id }).getOne();
}

export const electorOf = async (
  tx: Tx,
  voteId: string,
  householdId: string,
): Promise<{ hasVoted: boolean } | undefined> =>
  (
    await rows<{ hasVoted: boolean }>(
      tx,
      'select has_voted as "hasVoted" from vote_elector where vote_id = $1 and household_id = $2',
      [voteId, householdId],
    )
  )[0];

/** Marks that an owner has voted and answers the area; undefined if they have already. */
export async function markVoted(
  tx: Tx,
  voteId: string,
  householdId: string,
  proxyFileId: string | null,
): Promise<string | undefined> {
  const [found] = await rows<{ areaM2: string }>(
    tx,
    `update vote_elector set has_voted = true, proxy_file_id = $3
      where vote_id = $1 and household_id = $2 and not has_voted returning area_m2::text as "areaM2"`,
    [voteId, householdId, proxyFileId],
  );
  return found?.areaM2;
}

type NewBallot = { householdId: string; choice: BallotChoice; areaM2: string; receiptSha256: string };

/** Keeps a ballot. Its id says nothing of its time, and a secret one names nobody. */
export async function insertBallot(tx: Tx, { id: voteId, isSecret }: OwnerVote, ballot: NewBallot): Promise<void> {
  await rows(
    tx,
    `insert into vote_ballot (id, tenant_id, vote_id, household_id, choice, area_m2, receipt_sha256)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      randomUUID(),
      txScope(tx).tenantId,
      voteId,
      isSecret ? null : ballot.householdId,
      ballot.choice,
      ballot.areaM2,
      ballot.receiptSha256,
    ],
  );
}

export type Count = { choice: BallotChoice; owners: number; areaM2: string };

/** The ballots by choice, and a digest over all of them in their order: whoever counts again gets the same or knows why. */
export async function countBallots(tx: Tx, voteId: string): Promise<{ ballots: Count[]; sha256: string }> {
  const ballots = await rows<Count>(
    tx,
    `select choice, count(*)::int as owners, round(sum(area_m2), 2)::text as "areaM2"
       from vote_ballot where vote_id = $1 group by choice order by choice`,
    [voteId],
  );
  const [digest] = await rows<{ sha256: string }>(
    tx,
    `select encode(sha256(convert_to(coalesce(string_agg(concat_ws('|', id, household_id, choice, area_m2, receipt_sha256),
              e'\\n' order by id), ''), 'UTF8')), 'hex') as sha256
       from vote_ballot where vote_id = $1`,
    [voteId],
  );
  return { ballots, sha256: digest?.sha256 ?? '' };
}

/** What a receipt was given for. */
export const choiceOfReceipt = async (tx: Tx, voteId: string, receiptSha256: string): Promise<BallotChoice | null> =>
  (
    await rows<{ choice: BallotChoice }>(
      tx,
      'select choice from vote_ballot where vote_id = $1 and receipt_sha256 = $2',
      [voteId, receiptSha256],
    )
  )[0]?.choice ?? null;

export function ownerVoteQuery(tx: Tx, { communityId, status }: OwnerVoteFilter): SelectQueryBuilder<OwnerVote> {
  const query = tx.createQueryBuilder(ownerVoteEntity, 'v');
  if (communityId != null) query.andWhere('v.community_id = :communityId', { communityId });
  if (status != null) query.andWhere('v.status = any(:status)', { status });
  return query;
}
