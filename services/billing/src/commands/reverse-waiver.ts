import { DomainError } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { waiverReversed } from '@steward/events';
import { lockAuthorized, publish, saveAggregates } from '@steward/service-kit';

import { waiverAggregate } from '../db/charging-aggregates.ts';
import { lockAccountOfWaiver, lockWaiversOf } from '../db/waiver-queries.ts';
import { chargeReversedReason, waiverReversalReasons } from '../domain/waiver-policy.ts';
import { waiverPostings, waiverSteps } from '../domain/waiver-rules.ts';
import type { Waiver } from '../domain/waiver.ts';
import type { ReverseWaiverInput } from '../graphql/generated.ts';
import { postTransactions } from './post-transactions.ts';
import { lockOpenCharges, settleCharges } from './settle-charges.ts';
import { waiverFact } from './waiver-facts.ts';

/** The exact opposite of each, of today: it was forgiven until then. */
async function postOpposites(tx: Tx, waivers: readonly Waiver[], reasonCode: string): Promise<void> {
  const { now: reversedAt } = txScope(tx);
  const pairs = waivers.map((before) => {
    const moved = waiverSteps.move(before, 'reverseWaiver');
    return { before, after: { ...moved, reversedAt, reversalReasonCode: reasonCode } };
  });
  const note = { action: 'reverseWaiver', reasonCode, rule: 'A018' };
  for (const saved of await saveAggregates(tx, waiverAggregate, pairs, note))
    publish(tx, saved, waiverReversed, { ...waiverFact(saved), reversalReasonCode: reasonCode });
  await postTransactions(
    tx,
    waivers.map((waiver) => ({
      communityId: waiver.communityId,
      kind: 'REVERSAL',
      cause: { service: 'billing', aggregateType: waiverAggregate.type, id: waiver.id },
      reversesId: waiver.transactionId,
      postings: waiverPostings(waiver, -1),
    })),
  );
}

/** What was forgiven of charges that are taken back goes with them. */
export async function reverseWaiversOf(tx: Tx, chargeIds: readonly string[]): Promise<void> {
  const waivers = await lockWaiversOf(tx, chargeIds);
  if (waivers.length > 0) await postOpposites(tx, waivers, chargeReversedReason);
}

/** What was forgiven is owed again, from today on; dunning begins anew where it is overdue. */
export async function reverseWaiver(tx: Tx, input: ReverseWaiverInput): Promise<{ id: string }> {
  await lockAccountOfWaiver(tx, input.id);
  const waiver = await lockAuthorized(tx, waiverAggregate, input);
  const { reasonCode } = input;
  if (!waiverReversalReasons.includes(reasonCode))
    throw new DomainError('BAD_USER_INPUT', 'REASON_UNKNOWN', {
      path: 'input.reasonCode',
      params: { code: reasonCode },
    });
  await postOpposites(tx, [waiver], reasonCode);
  const charges = await lockOpenCharges(tx, [waiver.chargeId]);
  const settlements = charges.map((charge) => ({ charge, amount: -waiver.amount }));
  await settleCharges(tx, settlements, { receiptNumber: null });
  return { id: waiver.id };
}

reverseWaiver.repeats = 'forGood' as const;
