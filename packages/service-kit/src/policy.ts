import { newId } from '@steward/core';
import { prepared, rows, txScope, txState, type Tx } from '@steward/db';

/**
 * One figure of a policy: its default, its unit and the rule of the service standard that it carries. An override stays
 * within `least` and `most` (0 and 100,000 where absent), a text fits `pattern` as a whole.
 */
export type PolicyFigure<V = number | string | boolean | readonly string[]> = {
  value: V;
  unit: string;
  rule: string;
  least?: number;
  most?: number;
  pattern?: string;
};

export type PolicyFigures = Record<string, PolicyFigure>;

/** A table of figures that a community may override from a date on. */
export type Policy<F extends PolicyFigures = PolicyFigures> = { name: string; figures: F };

type Widened<V> = V extends number ? number : V extends string ? string : V extends boolean ? boolean : V;

/** The figures of a policy as they hold for one community now. */
export type PolicyValues<F extends PolicyFigures> = { [K in keyof F]: Widened<F[K]['value']> };

export const definePolicy = <const F extends PolicyFigures>(name: string, figures: F): Policy<F> => ({ name, figures });

type Override = { policy: string; key: string; value: unknown };

const cacheKey = Symbol('policy');

const overridesInForce = prepared(`
  select distinct on (policy, key) policy, key, value from policy_override
   where community_id = $1 and valid_from <= $2 order by policy, key, valid_from desc, id desc`);

/** The overrides in force for a community, read once per transaction for all policies. */
function overridesOf(tx: Tx, communityId: string): Promise<Override[]> {
  const cache = txState(tx, cacheKey, () => new Map<string, Promise<Override[]>>());
  const known = cache.get(communityId);
  if (known !== undefined) return known;
  const loading = rows<Override>(tx, overridesInForce, [communityId, txScope(tx).now]);
  cache.set(communityId, loading);
  return loading;
}

/** The policy's defaults with the community's overrides in force at `now`. */
export async function resolvePolicy<F extends PolicyFigures>(
  tx: Tx,
  policy: Policy<F>,
  communityId: string,
): Promise<PolicyValues<F>> {
  const values: Record<string, unknown> = {};
  for (const [key, figure] of Object.entries(policy.figures)) values[key] = figure.value;
  for (const override of await overridesOf(tx, communityId)) {
    if (override.policy === policy.name && override.key in values) values[override.key] = override.value;
  }
  return values as PolicyValues<F>;
}

/** Adds an override; earlier ones stay as history. `value` was checked against the figure's type by the caller. */
export async function insertOverride(
  tx: Tx,
  override: { communityId: string; policy: string; key: string; value: unknown; validFrom: Date; reason: string },
): Promise<void> {
  const { tenantId, actor, now } = txScope(tx);
  await rows(
    tx,
    `insert into policy_override (id, tenant_id, community_id, policy, key, value, valid_from, set_by, reason, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      newId(),
      tenantId,
      override.communityId,
      override.policy,
      override.key,
      JSON.stringify(override.value),
      override.validFrom,
      actor.sub,
      override.reason,
      now,
    ],
  );
  txState(tx, cacheKey, () => new Map<string, unknown>()).delete(override.communityId);
}
