import { DomainError } from '@steward/core';
import type { Tx } from '@steward/db';
import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';

import type { Context } from './context.ts';
import { confine } from './visible.ts';

export type PageArgs = { first?: number | null; after?: string | null };

/** A sort by one property; the id breaks ties, so that a page never skips or repeats a row. */
export type Order = { property: string; direction: 'ASC' | 'DESC' };

export type Connection<Row> = {
  edges: { cursor: string; node: Row }[];
  nodes: Row[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
  /** Counted only when a client selects it. */
  totalCount: () => Promise<number>;
};

export const pageLimit = 100;

const defaultPage = 20;

/** The page size asked for; 1 to 100. */
export function pageSize(args: PageArgs): number {
  const first = args.first ?? defaultPage;
  if (first < 1 || first > pageLimit) {
    throw new DomainError('BAD_USER_INPUT', 'PAGE_SIZE', { path: 'first', params: { min: 1, max: pageLimit } });
  }
  return first;
}

export function decodeCursor(cursor: string): [string, string] {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(parsed) && parsed.length === 2 && parsed.every((part) => typeof part === 'string')) {
      return parsed as [string, string];
    }
  } catch {
    // Falls through to the refusal: a cursor is opaque, anything else is the client's mistake.
  }
  throw new DomainError('BAD_USER_INPUT', 'CURSOR_INVALID', { path: 'after' });
}

const asText = (value: unknown): string => (value instanceof Date ? value.toISOString() : String(value));

export const encodeCursor = (value: unknown, id: string): string =>
  Buffer.from(JSON.stringify([asText(value), id])).toString('base64url');

/** Rows and cursors as a connection; `found` holds one row more than the page when there are more. */
export function toConnection<Row extends { id: string }>(
  found: Row[],
  args: PageArgs,
  cursorOf: (row: Row) => string,
  totalCount: () => Promise<number>,
): Connection<Row> {
  const first = pageSize(args);
  const nodes = found.slice(0, first);
  const edges = nodes.map((node) => ({ cursor: cursorOf(node), node }));
  return {
    edges,
    nodes,
    pageInfo: {
      hasNextPage: found.length > first,
      hasPreviousPage: args.after != null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount,
  };
}

/**
 * A page by keyset of an aggregate's rows, confined to what the access row of its type shows the viewer: `query` builds the
 * filtered query under the alias it names, without order or limit. The order's property must not be null. One statement,
 * and a second only when the total is selected.
 */
export async function connection<Row extends ObjectLiteral & { id: string }>(
  ctx: Context,
  query: (tx: Tx) => SelectQueryBuilder<Row> | Promise<SelectQueryBuilder<Row>>,
  order: Order,
  args: PageArgs,
  /** Coordinates of values that the filter finds rows by and that not everybody may read; see `confine`. */
  filteredBy: readonly string[] = [],
): Promise<Connection<Row>> {
  const size = pageSize(args);
  const own = { householdIds: await ctx.ownHouseholds() };
  const confined = async (tx: Tx): Promise<SelectQueryBuilder<Row>> =>
    confine(ctx, tx, await query(tx), own, filteredBy);
  const found = await ctx.read(async (tx) => {
    const builder = await confined(tx);
    const { alias } = builder;
    const column = (property: string): string => `${alias}.${property}`;
    if (args.after != null) {
      const [value, id] = decodeCursor(args.after);
      const compare = order.direction === 'ASC' ? '>' : '<';
      builder.andWhere(`(${column(order.property)}, ${column('id')}) ${compare} (:cursorValue, :cursorId)`, {
        cursorValue: value,
        cursorId: id,
      });
    }
    return builder
      .orderBy(column(order.property), order.direction)
      .addOrderBy(column('id'), order.direction)
      .limit(size + 1)
      .getMany();
  });
  const cursorOf = (row: Row): string => encodeCursor(row[order.property], row.id);
  return toConnection(found, args, cursorOf, () => ctx.read(async (tx) => (await confined(tx)).getCount()));
}
