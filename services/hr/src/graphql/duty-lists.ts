import type { Tx } from '@steward/db';
import { communityScope, connection, type Command, type Connection, type Order } from '@steward/service-kit';
import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';

import { dutyOrders } from '../db/duty-list-queries.ts';
import type { HrContext } from '../db/loaders.ts';

type ListArgs<F> = { first: number; after?: string | null; filter?: F | null };

/** A page of what the viewer may see; a community that is asked for by name has to be within reach. */
export function dutyList<F extends { communityId?: string | null }, Row extends ObjectLiteral & { id: string }>(
  ctx: HrContext,
  args: ListArgs<F> & { orderBy: string },
  query: (tx: Tx, filter: F) => SelectQueryBuilder<Row>,
  orders: Readonly<Record<string, Order>> = dutyOrders,
): Promise<Connection<Row>> {
  const filter = args.filter ?? ({} as F);
  if (filter.communityId != null) communityScope(ctx.viewer, filter.communityId);
  const order = orders[args.orderBy] ?? dutyOrders.NUMBER;
  return connection(ctx, (tx) => query(tx, filter), order, args);
}

type Loader<Row> = { load(id: string): Promise<Row | null> };

/** Runs a command and answers the row as it then stands, under the name it has in the payload. */
export const answering =
  <Noun extends string, Row>(noun: Noun, loaderOf: (ctx: HrContext) => Loader<Row>) =>
  <Input>(command: Command<Input, { id: string }>) =>
  async (_parent: object, { input }: { input: Input }, ctx: HrContext): Promise<Record<Noun, Row>> => {
    const { id } = await ctx.command(command, input);
    const row = await loaderOf(ctx).load(id);
    if (row === null) throw new Error(`${noun} ${id} is gone`);
    return { [noun]: row } as Record<Noun, Row>;
  };

export const staffOf = (ctx: HrContext, id: string | null) => (id === null ? null : ctx.loaders.staff.load(id));
