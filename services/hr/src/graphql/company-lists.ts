import type { Tx } from '@steward/db';
import { connection, type Connection } from '@steward/service-kit';
import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';

import { dutyOrders } from '../db/duty-list-queries.ts';
import type { HrContext } from '../db/loaders.ts';

type ListArgs<F> = { first: number; after?: string | null; filter?: F | null; orderBy: 'NUMBER' | 'CREATED_AT_DESC' };

/** A page of what belongs to the company as a whole. */
export const companyList = <F extends object, Row extends ObjectLiteral & { id: string }>(
  ctx: HrContext,
  args: ListArgs<F>,
  query: (tx: Tx, filter: F) => SelectQueryBuilder<Row>,
): Promise<Connection<Row>> =>
  connection(ctx, (tx) => query(tx, args.filter ?? ({} as F)), dutyOrders[args.orderBy], args);
