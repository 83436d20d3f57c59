import type { Tx } from '@steward/db';
import {
  authorize,
  authorizeByMatrix,
  lockAggregate,
  type Aggregate,
  type AggregateRow,
  type AuthorityAct,
  type AuthorityHeld,
} from '@steward/service-kit';

type Input = { id: string; expectedVersion?: number | null };

/** An aggregate of a command, locked; refused to whoever may not run the command on it. */
export async function lockOf<Row extends AggregateRow>(tx: Tx, aggregate: Aggregate<Row>, input: Input): Promise<Row> {
  const row = await lockAggregate(tx, aggregate, input.id, input.expectedVersion);
  await authorize(tx, aggregate.subject(row));
  return row;
}

/** The same for an act that the authority matrix may give to others as well, with what the caller holds. */
export async function lockByMatrix<Row extends AggregateRow & { communityId: string }>(
  tx: Tx,
  aggregate: Aggregate<Row>,
  act: AuthorityAct,
  input: Input,
): Promise<{ row: Row; held: AuthorityHeld }> {
  const row = await lockAggregate(tx, aggregate, input.id, input.expectedVersion);
  return { row, held: await authorizeByMatrix(tx, aggregate, row, act) };
}
