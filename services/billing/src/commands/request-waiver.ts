import { DomainError, newId, refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { waiverRequested } from '@steward/events';
import { authorize, insertAggregate, nextNumber, notify, publish, resolvePolicy, seal } from '@steward/service-kit';

import { chargeEntity } from '../db/charge-entities.ts';
import { waiverAggregate } from '../db/charging-aggregates.ts';
import { closedToOf } from '../db/ledger-queries.ts';
import { managedBooks, todayIn } from '../db/reference-queries.ts';
import { lockAccounts } from '../db/refund-queries.ts';
import { waivedOf } from '../db/waiver-queries.ts';
import type { Charge, OpenCharge } from '../domain/charge.ts';
import { chargesPrefixes } from '../domain/charges-policy.ts';
import { refundPolicy } from '../domain/counter-policy.ts';
import { checkOpenPeriod } from '../domain/ledger-rules.ts';
import { refundApprover } from '../domain/refund-rules.ts';
import { checkWaivable, waiverViolations } from '../domain/waiver-rules.ts';
import type { RequestWaiverInput } from '../graphql/generated.ts';
import { lockOpenCharges } from './settle-charges.ts';
import { waiverFact } from './waiver-facts.ts';

type Terms = { occurredOn: string | null; explanation: string };

async function chargeIn(tx: Tx, { communityId, chargeId }: RequestWaiverInput): Promise<Charge> {
  const found = await tx.findOneBy(chargeEntity, { id: chargeId, communityId });
  if (found !== null) return found;
  throw new DomainError('BAD_USER_INPUT', 'CHARGE_UNKNOWN', { path: 'input.chargeId', rule: 'A018' });
}

/** The charge, held with who owes it: of two who ask at once the second sees what the first has asked for. */
async function lockWaivable(tx: Tx, input: RequestWaiverInput, terms: Terms): Promise<OpenCharge> {
  const { communityId, amount, reasonCode } = input;
  const charge = await chargeIn(tx, input);
  refuseAll(waiverViolations({ amount, reasonCode, ...terms }, charge, await todayIn(tx, communityId)));
  if (terms.occurredOn !== null) checkOpenPeriod(terms.occurredOn, await closedToOf(tx, communityId));
  await lockAccounts(tx, [charge.billingAccountId]);
  const [open] = await lockOpenCharges(tx, [charge.id]);
  if (open === undefined) throw new Error('a charge that was found is there');
  checkWaivable(open, amount, (await waivedOf(tx, charge.id)).asked);
  return open;
}

/** Asks for a charge, or a part of it, to be forgiven; somebody else decides (A018). */
export async function requestWaiver(tx: Tx, input: RequestWaiverInput): Promise<{ id: string }> {
  const { communityId, amount, reasonCode } = input;
  await authorize(tx, { communityId });
  const { timeZone: zone, currency } = await managedBooks(tx, communityId);
  const explanation = input.explanation.trim();
  const occurredOn = input.occurredOn ?? null;
  const { id: chargeId, billingAccountId, chargeTypeCode } = await lockWaivable(tx, input, { occurredOn, explanation });
  const approverRole = refundApprover(amount, await resolvePolicy(tx, refundPolicy, communityId));
  const number = await nextNumber(tx, communityId, chargesPrefixes.waiver, zone);
  const of = { communityId, chargeId, billingAccountId, chargeTypeCode, amount, taxAmount: 0, currency };
  const why = { reasonCode, explanationSealed: seal(tx, explanation), requestedBy: txScope(tx).actor.sub };
  const open = { decidedBy: null, decidedAt: null, transactionId: null, reversedAt: null, reversalReasonCode: null };
  const asked = { id: newId(), number, status: 'REQUESTED' as const, ...of, occurredOn, approverRole, ...why, ...open };
  const note = { action: 'requestWaiver', reasonCode, rule: 'A018' };
  const waiver = await insertAggregate(tx, waiverAggregate, asked, note);
  publish(tx, waiver, waiverRequested, waiverFact(waiver));
  const about = { communityId, template: 'waiverAsked', params: { number, amount } };
  await notify(tx, { ...about, to: { role: approverRole }, aggregateId: waiver.id });
  return { id: waiver.id };
}

requestWaiver.repeats = 'forGood' as const;
