import {
  decodeCursor,
  encodeCursor,
  pageSize,
  toConnection,
  type Connection,
  type PageArgs,
} from '@steward/service-kit';

import { childCount, childPage, type ChildList } from '../db/charging-list-queries.ts';
import type { BillingContext } from '../db/loaders.ts';

type Below<Row> = {
  parentId: string;
  /** The value of the list's order in a row. */
  place: (row: Row) => unknown;
  more?: readonly unknown[];
};

/** A page of rows below a parent that the viewer was shown. */
export async function childList<Row extends { id: string }>(
  ctx: BillingContext,
  list: ChildList,
  args: PageArgs,
  { parentId, place, more = [] }: Below<Row>,
): Promise<Connection<Row>> {
  const count = pageSize(args) + 1;
  const after = args.after == null ? null : decodeCursor(args.after)[0];
  const found = await ctx.read((tx) => childPage<Row>(tx, list, { parentId, after, count, more }));
  const cursorOf = (row: Row): string => encodeCursor(place(row), row.id);
  return toConnection(found, args, cursorOf, () => ctx.read((tx) => childCount(tx, list, parentId, more)));
}
