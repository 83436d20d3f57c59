import { deadlineAfter } from '@steward/core';
import type { Tx } from '@steward/db';
import { cancelDeadlines, startDeadline, type Aggregate, type AggregateRow } from '@steward/service-kit';

import type { Complaint } from '../domain/complaint.ts';
import type { Clock, ClockKind } from '../domain/deadline-rules.ts';

/** Starts clocks of an aggregate that this transaction has saved. */
export async function startClocks<Row extends AggregateRow>(
  tx: Tx,
  aggregate: Aggregate<Row>,
  row: Row,
  clocks: readonly Clock[],
  zone: string,
): Promise<void> {
  for (const clock of clocks) {
    const from = clock.startedAt === undefined ? { zone } : { zone, startedAt: clock.startedAt };
    await startDeadline(tx, aggregate, row, clock, from);
  }
}

export async function cancelClocks(tx: Tx, complaint: Complaint, kinds: readonly ClockKind[]): Promise<void> {
  for (const kind of kinds) await cancelDeadlines(tx, complaint, kind);
}

/** When a clock runs out. */
export const dueAtOf = ({ span, startedAt }: Clock, now: Date, zone: string): Date =>
  'dueAt' in span ? span.dueAt : deadlineAfter(startedAt ?? now, span, zone);
