import { txScope, type Tx } from '@steward/db';
import { waiverDecided } from '@steward/events';
import { lockByMatrix, saveAndTell } from '@steward/service-kit';

import { waiverAggregate } from '../db/charging-aggregates.ts';
import { todayIn } from '../db/reference-queries.ts';
import { paidOn } from '../db/refund-queries.ts';
import { lockAccountOfWaiver, waivedOf } from '../db/waiver-queries.ts';
import { checkApprover, checkOtherHand } from '../domain/refund-rules.ts';
import { waiverAct } from '../domain/waiver-policy.ts';
import { checkWaivable, taxOfWaiver, waiverPostings, waiverSteps } from '../domain/waiver-rules.ts';
import type { Waiver } from '../domain/waiver.ts';
import type { DecideWaiverInput } from '../graphql/generated.ts';
import { settleDunningOf } from './dunning-debt.ts';
import { postTransactions } from './post-transactions.ts';
import { lockOpenCharges, settleCharges } from './settle-charges.ts';
import { waiverFact } from './waiver-facts.ts';

/**
 * Posts what is forgiven, and settles the charge or lowers what is left of it. The charge stands, and with it its days: no
 * run charges them again. What was paid, void or taken back since it was asked for is judged now.
 */
async function postWaiver(tx: Tx, asked: Waiver): Promise<Waiver> {
  const { id, communityId, chargeId, billingAccountId, amount } = asked;
  const [charge] = await lockOpenCharges(tx, [chargeId]);
  if (charge === undefined) throw new Error('a waiver is of a charge that is there');
  checkWaivable(charge, amount, 0);
  const { given } = await paidOn(tx, chargeId);
  const waived = await waivedOf(tx, chargeId);
  const before = { amount: waived.amount + given.kept + given.tax, tax: waived.tax + given.tax };
  const occurredOn = asked.occurredOn ?? (await todayIn(tx, communityId));
  const posted = { ...asked, occurredOn, taxAmount: taxOfWaiver(charge, amount, before) };
  const cause = { service: 'billing', aggregateType: waiverAggregate.type, id };
  const draft = { communityId, kind: 'WAIVER', occurredOn, cause, postings: waiverPostings(posted) };
  const [transactionId = ''] = await postTransactions(tx, [draft]);
  await settleCharges(tx, [{ charge, amount }], { receiptNumber: null });
  if (amount === charge.outstanding) await settleDunningOf(tx, communityId, [billingAccountId]);
  return { ...posted, transactionId };
}

/** The checker's decision, by another hand and within their authority (A018). */
export async function decideWaiver(tx: Tx, input: DecideWaiverInput): Promise<{ id: string }> {
  await lockAccountOfWaiver(tx, input.id);
  const { row: before, held } = await lockByMatrix(tx, waiverAggregate, waiverAct, input);
  const { isApproved } = input;
  const moved = waiverSteps.move(before, 'decideWaiver', isApproved ? 0 : 1);
  const { actor, now: decidedAt } = txScope(tx);
  checkOtherHand(actor.sub, [before.requestedBy]);
  checkApprover(before, held);
  const decided = isApproved ? await postWaiver(tx, moved) : moved;
  const after = { ...decided, decidedBy: actor.sub, decidedAt };
  const note = { action: 'decideWaiver', reasonCode: moved.status, rule: 'A018' };
  await saveAndTell(tx, waiverAggregate, { before, after, note }, [
    waiverDecided,
    (saved) => ({ ...waiverFact(saved), isApproved }),
  ]);
  return { id: before.id };
}
