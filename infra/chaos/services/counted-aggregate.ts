import { aggregateColumns, column, defineEntity, tenantTableSql, type Migration, type Tx } from '@steward/db';
import { defineAggregate, insertAggregate, saveAggregate, type AggregateRow } from '@steward/service-kit';

import { communityId } from './parcel-events.ts';

/** The smallest aggregate: it counts what has happened to it. */
export type CountedRow = AggregateRow & { steps: number };

const { number: _number, ...columns } = aggregateColumns;

/** `type` is its name in events, in the graph (capitalised) and in the database. */
export function countedAggregate(type: string) {
  const graphqlType = type.charAt(0).toUpperCase() + type.slice(1);
  const entity = defineEntity<CountedRow>({
    name: graphqlType,
    table: type,
    columns: { ...columns, steps: column.int() },
  });
  const subject = () => ({ communityId });
  const aggregate = defineAggregate<CountedRow>({ type, table: type, graphqlType, entity, subject });
  const table: Migration = {
    name: `20261122-9002-chaos-${type}`,
    up: `create table ${type} (id uuid primary key, tenant_id uuid not null, community_id uuid not null,
           version int not null, created_at timestamptz not null, steps int not null); ${tenantTableSql(type)}`,
    down: `drop table ${type}`,
  };
  /** Begins it or counts one more; its row is locked to the end of the transaction. */
  const count = async (tx: Tx, id: string): Promise<CountedRow> => {
    const before = await tx
      .createQueryBuilder(entity, 'a')
      .setLock('pessimistic_write')
      .where('a.id = :id', { id })
      .getOne();
    if (before === null) return insertAggregate(tx, aggregate, { id, communityId, steps: 1 }, { action: 'begin' });
    return saveAggregate(tx, aggregate, before, { ...before, steps: before.steps + 1 }, { action: 'count' });
  };
  return { aggregate, entity, table, count };
}
