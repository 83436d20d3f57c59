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
import { numberPrefixes } from '../domain/ledger-policy.ts';
import { recordReconciliation } from './compare-books.ts';
import { endOfDay } from './issue-collection-report.ts';

export const ledgerHeadTimer = 'ledger-head';

/**
 * Timer: tells everybody where the chain of blocks stands at the end of the day, so that nothing before it can be altered
 * unnoticed, and compares the books (A232). What was told of the day before is verified again up to now.
 */
export async function publishLedgerHead(tx: Tx, due: DueTimer): Promise<void> {
  const community = await findCommunityReference(tx, due.communityId ?? '');
  if (community === null || community.status === 'LEFT') return;
  const { id: communityId, timeZone: zone } = community;
  await schedule(tx, { kind: ledgerHeadTimer, communityId, dueAt: endOfDay(due.dueAt, zone) });
  const head = await headOf(tx, communityId);
  if (head === null) return;
  const onDay = addDays(localDate(due.dueAt, zone), -1);
  const before = await lastHeadOf(tx, communityId);
  if (before?.onDay === onDay) return;
  await recordReconciliation(tx, communityId, (before?.height ?? 0) + 1);
  const number = await nextNumber(tx, communityId, numberPrefixes.head, zone);
  const fresh = { id: newId(), communityId, number, onDay, ...head };
  const kept = await insertAggregate(tx, ledgerHeadAggregate, fresh, { action: 'publishLedgerHead', rule: 'A232' });
  const { height, hash } = kept;
  publish(tx, kept, ledgerHeadPublished, { communityId, on: onDay, height, hash: hash.toString('hex') });
}
