import { addDays, localDate, newId } from '@steward/core';
import type { Tx } from '@steward/db';
import { ledgerHeadPublished } from '@steward/events';
import {
  findCommunityReference,
  insertAggregate,
  nextNumber,
  publish,
  schedule,
  type DueTimer,
} from '@steward/service-kit';

import { ledgerHeadAggregate } from '../db/ledger-aggregates.ts';
import { lastHeadOf } from '../db/ledger-queries.ts';
import { headOf } from '../db/verification-queries.ts';
import { shareToReread, type Round } from '../domain/book-comparison.ts';
import { numberPrefixes } from '../domain/ledger-policy.ts';
import { scheduleComparison } from './compare-books.ts';
import { endOfDay } from './issue-collection-report.ts';

export const ledgerHeadTimer = 'ledger-head';

/**
 * Timer: tells everybody where the chain of blocks stands at the end of the day, so that nothing before it can be altered
 * unnoticed. The books are compared after it by a timer of their own (A232): however long that takes, the head is told.
 */
export async function publishLedgerHead(tx: Tx, due: DueTimer<Partial<Round>>): Promise<void> {
  const community = await findCommunityReference(tx, due.communityId ?? '');
  if (community === null || community.status === 'LEFT') return;
  const { id: communityId, timeZone: zone } = community;
  const head = await headOf(tx, communityId);
  const onDay = addDays(localDate(due.dueAt, zone), -1);
  const before = await lastHeadOf(tx, communityId);
  const isToTell = head !== null && before?.onDay !== onDay;
  const round: Round = { day: 0, rereadTo: 0, ...due.payload };
  const { share, next } = shareToReread(round, before?.height ?? 0);
  const payload = isToTell ? next : round;
  await schedule(tx, { kind: ledgerHeadTimer, communityId, dueAt: endOfDay(due.dueAt, zone), payload });
  if (!isToTell) return;
  const number = await nextNumber(tx, communityId, numberPrefixes.head, zone);
  const fresh = { id: newId(), communityId, number, onDay, ...head };
  const kept = await insertAggregate(tx, ledgerHeadAggregate, fresh, { action: 'publishLedgerHead', rule: 'A232' });
  const { height, hash } = kept;
  publish(tx, kept, ledgerHeadPublished, { communityId, on: onDay, height, hash: hash.toString('hex') });
  await scheduleComparison(tx, communityId, share);
}
