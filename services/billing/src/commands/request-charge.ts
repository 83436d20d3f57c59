import { newId, refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { chargeRequestSubmitted } from '@steward/events';
import { authorize, insertAggregate, invocationOf, nextNumber, notify, publish, seal } from '@steward/service-kit';

import { chargeRequestAggregate } from '../db/charging-aggregates.ts';
import { managedBooks, todayIn } from '../db/reference-queries.ts';
import { lockAccounts } from '../db/refund-queries.ts';
import { requestViolations, sumOf, type Sum } from '../domain/charge-request-rules.ts';
import { chargesPrefixes } from '../domain/charges-policy.ts';
import type { RequestChargeInput } from '../graphql/generated.ts';
import { chargeRequestFact } from './charge-request-facts.ts';
import { checkChargeRequest } from './check-charge-request.ts';
import { accountIn } from './lock-counter.ts';

/** What is asked for, as it was typed. */
const termsOf = (input: RequestChargeInput) => ({
  chargeTypeCode: input.chargeTypeCode,
  occurredOn: input.occurredOn ?? null,
  periodFrom: input.periodFrom ?? null,
  periodTo: input.periodTo ?? null,
  reasonCode: input.reasonCode,
  replacesChargeId: input.replacesChargeId ?? null,
});

/** What it comes to, with everything that is wrong with it said at once. */
async function sumOfInput(tx: Tx, input: RequestChargeInput, explanation: string): Promise<Sum> {
  const { amount = null, quantity = null, unitPrice: rate = null } = input;
  const sum = sumOf({ amount, quantity, rate });
  const isSum = !Array.isArray(sum);
  const today = await todayIn(tx, input.communityId);
  refuseAll([...requestViolations({ ...termsOf(input), explanation }, today), ...(isSum ? [] : sum)]);
  return sum as Sum;
}

/** Asks for one charge that no run, event or meter raises; somebody else decides (B011). */
export async function requestCharge(tx: Tx, input: RequestChargeInput): Promise<{ id: string }> {
  const { communityId, billingAccountId } = input;
  await authorize(tx, { communityId });
  const { timeZone: zone, currency } = await managedBooks(tx, communityId);
  const { unitId, householdId } = await accountIn(tx, communityId, billingAccountId);
  const explanation = input.explanation.trim();
  const sum = await sumOfInput(tx, input, explanation);
  // Of two who ask at once for the same the second sees what the first has asked for.
  await lockAccounts(tx, [billingAccountId]);
  const asked = {
    ...termsOf(input),
    ...sum,
    id: newId(),
    communityId,
    billingAccountId,
    unitId,
    householdId,
    currency,
    number: await nextNumber(tx, communityId, chargesPrefixes.request, zone),
    status: 'REQUESTED' as const,
    explanationSealed: seal(tx, explanation),
    requestedBy: txScope(tx).actor.sub,
    decidedBy: null,
    decidedAt: null,
    chargeId: null,
  };
  await checkChargeRequest(tx, asked, 'input.billingAccountId');
  const note = { action: 'requestCharge', reasonCode: input.reasonCode, rule: 'B011' };
  const request = await insertAggregate(tx, chargeRequestAggregate, asked, note);
  publish(tx, request, chargeRequestSubmitted, chargeRequestFact(request));
  const about = { communityId, template: 'chargeAsked', params: { number: request.number, amount: request.amount } };
  // A supervisor may not decide about what they ask for themselves.
  const role = invocationOf(tx).viewer.roles.includes('supervisor') ? 'director' : 'supervisor';
  await notify(tx, { ...about, to: { role }, aggregateId: request.id });
  return { id: request.id };
}

requestCharge.repeats = 'forGood' as const;
