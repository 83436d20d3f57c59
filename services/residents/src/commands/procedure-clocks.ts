import type { Span } from '@steward/core';
import type { Tx } from '@steward/db';
import { startDeadline, type Aggregate, type AggregateRow } from '@steward/service-kit';

import { loadCommunity } from '../db/community-queries.ts';

type Clock = { kind: string; rule: string; span: Span | { dueAt: Date }; warnShare: number; directorShare: number };

/** The desk answers for the procedures of residents. */
const desk = 'CUSTOMER_SERVICE';

/** Starts a clock of a procedure: the desk is warned, its supervisor told of the breach, the director later. */
export async function startClock<Row extends AggregateRow & { communityId: string }>(
  tx: Tx,
  aggregate: Aggregate<Row>,
  row: Row,
  { kind, rule, span, warnShare, directorShare }: Clock,
): Promise<void> {
  const { timeZone } = await loadCommunity(tx, row.communityId);
  const escalations = [
    { afterShare: 1, to: { role: 'supervisor', departmentCode: desk } as const },
    { afterShare: directorShare, to: { role: 'director' } as const },
  ];
  const warnTo = { role: 'clerk', departmentCode: desk } as const;
  await startDeadline(tx, aggregate, row, { kind, rule, span, warnShare, warnTo, escalations }, { zone: timeZone });
}
