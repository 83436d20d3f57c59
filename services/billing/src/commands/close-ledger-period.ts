import { newId } from '@steward/core';
import { rows, type Tx } from '@steward/db';
import { ledgerPeriodClosed } from '@steward/events';
import { authorize, insertAggregate, managedCommunity, nextNumber, publish } from '@steward/service-kit';

import { ledgerPeriodAggregate } from '../db/ledger-aggregates.ts';
import { booksOf, lockChain } from '../db/ledger-queries.ts';
import { todayIn } from '../db/reference-queries.ts';
import { numberPrefixes } from '../domain/ledger-policy.ts';
import { checkClose, checkReconciled, monthAfter } from '../domain/period-rules.ts';
import type { CloseLedgerPeriodInput } from '../graphql/generated.ts';
import { compareBooks } from './compare-books.ts';

export async function closeLedgerPeriod(tx: Tx, input: CloseLedgerPeriodInput): Promise<{ id: string }> {
  const { communityId, month } = input;
  await authorize(tx, { communityId });
  const { timeZone } = await managedCommunity(tx, communityId);
  // Nobody posts from here on: what is compared is what is closed.
  const chain = await lockChain(tx, communityId);
  checkClose(month, { ...(await booksOf(tx, communityId)), today: await todayIn(tx, communityId) });
  const { checks, findings } = await compareBooks(tx, communityId);
  checkReconciled(checks, findings);
  const startsOn = `${month}-01`;
  const endsOn = monthAfter(month);
  await rows(tx, 'select close_ledger($1, $2)', [communityId, endsOn]);
  const number = await nextNumber(tx, communityId, numberPrefixes.period, timeZone);
  const { height, hash } = chain;
  const fresh = { id: newId(), communityId, number, month, startsOn, endsOn, height, hash };
  const note = { action: 'closeLedgerPeriod', reasonCode: month, rule: 'A232' };
  const period = await insertAggregate(tx, ledgerPeriodAggregate, fresh, note);
  const head = { height, hash: hash.toString('hex') };
  publish(tx, period, ledgerPeriodClosed, { periodId: period.id, communityId, month, ...head });
  return { id: period.id };
}

closeLedgerPeriod.repeats = 'forGood' as const;
