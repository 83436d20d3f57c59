import { allows, roles as everyRole, type AccessPolicy, type Grant, type Subject } from '@steward/auth';
import { DomainError } from '@steward/core';
import { column, defineEntity, rows, tenantTableSql, txScope, type Tx } from '@steward/db';
import { authorityGrantEvents, subscribe, type Handler, type StewardEvent } from '@steward/events';
import type DataLoader from 'dataloader';

import type { Aggregate, AggregateRow } from '../aggregate.ts';
import { authorize, ownHouseholds } from '../authorize.ts';
import {
  availableActions,
  refusalOf,
  type AvailableAction,
  type JudgedAction,
  type StateRefusal,
} from '../available-actions.ts';
import type { Context } from '../context.ts';
import { loader } from '../loaders.ts';
import { invocationOf, serviceOf } from '../running.ts';
import { keepLatest } from './keep-latest.ts';

/** What a service keeps of a grant or a delegation of hr's authority matrix, in a table of its own. */
export type AuthorityGrantReference = {
  id: string;
  tenantId: string;
  action: string;
  role: string | null;
  delegateId: string | null;
  /** Null: in every community. */
  scopeId: string | null;
  limitAmount: number | null;
  validFrom: string;
  validTo: string | null;
  isRevoked: boolean;
};

/** For a migration of the service; never edited, because migrations that contain it have run. */
export const authorityGrantReferenceSql = `
-- Days are half-open [valid_from, valid_to).
create table authority_grant_reference (
  id uuid primary key,
  tenant_id uuid not null,
  action text not null,
  role text,
  delegate_id uuid,
  scope_id uuid,
  limit_amount bigint check (limit_amount >= 0),
  valid_from date not null,
  valid_to date,
  is_revoked boolean not null,
  check ((role is null) <> (delegate_id is null))
);
create index authority_grant_reference_of_action on authority_grant_reference (tenant_id, action);
${tenantTableSql('authority_grant_reference')}`;

const optional = { nullable: true };

export const authorityGrantReferenceEntity = defineEntity<AuthorityGrantReference>({
  name: 'AuthorityGrantReference',
  table: 'authority_grant_reference',
  columns: {
    id: column.id(),
    tenantId: column.uuid(),
    action: column.text(),
    role: column.text(optional),
    delegateId: column.uuid(optional),
    scopeId: column.uuid(optional),
    limitAmount: column.bigint(optional),
    validFrom: column.date(),
    validTo: column.date(optional),
    isRevoked: column.bool(),
  },
});

type GrantData = ReturnType<(typeof authorityGrantEvents.granted)['data']['parse']>;

const keepGrant =
  (isRevoked: boolean) =>
  async (tx: Tx, { data, tenantid: tenantId }: StewardEvent<GrantData>): Promise<void> => {
    const { grantId: id, communityId: scopeId, action, role, delegateId, limitAmount, validFrom, validTo } = data;
    const terms = { action, role, delegateId, scopeId, limitAmount, validFrom, validTo };
    await keepLatest(tx, authorityGrantReferenceEntity, [{ id, tenantId, ...terms, isRevoked }]);
  };

/** Reader that keeps the table; it has a name of its own, so that grants from before the service followed them count. */
export const authorityConsumer: { name: string; handlers: Handler[] } = {
  name: 'authority',
  handlers: [
    subscribe(authorityGrantEvents.granted, 'keep-authority-grant', keepGrant(false)),
    subscribe(authorityGrantEvents.delegated, 'keep-authority-grant', keepGrant(false)),
    subscribe(authorityGrantEvents.revoked, 'keep-authority-grant', keepGrant(true)),
  ],
};

/** Every member of staff may ask for what can be granted; `authorizeByMatrix` refuses who holds nothing. */
export const granted: Grant = {
  roles: everyRole.filter((role) => role !== 'resident' && role !== 'committee'),
  relation: 'granted',
};

/** The rows of these mutations in an access table, for what can be granted as well. */
export const grantable = (access: AccessPolicy, mutations: readonly string[]): AccessPolicy =>
  Object.fromEntries(
    mutations.map((mutation) => {
      const row = access[`Mutation.${mutation}`] ?? 'nobody';
      if (typeof row === 'string') throw new Error(`${mutation} is not for certain roles`);
      return [`Mutation.${mutation}`, [...row, granted]];
    }),
  );

/** What somebody holds of an authority in a community today. */
export type AuthorityHeld = {
  /** Roles whose built-in authority holds: the company granted nothing in its place. */
  builtInRoles: readonly string[];
  /** Up to which amounts, in minor units, grants and delegations reach; null: without a limit. */
  limits: readonly (number | null)[];
};

/** An act by its name in the matrix, with the rule by which the service enforces it. */
export type AuthorityAct = { action: string; rule: string };

export const isWithinGrant = ({ limits }: AuthorityHeld, amount: number): boolean =>
  limits.some((limit) => limit === null || amount <= limit);

type Held = { communityId: string; action: string; role: string | null; limitAmount: number | null };

const inForce = `
  select c.id as "communityId", g.action, g.role, g.limit_amount as "limitAmount"
    from community_reference c
    join authority_grant_reference g on g.scope_id is null or g.scope_id = c.id
   cross join lateral (select ($3::timestamptz at time zone c.time_zone)::date as day) today
   where c.id = any($1::uuid[]) and g.action = any($2::text[]) and not g.is_revoked
     and g.valid_from <= today.day and (g.valid_to is null or g.valid_to > today.day)
     and (g.role = any($4::text[]) or g.delegate_id = $5::uuid)`;

type Where = { communityId: string; action: string };

/** For the transaction's viewer, by one statement however many places and acts are asked for. */
async function heldIn(tx: Tx, asked: readonly Where[]): Promise<AuthorityHeld[]> {
  const { roles, staffId = null } = invocationOf(tx).viewer;
  const communityIds = [...new Set(asked.map(({ communityId }) => communityId))];
  const actions = [...new Set(asked.map(({ action }) => action))];
  const found = await rows<Held>(tx, inForce, [communityIds, actions, txScope(tx).now, roles, staffId]);
  return asked.map(({ communityId, action }) => {
    const own = found.filter((grant) => grant.communityId === communityId && grant.action === action);
    const builtInRoles = roles.filter((role) => !own.some((grant) => grant.role === role));
    return { builtInRoles, limits: own.map(({ limitAmount }) => limitAmount) };
  });
}

/** Whether the company has ever said anything about an act; until then what is built in stands alone. */
async function isPublished(tx: Tx, action: string): Promise<boolean> {
  return tx.existsBy(authorityGrantReferenceEntity, { action });
}

/** Who holds a grant acts on what they may see: sight is the access table's, not the matrix's. */
async function maySee(tx: Tx, graphqlType: string, subject: Subject): Promise<boolean> {
  const { viewer } = invocationOf(tx);
  const row = serviceOf(tx).access[graphqlType] ?? 'nobody';
  return typeof row !== 'string' && allows(row, viewer, subject, { householdIds: await ownHouseholds(tx, viewer) });
}

/**
 * `authorize` for an act of the authority matrix: who holds a grant or a delegation in force passes as if the access table
 * named them, and the command measures the amount by the answer. Once the company has published anything about the act,
 * who holds nothing is refused by the rule (AUTHORITY_LACKING).
 */
export async function authorizeByMatrix<Row extends AggregateRow & { communityId: string }>(
  tx: Tx,
  aggregate: Aggregate<Row>,
  row: Row,
  { action, rule }: AuthorityAct,
): Promise<AuthorityHeld> {
  const [held = { builtInRoles: [], limits: [] }] = await heldIn(tx, [{ communityId: row.communityId, action }]);
  const subject = aggregate.subject(row);
  const isHeld = held.limits.length > 0 && (await maySee(tx, aggregate.graphqlType, subject));
  const refusal = async () =>
    (await isPublished(tx, action))
      ? new DomainError('FORBIDDEN', 'AUTHORITY_LACKING', { rule, params: { action } })
      : null;
  await authorize(tx, subject, { isHeld, refusal });
  return held;
}

/** What the viewer holds, by community and act; read once per request for however many objects. */
export const authorityLoader = (ctx: Context): DataLoader<string, AuthorityHeld | null> =>
  loader<string, AuthorityHeld>(ctx, (tx, keys) =>
    heldIn(
      tx,
      keys.map((key) => {
        const [communityId = '', action = ''] = key.split(' ');
        return { communityId, action };
      }),
    ),
  );

/** An act with the rule that measures what somebody holds: it answers or throws the refusal. */
type Measured = { action: string; measure?(held: AuthorityHeld): StateRefusal | null | void };

/**
 * `availableActions` of an object of which some actions take authority: allowed as well to who holds a grant or a
 * delegation, and refused where what somebody holds does not reach.
 */
export async function availableByMatrix(
  ctx: Context<{ authority: DataLoader<string, AuthorityHeld | null> }>,
  subject: Subject & { communityId: string },
  judged: readonly JudgedAction[],
  acts: Readonly<Record<string, Measured>>,
): Promise<AvailableAction[]> {
  const listed = await availableActions(ctx, subject, judged);
  return Promise.all(
    listed.map(async (each, index) => {
      const act = acts[each.action];
      if (act === undefined) return each;
      const held = await ctx.loaders.authority.load(`${subject.communityId} ${act.action}`);
      if (held === null || (!each.allowed && held.limits.length === 0)) return each;
      const refusal = judged[index]?.refusal ?? refusalOf(() => act.measure?.(held));
      return { ...each, allowed: refusal === null, refusal };
    }),
  );
}
