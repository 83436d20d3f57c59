import type { Tx } from '@steward/db';
import { authorize, lockAggregate, type Aggregate, type AggregateRow } from '@steward/service-kit';

type Input = { id: string; expectedVersion?: number | null };

/** An aggregate of a command, locked; refused to whoever may not run the command on it. */
export async function lockOf<Row extends AggregateRow>(tx: Tx, aggregate: Aggregate<Row>, input: Input): Promise<Row> {
  const row = await lockAggregate(tx, aggregate, input.id, input.expectedVersion);
  await authorize(tx, aggregate.subject(row));
  return row;
}
