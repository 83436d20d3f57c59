import { DomainError } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { meterReadingVoided } from '@steward/events';
import { lockAuthorized, resolvePolicy, saveAndTell } from '@steward/service-kit';

import { meterAggregate } from '../db/charging-aggregates.ts';
import { lockLines } from '../db/charge-run-queries.ts';
import { markStale, openLateFeesOn } from '../db/holder-change-queries.ts';
import { postedTransaction } from '../db/ledger-transaction-queries.ts';
import { insertPrepaidEntry } from '../db/meter-queries.ts';
import {
  chargesOfReading,
  dropPreviewOfReading,
  hasReading,
  lastReadings,
  paidUseOf,
  voidReading,
} from '../db/reading-queries.ts';
import { lockAccounts } from '../db/refund-queries.ts';
import { metersPolicy } from '../domain/charges-policy.ts';
import type { AccountKey, TransactionDraft } from '../domain/ledger.ts';
import { afterBalanceMoved, beforeReading, readingVoidReasons } from '../domain/meter-rules.ts';
import type { Meter, MeterReading } from '../domain/meter.ts';
import type { VoidMeterReadingInput } from '../graphql/generated.ts';
import { meterCause, meterFact, prepaidAccount } from './credit-prepaid.ts';
import { postTransactions } from './post-transactions.ts';
import { takeBackCharges } from './take-back-charge.ts';

type Voided = { reading: MeterReading; previous: MeterReading };

async function requireLast(tx: Tx, meter: Meter, { readingId, reasonCode }: VoidMeterReadingInput): Promise<Voided> {
  if (meter.removedOn !== null) throw new DomainError('CONFLICT', 'METER_REMOVED', { rule: 'A249' });
  if (!readingVoidReasons.includes(reasonCode)) {
    const params = { code: reasonCode };
    throw new DomainError('BAD_USER_INPUT', 'REASON_UNKNOWN', { path: 'input.reasonCode', params });
  }
  if (!(await hasReading(tx, meter.id, readingId)))
    throw new DomainError('BAD_USER_INPUT', 'READING_UNKNOWN', { path: 'input.readingId', rule: 'A249' });
  const [reading, previous] = await lastReadings(tx, meter.id, 2);
  // The first one is where the meter begins.
  if (reading?.id !== readingId || previous === undefined)
    throw new DomainError('CONFLICT', 'READING_NOT_LAST', { rule: 'A249' });
  return { reading, previous };
}

/** What was used is on the balance again, of whoever paid it: on the meter while it is theirs, else to their good. */
async function giveBackUse(tx: Tx, meter: Meter, reading: MeterReading): Promise<Meter> {
  const used = await paidUseOf(tx, reading.id);
  const posted = used === null ? null : await postedTransaction(tx, used.transactionId);
  if (used === null || posted === null) return meter;
  const { communityId, id: meterId } = meter;
  const { billingAccountId, amount } = used;
  const isTheirs = meter.billingAccountId === billingAccountId;
  const postings = posted.postings.map((posting) => ({ ...posting, amount: -posting.amount }));
  const drafts: TransactionDraft[] = [
    { communityId, kind: 'REVERSAL', cause: meterCause(meter), reversesId: posted.id, postings },
  ];
  if (!isTheirs) {
    await lockAccounts(tx, [billingAccountId]);
    const advance: AccountKey = { type: 'ADVANCE', billingAccountId };
    const moved = [
      { account: prepaidAccount(meter, billingAccountId), amount },
      { account: advance, amount: -amount },
    ];
    drafts.push({ communityId, kind: 'ALLOCATION', cause: meterCause(meter), postings: moved });
  }
  await postTransactions(tx, drafts);
  if (!isTheirs) return meter;
  const figures = await resolvePolicy(tx, metersPolicy, communityId);
  const { meter: credited } = afterBalanceMoved(meter, amount, figures, txScope(tx).now);
  const entry = { meterId, communityId, billingAccountId, kind: 'USE' as const, amount, readingId: reading.id };
  await insertPrepaidEntry(tx, { ...entry, balance: credited.balance });
  return credited;
}

export async function voidMeterReading(tx: Tx, input: VoidMeterReadingInput): Promise<{ id: string }> {
  const before = await lockAuthorized(tx, meterAggregate, input);
  const { reading, previous } = await requireLast(tx, before, input);
  const { reasonCode } = input;
  const { communityId, unitId, id } = before;
  await lockLines(tx, communityId);
  await voidReading(tx, reading.id, reasonCode, txScope(tx).now);
  await dropPreviewOfReading(tx, reading.id);
  if (unitId !== null) await markStale(tx, communityId, [unitId]);
  const charged = await chargesOfReading(tx, reading.id);
  const wrong = [...charged, ...(await openLateFeesOn(tx, charged))];
  await takeBackCharges(tx, wrong, { reasonCode: 'WRONG_READING' });
  const after = beforeReading(await giveBackUse(tx, before, reading), previous);
  const note = { action: 'voidMeterReading', reasonCode, rule: 'A249' };
  const fact = { readingId: reading.id, value: reading.value, reasonCode };
  await saveAndTell(tx, meterAggregate, { before, after, note }, [
    meterReadingVoided,
    (saved) => ({ ...meterFact(saved), ...fact }),
  ]);
  return { id };
}
