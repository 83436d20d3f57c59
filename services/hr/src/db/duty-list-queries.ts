import type { Tx } from '@steward/db';
import type { Order } from '@steward/service-kit';
import type { EntitySchema, ObjectLiteral, SelectQueryBuilder } from 'typeorm';

/** A condition of a list by the name of its filter: a column, or SQL with `r` for the row and `:name` for the value. */
export type FilterColumns = Readonly<Record<string, string>>;

type Filter = Readonly<Record<string, unknown>>;

/** Rows of a table, under the alias `r`, that fit every condition that is given; a list of values fits any of them. */
export function dutyQuery<Row extends ObjectLiteral>(
  tx: Tx,
  entity: EntitySchema<Row>,
  filter: Filter,
  columns: FilterColumns,
): SelectQueryBuilder<Row> {
  const query = tx.createQueryBuilder(entity, 'r');
  for (const [name, column] of Object.entries({ communityId: 'community_id', ...columns })) {
    const value = filter[name];
    if (value === undefined || value === null) continue;
    const isColumn = /^\w+$/.test(column);
    const sql = isColumn ? `r.${column} = ${Array.isArray(value) ? `any(:${name})` : `:${name}`}` : column;
    query.andWhere(sql, { [name]: value });
  }
  return query;
}

/** By number, and newest first. */
export const dutyOrders: Record<'NUMBER' | 'CREATED_AT_DESC', Order> = {
  NUMBER: { property: 'number', direction: 'ASC' },
  CREATED_AT_DESC: { property: 'createdAt', direction: 'DESC' },
};

export const shiftOrders: Record<'STARTS_AT' | 'STARTS_AT_DESC', Order> = {
  STARTS_AT: { property: 'startsAt', direction: 'ASC' },
  STARTS_AT_DESC: { property: 'startsAt', direction: 'DESC' },
};
