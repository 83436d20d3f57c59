import { hasRole, type AccessRow, type Own, type Viewer } from '@steward/auth';
import { DomainError } from '@steward/core';
import type { Tx } from '@steward/db';
import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';

import type { AnyAggregate } from './aggregate.ts';
import type { Context } from './context.ts';
import { serviceOf } from './running.ts';

/** What of a type a viewer may see: all of the tenant, nothing, or what is in communities or is theirs. */
export type Visible =
  | 'everything'
  | 'nothing'
  | {
      /** `all`: of any community; empty: of none. */
      communityIds: string[] | 'all';
      own: { householdIds: readonly string[]; personId: string | null; staffId: string | null } | null;
    };

/** The row of a statement that is to be judged, and what its conditions may refer to. */
export type RowSql = {
  /** The row's alias. */
  row: string;
  /** Place of the instant at which the list is read. */
  now: string;
  /** Place of the ids of the viewer's households. */
  ownHouseholds: string;
  viewer: Viewer;
};

/**
 * What an aggregate's `subject` says, as conditions of a statement: lists show by it what the access table shows one by
 * one. Both are told the same way or one of them lies.
 */
export type ListSubject = {
  /** In one of the viewer's communities, which `among` asks of a column; the row's `community_id` unless said otherwise. */
  communities?: (sql: RowSql, among: (column: string) => string) => string;
  /** Of one of the households whose ids are at the place. */
  households?: (sql: RowSql, ids: string) => string;
  /** Of the person whose id is at the place. */
  person?: (sql: RowSql, id: string) => string;
  /** Of the member of staff whose id is at the place. */
  staff?: (sql: RowSql, id: string) => string;
};

/** What a row of the access table lets a viewer see. */
export function visibleBy(access: AccessRow, viewer: Viewer, own: Own): Visible {
  // `inherit` is a value type, guarded by whatever holds it.
  if (viewer.actor === 'system' || access === 'authenticated' || access === 'inherit') return 'everything';
  if (access === 'nobody') return 'nothing';
  const relations = new Set(access.filter((grant) => hasRole(grant, viewer)).map(({ relation }) => relation));
  if (relations.has('tenant')) return 'everything';
  if (relations.size === 0) return 'nothing';
  const { personId = null, staffId = null } = viewer;
  return {
    communityIds: relations.has('community') ? viewer.communityIds : [],
    own: relations.has('own') ? { householdIds: own.householdIds, personId, staffId } : null,
  };
}

/** What the viewer may see of `Type`, or of the objects whose `Type.field` they may read. */
export const visible = async (ctx: Context, coordinate: string): Promise<Visible> =>
  visibleBy(ctx.accessTo(coordinate), ctx.viewer, { householdIds: await ctx.ownHouseholds() });

const inHomeCommunity = ({ row }: RowSql, among: (column: string) => string): string => among(`${row}.community_id`);

/** Each way in which a row may be visible; none means that it is not. */
function waysIn(seen: Exclude<Visible, string>, sql: RowSql, subject: ListSubject): string[] {
  const { communityIds, own } = seen;
  const among = (column: string): string =>
    communityIds === 'all' ? `${column} is not null` : `${column} = any(:visibleCommunities)`;
  const isNearSome = communityIds === 'all' || communityIds.length > 0;
  const ways = isNearSome ? [(subject.communities ?? inHomeCommunity)(sql, among)] : [];
  if (own === null) return ways;
  if (own.householdIds.length > 0 && subject.households) ways.push(subject.households(sql, sql.ownHouseholds));
  if (own.personId !== null && subject.person) ways.push(subject.person(sql, ':visiblePerson'));
  if (own.staffId !== null && subject.staff) ways.push(subject.staff(sql, ':visibleStaff'));
  return ways;
}

function aggregateOf<Row extends ObjectLiteral>(tx: Tx, query: SelectQueryBuilder<Row>): AnyAggregate {
  const { name } = query.expressionMap.mainAlias?.metadata ?? {};
  const found = serviceOf(tx).aggregates.find(
    ({ entity }) => (entity as { options?: { name?: string } }).options?.name === name,
  );
  if (found === undefined) throw new Error(`${name ?? 'the query'} is no aggregate: whose its rows are is not known`);
  return found;
}

/**
 * Confines a query to what the access row of its aggregate's type shows the viewer, whatever the query itself confines
 * to: a list that forgets to shows nothing more for it. `own` is read before the transaction.
 *
 * `filteredBy` names the values by which the query finds rows and which not everybody who sees the rows may read: such a
 * filter tells the value to who asks often enough. It finds only rows whose value the viewer may read, and is FORBIDDEN
 * for who may read it of none.
 */
export function confine<Row extends ObjectLiteral>(
  ctx: Context,
  tx: Tx,
  query: SelectQueryBuilder<Row>,
  own: Own,
  filteredBy: readonly string[] = [],
): SelectQueryBuilder<Row> {
  const { viewer } = ctx;
  const { graphqlType, listSubject = {} } = aggregateOf(tx, query);
  const sql = { row: query.alias, now: ':visibleAt', ownHouseholds: ':visibleHouseholds', viewer };
  const shownBy = (coordinate: string): string => {
    const seen = visibleBy(ctx.accessTo(coordinate), viewer, own);
    if (typeof seen === 'string') return seen === 'everything' ? 'true' : 'false';
    return waysIn(seen, sql, listSubject).join(' or ') || 'false';
  };
  const conditions = [graphqlType, ...filteredBy].map(shownBy);
  if (conditions.slice(1).includes('false')) throw new DomainError('FORBIDDEN', 'ACCESS_DENIED', { path: 'filter' });
  for (const condition of conditions) if (condition !== 'true') query.andWhere(`(${condition})`);
  return query.setParameters({
    visibleAt: ctx.now,
    visibleCommunities: viewer.communityIds,
    visibleHouseholds: own.householdIds,
    visiblePerson: viewer.personId,
    visibleStaff: viewer.staffId,
  });
}

/** Types that some viewers see as their own, though nothing says in SQL whose their rows are. */
export const ownerless = (aggregates: readonly AnyAggregate[], accessTo: (type: string) => AccessRow): string[] =>
  aggregates
    .filter(({ graphqlType, listSubject }) => {
      const row = accessTo(graphqlType);
      const isOwned = typeof row !== 'string' && row.some(({ relation }) => relation === 'own');
      return isOwned && !(listSubject?.households ?? listSubject?.person ?? listSubject?.staff);
    })
    .map(({ graphqlType }) => graphqlType);
