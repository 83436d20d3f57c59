import { deadlineAfter } from '@steward/core';
import type { Tx } from '@steward/db';
import { cancelDeadlines } from '@steward/service-kit';

import type { Complaint } from '../domain/complaint.ts';
import type { Clock, ClockKind } from '../domain/deadline-rules.ts';

export async function cancelClocks(tx: Tx, complaint: Complaint, kinds: readonly ClockKind[]): Promise<void> {
  for (const kind of kinds) await cancelDeadlines(tx, complaint, kind);
}

/** When a clock runs out. */
export const dueAtOf = ({ span, startedAt }: Clock, now: Date, zone: string): Date =>
  'dueAt' in span ? span.dueAt : deadlineAfter(startedAt ?? now, span, zone);
