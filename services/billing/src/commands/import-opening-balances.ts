import { DomainError, refuseAll } from '@steward/core';
import type { Tx } from '@steward/db';
import { openingImportExtended } from '@steward/events';
import {
  lockAuthorized,
  refusalOf,
  saveAndTell,
  type CommunityReference,
  type RefusalValue,
} from '@steward/service-kit';

import { openingImportAggregate } from '../db/charging-aggregates.ts';
import { lockMetersByPlate, plateKey, type Holder } from '../db/meter-queries.ts';
import { insertOpening, knownOpenings, openingHolder, openingKey } from '../db/opening-queries.ts';
import { communityOfBooks, findUnit } from '../db/reference-queries.ts';
import { chargeTypeOf } from '../domain/charge-type-policy.ts';
import { isSameOpening, openingRowViolations, openingSteps, type SaidOpening } from '../domain/opening-rules.ts';
import type { OpeningImport } from '../domain/opening.ts';
import { paymentPostings } from '../domain/payment-postings.ts';
import type { ImportOpeningBalancesInput, OpeningBalanceRow } from '../graphql/generated.ts';
import { creditPrepaid } from './credit-prepaid.ts';
import { refuseTooMany } from './import-meter-readings.ts';
import { openingRowsFact } from './opening-facts.ts';
import { postTransactions } from './post-transactions.ts';
import { raiseCharge } from './raise-charge.ts';
import { enterMeter } from './register-meter.ts';
import { settleCharges } from './settle-charges.ts';

/** What became of a row. */
export type OpeningImported = { index: number; isNew: boolean; refusal: RefusalValue | null };

/** A row as it counts: amounts that were not said are none. */
type Row = OpeningBalanceRow & { amount: number };

type Taking = { row: OpeningImport; community: CommunityReference };

export async function importOpeningBalances(
  tx: Tx,
  input: ImportOpeningBalancesInput,
): Promise<{ id: string; results: OpeningImported[] }> {
  const opened = await lockAuthorized(tx, openingImportAggregate, input);
  const after = openingSteps.move(opened, 'importOpeningBalances');
  refuseTooMany(input.rows.length);
  const community = await communityOfBooks(tx, opened.communityId);
  const known: Map<string, SaidOpening> = await knownOpenings(tx, opened.communityId, input.rows);
  const results: OpeningImported[] = [];
  const entered: Row[] = [];
  for (const [index, sent] of input.rows.entries()) {
    const row = { ...sent, amount: sent.amount ?? 0 };
    const before = known.get(openingKey(row));
    if (before !== undefined) {
      results.push({ index, isNew: false, refusal: isSameOpening(before, row) ? null : keyTaken() });
      continue;
    }
    const refusal = await enter(tx, { row: opened, community }, row);
    results.push({ index, isNew: refusal === null, refusal });
    if (refusal !== null) continue;
    known.set(openingKey(row), row);
    entered.push(row);
  }
  if (entered.length > 0) {
    const fact = openingRowsFact(opened.id, entered);
    const step = { before: opened, after, note: { action: 'importOpeningBalances' } };
    await saveAndTell(tx, openingImportAggregate, step, [openingImportExtended, () => fact]);
  }
  return { id: opened.id, results };
}

/** The old books have one row of a key; the same key with something else is a mistake that nobody may overlook. */
const keyTaken = (): RefusalValue | null =>
  refusalOf(() => {
    throw unfit('sourceKey', 'SOURCE_KEY_TAKEN');
  });

/** Judges a row before anything of it is written; one that is refused does not stop the others. */
async function enter(tx: Tx, taking: Taking, row: Row): Promise<RefusalValue | null> {
  try {
    refuseAll(openingRowViolations(row));
    const unit = await findUnit(tx, row.unitId);
    if (unit?.kind !== 'UNIT' || unit.communityId !== taking.row.communityId) throw unfit('unitId', 'UNIT_UNKNOWN');
    await enterers[row.kind](tx, taking, row);
    return null;
  } catch (error) {
    // Anything but a rule's refusal is thrown on by it.
    return refusalOf(() => {
      throw error;
    });
  }
}

const unfit = (path: string, reason: string): DomainError => new DomainError('BAD_USER_INPUT', reason, { path });

async function requireHolder(tx: Tx, { row }: Taking, { unitId, householdId, chargeTypeCode }: OpeningBalanceRow) {
  const liable = chargeTypeOf(chargeTypeCode)?.liable ?? 'OWNER';
  const holder = await openingHolder(tx, { unitId, householdId: householdId ?? null, day: row.openedOn, liable });
  if (holder === null) throw unfit('householdId', 'HOLDER_MISSING');
  return holder;
}

const causeOf = ({ row }: Taking) => ({ service: 'billing', aggregateType: 'opening-import', id: row.id });

const against = { type: 'OPENING_BALANCE' } as const;

const keptOf = ({ row }: Taking, { kind, sourceKey, unitId, chargeTypeCode, amount }: Row) => ({
  communityId: row.communityId,
  importId: row.id,
  kind,
  sourceKey,
  unitId,
  chargeTypeCode,
  amount,
});

async function enterArrears(tx: Tx, taking: Taking, row: Row): Promise<void> {
  const { billingAccountId, householdId }: Holder = await requireHolder(tx, taking, row);
  const { unitId, chargeTypeCode, amount, periodFrom = null, periodTo = null, dueOn = null } = row;
  const { communityId } = taking.row;
  const charge = await raiseCharge(tx, {
    communityId,
    billingAccountId,
    unitId,
    householdId,
    chargeTypeCode,
    amount,
    periodFrom,
    periodTo,
    dueOn,
    cause: causeOf(taking),
    kind: 'OPENING',
    against,
  });
  await insertOpening(tx, { ...keptOf(taking, row), billingAccountId, chargeId: charge.id });
}

async function enterPrepaid(tx: Tx, taking: Taking, row: Row): Promise<void> {
  const { meterKind, meterNumber, amount, unitId } = row;
  if (meterKind == null || meterNumber == null) throw unfit('meterNumber', 'METER_UNKNOWN');
  const plate = { kind: meterKind, number: meterNumber };
  const meter = (await lockMetersByPlate(tx, taking.row.communityId, [plate])).get(plateKey(plate));
  if (meter === undefined || meter.unitId !== unitId) throw unfit('meterNumber', 'METER_UNKNOWN');
  if (!meter.isPrepaid) throw unfit('meterNumber', 'METER_NOT_PREPAID');
  const {
    meter: { billingAccountId },
    transactionId,
  } = await creditPrepaid(tx, meter, {
    amount,
    means: 'OPENING',
    debit: against,
    kind: 'OPENING',
    cause: causeOf(taking),
  });
  const transactionIds = [transactionId];
  await insertOpening(tx, { ...keptOf(taking, row), billingAccountId, meterId: meter.id, transactionIds });
}

/** A deposit is a charge that was paid before, so that it goes back as every other does. */
async function enterDeposit(tx: Tx, taking: Taking, row: Row): Promise<void> {
  const { billingAccountId, householdId } = await requireHolder(tx, taking, row);
  const { unitId, chargeTypeCode, amount } = row;
  const { communityId } = taking.row;
  const cause = causeOf(taking);
  const owed = { communityId, billingAccountId, unitId, householdId, chargeTypeCode, amount };
  const charge = await raiseCharge(tx, { ...owed, cause, kind: 'OPENING' });
  const paid = { billingAccountId, amount, advanceAmount: 0 };
  const postings = paymentPostings(against, paid, [{ chargeId: charge.id, chargeTypeCode, amount }]);
  const transactionIds = await postTransactions(tx, [{ communityId, kind: 'PAYMENT', cause, postings }]);
  await settleCharges(tx, [{ charge: { ...charge, outstanding: amount }, amount }], { receiptNumber: null });
  await insertOpening(tx, { ...keptOf(taking, row), billingAccountId, chargeId: charge.id, transactionIds });
}

/** What somebody paid ahead stands to their good here too. */
async function enterAdvance(tx: Tx, taking: Taking, row: Row): Promise<void> {
  const { billingAccountId } = await requireHolder(tx, taking, row);
  const { communityId } = taking.row;
  const paid = { billingAccountId, amount: row.amount, advanceAmount: row.amount };
  const postings = paymentPostings(against, paid, []);
  const opening = { communityId, kind: 'OPENING', cause: causeOf(taking), postings };
  const transactionIds = await postTransactions(tx, [opening]);
  await insertOpening(tx, { ...keptOf(taking, row), billingAccountId, transactionIds });
}

async function enterMeterBase(tx: Tx, taking: Taking, row: Row): Promise<void> {
  const { meterKind, meterNumber, value, unitId, chargeTypeCode } = row;
  if (meterKind == null || meterNumber == null) throw unfit('meterNumber', 'METER_UNKNOWN');
  const meter = await enterMeter(tx, taking.community, {
    kind: meterKind,
    number: meterNumber,
    unitId,
    chargeTypeCode,
    digits: row.digits ?? 6,
    multiplier: row.multiplier ?? '1',
    isPrepaid: row.isPrepaid ?? false,
    baseValue: value ?? '0',
    installedOn: taking.row.openedOn,
  });
  await insertOpening(tx, { ...keptOf(taking, row), billingAccountId: null, meterId: meter.id });
}

const enterers: Readonly<Record<OpeningBalanceRow['kind'], (tx: Tx, taking: Taking, row: Row) => Promise<void>>> = {
  ARREARS: enterArrears,
  PREPAID: enterPrepaid,
  DEPOSIT: enterDeposit,
  ADVANCE: enterAdvance,
  METER_BASE: enterMeterBase,
};
