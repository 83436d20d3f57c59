import { newId } from '@steward/core';
import type { Tx } from '@steward/db';
import { chargeRaised } from '@steward/events';
import { insertAggregates, nextNumbers, publish } from '@steward/service-kit';

import { chargeAggregate } from '../db/ledger-aggregates.ts';
import { communityOfBooks, todayIn } from '../db/reference-queries.ts';
import { chargePostings } from '../domain/charge-rules.ts';
import { finalSettlementCode } from '../domain/charge-type-policy.ts';
import type { Cause, Charge } from '../domain/charge.ts';
import { numberPrefixes } from '../domain/ledger-policy.ts';
import type { AccountKey } from '../domain/ledger.ts';
import { chargeFact } from './charge-facts.ts';
import { postTransactions } from './post-transactions.ts';
import { settleCharges } from './settle-charges.ts';

/** What is charged to whom. */
export type ChargeDraft = {
  /** For a caller that keeps something of its own under the same id. */
  id?: string;
  communityId: string;
  billingAccountId: string;
  unitId: string | null;
  householdId: string | null;
  chargeTypeCode: string;
  amount: number;
  taxAmount?: number;
  occurredOn?: string;
  dueOn?: string | null;
  periodFrom?: string | null;
  periodTo?: string | null;
  cause: Cause;
  runId?: string | null;
  /** CHARGE unless it is taken over from other books. */
  kind?: string;
  /** What it stands against instead of what is earned: old books. */
  against?: AccountKey;
};

/** Charges in one statement each for rows, postings and facts; all of one community. A charge of nothing is settled. */
export async function raiseCharges(tx: Tx, communityId: string, drafts: readonly ChargeDraft[]): Promise<Charge[]> {
  if (drafts.length === 0) return [];
  const { timeZone: zone, currency } = await communityOfBooks(tx, communityId);
  const today = await todayIn(tx, communityId);
  const numbers = await nextNumbers(tx, { communityId, prefix: numberPrefixes.charge, zone, count: drafts.length });
  const fresh = drafts.map((draft, index) => newCharge(draft, { currency, today, number: numbers[index] as string }));
  const charges = await insertAggregates(tx, chargeAggregate, fresh, { action: 'raiseCharge' });
  for (const [index, charge] of charges.entries()) {
    publish(tx, charge, chargeRaised, { ...chargeFact(charge), dueOn: charge.dueOn });
    if (charge.amount === 0) continue;
    const { occurredOn, causeService: service, causeType: aggregateType, causeId } = charge;
    const cause = { service, aggregateType, id: causeId };
    const kind = drafts[index]?.kind ?? 'CHARGE';
    await postTransactions(tx, [
      { communityId, kind, occurredOn, cause, postings: chargePostings(charge, drafts[index]?.against) },
    ]);
  }
  await settleNothing(tx, charges);
  return charges;
}

/** Nobody can pay a charge of nothing; only a final settlement waits, for everything else. */
async function settleNothing(tx: Tx, charges: readonly Charge[]): Promise<void> {
  const isNothing = ({ amount, chargeTypeCode }: Charge): boolean =>
    amount === 0 && chargeTypeCode !== finalSettlementCode;
  const settled = charges.filter(isNothing).map((charge) => ({ charge: { ...charge, outstanding: 0 }, amount: 0 }));
  if (settled.length > 0) await settleCharges(tx, settled, { receiptNumber: null });
}

type Entered = { currency: string; today: string; number: string };

const newCharge = (draft: ChargeDraft, { currency, today, number }: Entered) => ({
  id: draft.id ?? newId(),
  communityId: draft.communityId,
  number,
  billingAccountId: draft.billingAccountId,
  unitId: draft.unitId,
  householdId: draft.householdId,
  chargeTypeCode: draft.chargeTypeCode,
  amount: draft.amount,
  taxAmount: draft.taxAmount ?? 0,
  currency,
  occurredOn: draft.occurredOn ?? today,
  dueOn: draft.dueOn ?? null,
  periodFrom: draft.periodFrom ?? null,
  periodTo: draft.periodTo ?? null,
  status: 'OPEN' as const,
  settledAt: null,
  reversedAt: null,
  reasonCode: null,
  receiptNumber: null,
  causeService: draft.cause.service,
  causeType: draft.cause.aggregateType,
  causeId: draft.cause.id,
  runId: draft.runId ?? null,
});

/** Somebody owes an amount from now on. */
export async function raiseCharge(tx: Tx, draft: ChargeDraft): Promise<Charge> {
  const [charge] = await raiseCharges(tx, draft.communityId, [draft]);
  return charge as Charge;
}
