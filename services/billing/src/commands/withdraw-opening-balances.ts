import { DomainError } from '@steward/core';
import type { Tx } from '@steward/db';
import { meterRemoved, openingImportWithdrawn } from '@steward/events';
import { lockAggregate, lockAuthorized, refusalOf, saveAndTell, type RefusalValue } from '@steward/service-kit';

import { lockCharges } from '../db/charge-queries.ts';
import { meterAggregate, openingImportAggregate } from '../db/charging-aggregates.ts';
import { knownOpenings, markWithdrawn, openingKey, type Entered } from '../db/opening-queries.ts';
import { haveRefunds, lockAccounts, lockFreeAdvance } from '../db/refund-queries.ts';
import type { OpenCharge } from '../domain/charge.ts';
import { openingSteps } from '../domain/opening-rules.ts';
import type { OpeningImport } from '../domain/opening.ts';
import type { WithdrawOpeningBalancesInput } from '../graphql/generated.ts';
import { meterFact, withdrawPrepaid } from './credit-prepaid.ts';
import { refuseTooMany } from './import-meter-readings.ts';
import { openingRowsFact } from './opening-facts.ts';
import { oppositeOf } from './opposite-of.ts';
import { flushPostings, postTransactions } from './post-transactions.ts';
import { settleCharges } from './settle-charges.ts';
import { takeBackCharge } from './take-back-charge.ts';

/** What became of a row. */
export type OpeningWithdrawn = { index: number; isWithdrawn: boolean; refusal: RefusalValue | null };

const used = (): DomainError => new DomainError('CONFLICT', 'OPENING_USED', { rule: 'A249' });

/** The exact opposite of what entered a row, beside the charge that it raised. */
async function postBack(tx: Tx, { communityId, id }: OpeningImport, { transactionIds }: Entered): Promise<void> {
  const cause = { service: 'billing', aggregateType: 'opening-import', id };
  for (const reversesId of transactionIds) {
    await postTransactions(tx, [await oppositeOf(tx, { communityId, cause, reversesId })]);
  }
}

async function lockedCharge(tx: Tx, row: Entered): Promise<OpenCharge> {
  await lockAccounts(tx, [row.billingAccountId ?? '']);
  const [charge] = await lockCharges(tx, [row.chargeId ?? '']);
  if (charge === undefined) throw used();
  return charge;
}

const back = { reasonCode: 'WRONG_AMOUNT' };

async function withdrawArrears(tx: Tx, _opened: OpeningImport, row: Entered): Promise<void> {
  const charge = await lockedCharge(tx, row);
  // Somebody took it back by hand: the row has to go too, or the take-over never ends.
  if (charge.status === 'REVERSED') return;
  if (charge.status !== 'OPEN' || charge.outstanding !== charge.amount) throw used();
  await takeBackCharge(tx, charge.id, back);
}

async function withdrawDeposit(tx: Tx, opened: OpeningImport, row: Entered): Promise<void> {
  const charge = await lockedCharge(tx, row);
  if (charge.status !== 'SETTLED' || (await haveRefunds(tx, [charge.id]))) throw used();
  await postBack(tx, opened, row);
  await settleCharges(tx, [{ charge, amount: -row.amount }], { receiptNumber: null });
  // Taking it back looks at what was paid on it, which is nothing from here on.
  flushPostings(tx);
  await takeBackCharge(tx, charge.id, back);
}

async function withdrawAdvance(tx: Tx, opened: OpeningImport, row: Entered): Promise<void> {
  if ((await lockFreeAdvance(tx, opened.communityId, row.billingAccountId ?? '')) < row.amount) throw used();
  await postBack(tx, opened, row);
}

async function withdrawBalance(tx: Tx, opened: OpeningImport, row: Entered): Promise<void> {
  const { billingAccountId, amount, meterId } = row;
  const what = { billingAccountId: billingAccountId ?? '', amount, means: 'OPENING' };
  await withdrawPrepaid(tx, meterId ?? '', { ...what, kind: 'OPENING', action: 'withdrawOpeningBalances' });
  await postBack(tx, opened, row);
}

/** The meter is out again, as if it had never counted; its plate gets a mark, so that the right base can be entered. */
async function withdrawBase(tx: Tx, _opened: OpeningImport, { meterId, id }: Entered): Promise<void> {
  const before = await lockAggregate(tx, meterAggregate, meterId ?? '');
  if (before.readingCount > 0 || before.balance !== 0 || before.removedOn !== null) throw used();
  const removedOn = before.lastReadOn;
  const after = { ...before, removedOn, number: `${before.number}#${id.slice(-8)}` };
  const step = { before, after, note: { action: 'withdrawOpeningBalances', rule: 'A249' } };
  await saveAndTell(tx, meterAggregate, step, [meterRemoved, (saved) => ({ ...meterFact(saved), removedOn })]);
}

const withdrawers: Readonly<Record<Entered['kind'], (tx: Tx, opened: OpeningImport, row: Entered) => Promise<void>>> = {
  ARREARS: withdrawArrears,
  PREPAID: withdrawBalance,
  DEPOSIT: withdrawDeposit,
  ADVANCE: withdrawAdvance,
  METER_BASE: withdrawBase,
};

/** Judges a row before anything of it is written; one that is refused does not stop the others. */
async function withdraw(tx: Tx, opened: OpeningImport, row: Entered | undefined): Promise<RefusalValue | null> {
  try {
    if (row?.importId !== opened.id)
      throw new DomainError('BAD_USER_INPUT', 'SOURCE_KEY_UNKNOWN', { path: 'sourceKey', rule: 'A249' });
    await withdrawers[row.kind](tx, opened, row);
    await markWithdrawn(tx, row.id);
    flushPostings(tx);
    return null;
  } catch (error) {
    // Anything but a rule's refusal is thrown on by it.
    return refusalOf(() => {
      throw error;
    });
  }
}

/** Takes rows back that were mistyped, each by the opposite postings, as long as nobody has paid or used them (A249). */
export async function withdrawOpeningBalances(
  tx: Tx,
  input: WithdrawOpeningBalancesInput,
): Promise<{ id: string; results: OpeningWithdrawn[] }> {
  const before = await lockAuthorized(tx, openingImportAggregate, input);
  const after = openingSteps.move(before, 'withdrawOpeningBalances');
  refuseTooMany(input.rows.length);
  const known = await knownOpenings(tx, before.communityId, input.rows);
  const results: OpeningWithdrawn[] = [];
  const withdrawn: Entered[] = [];
  for (const [index, asked] of input.rows.entries()) {
    const row = known.get(openingKey(asked));
    const refusal = await withdraw(tx, before, row);
    results.push({ index, isWithdrawn: refusal === null, refusal });
    if (refusal !== null || row === undefined) continue;
    known.delete(openingKey(asked));
    withdrawn.push(row);
  }
  if (withdrawn.length > 0) {
    const fact = openingRowsFact(before.id, withdrawn);
    const step = { before, after, note: { action: 'withdrawOpeningBalances', rule: 'A249' } };
    await saveAndTell(tx, openingImportAggregate, step, [openingImportWithdrawn, () => fact]);
  }
  return { id: before.id, results };
}
