import type { Own } from '@steward/auth';
import { DomainError } from '@steward/core';
import { rows, type Tx } from '@steward/db';
import DataLoader from 'dataloader';
import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';

import {
  decodeCursor,
  encodeCursor,
  pageSize,
  toConnection,
  type Connection,
  type Order,
  type PageArgs,
} from './connection.ts';
import type { Context } from './context.ts';
import { uuid } from './loaders.ts';
import { confine } from './visible.ts';

/** A page of a list that hangs on a parent, such as the work orders of a unit. */
export type PageOf<Row extends ObjectLiteral> = {
  parentId: string;
  /** Names the list, e.g. `Unit.workOrders`: its pages with equal arguments are read together. */
  list: string;
  /** Everything the client asked for: `first`, `after` and whatever `query` reads besides. */
  args: PageArgs;
  /** As for `connection`: by a property that is never null. */
  order: Order;
  /**
   * The filtered query under the alias it names, without order or limit, confined to one parent: `parent` is the SQL that
   * stands for the parent's id. Of pages that are read together only the first one's is asked, so it must follow from
   * the viewer, `list` and `args` alone; what else it needs is read before.
   */
  query(tx: Tx, parent: string): SelectQueryBuilder<Row>;
};

type Listed = ObjectLiteral & { id: string };
type Built = [sql: string, params: unknown[]];

const parent = 'parent.id';

/** Runs `inner` once for each parent, in one statement; row-level security binds it like any other. */
const forEach = (inner: string, next: number): string =>
  `select parent.id as "parentId", found.* from unnest($${next}::uuid[]) as parent(id) cross join lateral (${inner}) found`;

async function runForEach(tx: Tx, [sql, params]: Built, ids: readonly string[]): Promise<ObjectLiteral[]> {
  return rows<ObjectLiteral>(tx, forEach(sql, params.length + 1), [...params, ids]);
}

/** The statement of one page with the parent left open. */
function pageSql<Row extends Listed>(builder: SelectQueryBuilder<Row>, { args, order }: PageOf<Row>): Built {
  const { alias } = builder;
  const sorted = `${alias}.${order.property}`;
  if (args.after != null) {
    const [cursorValue, cursorId] = decodeCursor(args.after);
    const compare = order.direction === 'ASC' ? '>' : '<';
    const position = { cursorValue, cursorId };
    builder.andWhere(`(${sorted}, ${alias}.id) ${compare} (:cursorValue, :cursorId)`, position);
  }
  return builder
    .select(`${alias}.*`)
    .orderBy(sorted, order.direction)
    .addOrderBy(`${alias}.id`, order.direction)
    .limit(pageSize(args) + 1)
    .getQueryAndParameters();
}

/** Rows as the entity has them, from the columns of its table. */
function hydrator<Row extends Listed>(builder: SelectQueryBuilder<Row>): (found: ObjectLiteral) => Row {
  const { metadata } = builder.expressionMap.mainAlias ?? {};
  if (metadata === undefined) throw new Error('the query of a list selects from an entity');
  const { driver } = builder.connection;
  return (found) =>
    Object.fromEntries(
      metadata.columns.map((column) => [
        column.propertyName,
        driver.prepareHydratedValue(found[column.databaseName], column),
      ]),
    ) as Row;
}

/** The query of a page, confined to what the viewer may see whatever it confines to itself. */
const confined = <Row extends Listed>(ctx: Context, tx: Tx, page: PageOf<Row>, own: Own): SelectQueryBuilder<Row> =>
  confine(ctx, tx, page.query(tx, parent), own);

async function readPages<Row extends Listed>(
  tx: Tx,
  page: PageOf<Row>,
  builder: SelectQueryBuilder<Row>,
  ids: readonly string[],
): Promise<Map<string, Row[]>> {
  const toRow = hydrator(builder);
  const found = new Map<string, Row[]>(ids.map((id) => [id, []]));
  for (const { parentId, ...row } of await runForEach(tx, pageSql(builder, page), ids)) {
    found.get(parentId as string)?.push(toRow(row));
  }
  return found;
}

/** Totals of the lists that one batch has read, counted together as soon as one is asked for. */
const totals = <Row extends Listed>(ctx: Context, page: PageOf<Row>, own: Own): DataLoader<string, number> =>
  new DataLoader((ids) =>
    ctx.read(async (tx) => {
      const counting = confined(ctx, tx, page, own).select('count(*)', 'count').getQueryAndParameters();
      const found = await runForEach(
        tx,
        counting,
        ids.filter((id) => uuid.test(id)),
      );
      const counts = new Map(found.map(({ parentId, count }) => [parentId as string, Number(count)]));
      return ids.map((id) => counts.get(id) ?? 0);
    }),
  );

/** Pages that one statement reads: those of one list with the same arguments. */
type Group<Row extends Listed> = { page: PageOf<Row>; ids: string[]; totals: DataLoader<string, number> };

const groupOf = ({ list, args }: Pick<PageOf<never>, 'list' | 'args'>): string => JSON.stringify([list, args]);

function grouped<Row extends Listed>(ctx: Context, pages: readonly PageOf<Row>[], own: Own): Map<string, Group<Row>> {
  const groups = new Map<string, Group<Row>>();
  for (const page of pages) {
    const key = groupOf(page);
    const group = groups.get(key) ?? { page, ids: [], totals: totals(ctx, page, own) };
    // A text that is no id has no list; it must not spoil the statement for its neighbours.
    if (uuid.test(page.parentId)) group.ids.push(page.parentId);
    groups.set(key, group);
  }
  return groups;
}

function asRefusal(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  throw error;
}

/**
 * Pages of lists below many parents: as `connection`, but however many parents ask, each list with the same arguments
 * costs one statement, and a second one when totals are selected. A service declares it among its loaders, once for all
 * lists of an entity.
 */
export const pagesByParent = <Row extends Listed>(ctx: Context): DataLoader<PageOf<Row>, Connection<Row>, string> =>
  new DataLoader<PageOf<Row>, Connection<Row>, string>(
    async (pages) => {
      const own = { householdIds: await ctx.ownHouseholds() };
      const groups = grouped(ctx, pages, own);
      const found = new Map<string, Map<string, Row[]> | DomainError>();
      await ctx.read(async (tx) => {
        for (const [key, { page, ids }] of groups) {
          // Arguments that are refused fail their own list, not those that are read along with it.
          found.set(key, await readPages(tx, page, confined(ctx, tx, page, own), ids).catch(asRefusal));
        }
      });
      return pages.map((page) => {
        const key = groupOf(page);
        const { parentId, args, order } = page;
        const read = found.get(key);
        if (read instanceof DomainError) return read;
        const cursorOf = (row: Row): string => encodeCursor(row[order.property], row.id);
        const total = (): Promise<number> => groups.get(key)?.totals.load(parentId) ?? Promise.resolve(0);
        return toConnection(read?.get(parentId) ?? [], args, cursorOf, total);
      });
    },
    { cacheKeyFn: ({ parentId, list, args }) => JSON.stringify([parentId, list, args]) },
  );
