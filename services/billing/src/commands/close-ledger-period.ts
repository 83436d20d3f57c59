import { newId } from '@steward/core';
import { rows, type Tx } from '@steward/db';
import { ledgerPeriodClosed } from '@steward/events';
import { authorize, insertAggregate, managedCommunity, nextNumber, publish } from '@steward/service-kit';

import { ledgerPeriodAggregate } from '../db/ledger-aggregates.ts';
import { booksOf, lockChain } from '../db/ledger-queries.ts';
import { todayIn } from '../db/reference-queries.ts';
import { findAlteredFrame, lastComparison, lastHeight, postingsIn } from '../db/verification-queries.ts';
import { beginningOf, postingsAtOnce, postingsInAnswer } from '../domain/book-comparison.ts';
import type { LedgerFinding } from '../domain/ledger-period.ts';
import { numberPrefixes } from '../domain/ledger-policy.ts';
import { checkClose, checkCompared, checkReconciled, monthAfter } from '../domain/period-rules.ts';
import type { CloseLedgerPeriodInput } from '../graphql/generated.ts';
import { checkBooks } from './compare-books.ts';
import { findAlteredSince, verifySome } from './verify-parts.ts';

/** After a comparison in which everything fitted, what came since; else all of the books. What is more goes first by itself. */
async function findAlteredAtClose(tx: Tx, communityId: string, to: number): Promise<LedgerFinding[]> {
  const { isClean, verifiedTo } = await lastComparison(tx, communityId);
  const blocks = { from: verifiedTo + 1, to };
  if (!isClean) {
    const { findings, next } = await verifySome(tx, communityId, beginningOf([blocks]), postingsInAnswer);
    checkCompared(next === null || findings.length > 0);
    return findings;
  }
  checkCompared((await postingsIn(tx, communityId, blocks)) <= postingsAtOnce);
  return [...(await findAlteredFrame(tx, communityId)), ...(await findAlteredSince(tx, communityId, blocks))];
}

async function checkClosable(tx: Tx, { communityId, month }: CloseLedgerPeriodInput): Promise<void> {
  checkClose(month, { ...(await booksOf(tx, communityId)), today: await todayIn(tx, communityId) });
}

export async function closeLedgerPeriod(tx: Tx, input: CloseLedgerPeriodInput): Promise<{ id: string }> {
  const { communityId, month } = input;
  await authorize(tx, { communityId });
  const { timeZone } = await managedCommunity(tx, communityId);
  await checkClosable(tx, input);
  const verifiedTo = await lastHeight(tx, communityId);
  const findings = await findAlteredAtClose(tx, communityId, verifiedTo);
  checkReconciled(await checkBooks(tx, communityId), findings);
  // Nobody posts from here on, so what is left to verify is what was posted meanwhile: tills wait for no more than that.
  const chain = await lockChain(tx, communityId);
  await checkClosable(tx, input);
  if (chain.height > verifiedTo)
    checkReconciled([], await findAlteredSince(tx, communityId, { from: verifiedTo + 1, to: chain.height }));
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
