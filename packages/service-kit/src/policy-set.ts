import { DomainError, newId } from '@steward/core';
import { aggregateColumns, column, defineEntity, rows, type Tx } from '@steward/db';
import type { EventDefinition } from '@steward/events';

import { defineAggregate, insertAggregate, publish, saveAggregate, type AggregateRow } from './aggregate.ts';
import { authorize } from './authorize.ts';
import { shortestReason } from './personal-data.ts';
import { insertOverride, type Policy, type PolicyFigure } from './policy.ts';

/** A community's overrides of one policy: what their history and events hang on. */
export type PolicySetRow = AggregateRow & { communityId: string; policy: string };

const { number: _number, ...identity } = aggregateColumns;

export const policySetEntity = defineEntity<PolicySetRow>({
  name: 'PolicySet',
  table: 'policy_set',
  columns: { ...identity, communityId: column.uuid(), policy: column.text() },
});

export const policySetAggregate = defineAggregate<PolicySetRow>({
  type: 'policy',
  table: 'policy_set',
  graphqlType: 'PolicySet',
  entity: policySetEntity,
  subject: ({ communityId }) => ({ communityId }),
});

export type SetPolicyInput = {
  communityId: string;
  policy: string;
  key: string;
  value: unknown;
  validFrom?: Date | null;
  reason: string;
};

/** What a change of a policy figure tells other services: codes and the figure, never the words of the reason. */
export type PolicyChanged = {
  policy: string;
  key: string;
  value: number | string | boolean | string[];
  validFrom: string;
};

const largestFigure = 100_000;

/** Amounts that come whole stay whole: half a day would be a day that never ends on the calendar. */
const isUsable = (value: number, figure: PolicyFigure): boolean =>
  value >= (figure.least ?? 0) &&
  value <= (figure.most ?? largestFigure) &&
  (Number.isInteger(value) || /share|factor|rate/.test(figure.unit));

function checkValue(policies: readonly Policy[], input: SetPolicyInput): void {
  const figure = policies.find(({ name }) => name === input.policy)?.figures[input.key];
  if (figure === undefined) throw new DomainError('BAD_USER_INPUT', 'POLICY_UNKNOWN', { path: 'input.key' });
  const fits = Array.isArray(figure.value)
    ? Array.isArray(input.value) && input.value.every((item) => typeof item === 'string')
    : typeof input.value === typeof figure.value &&
      (typeof input.value !== 'number' || isUsable(input.value, figure)) &&
      (typeof input.value !== 'string' || new RegExp(`^(?:${figure.pattern ?? '.+'})$`).test(input.value));
  if (fits) return;
  const { unit, rule } = figure;
  throw new DomainError('BAD_USER_INPUT', 'POLICY_VALUE', { path: 'input.value', rule, params: { unit } });
}

async function lockPolicySet(tx: Tx, input: SetPolicyInput): Promise<PolicySetRow | null> {
  return tx
    .createQueryBuilder(policySetEntity, 'p')
    .setLock('pessimistic_write')
    .where('p.community_id = :communityId and p.policy = :policy', input)
    .getOne();
}

/** Overrides a policy figure for a community from a date on; running deadlines keep the figures they started with. */
export async function setPolicyFigure(
  tx: Tx,
  policies: readonly Policy[],
  changed: EventDefinition<PolicyChanged>,
  input: SetPolicyInput,
  now: Date,
): Promise<{ id: string }> {
  await authorize(tx, { communityId: input.communityId });
  checkValue(policies, input);
  if ([...input.reason.trim()].length < shortestReason)
    throw new DomainError('BAD_USER_INPUT', 'REASON_REQUIRED', { path: 'input.reason' });
  const validFrom = input.validFrom ?? now;
  await insertOverride(tx, { ...input, validFrom });
  // Two that set a community's first figure at once must not both find none.
  await rows(tx, 'select pg_advisory_xact_lock(hashtextextended($1, 0))', [
    `policy/${input.communityId}/${input.policy}`,
  ]);
  const known = await lockPolicySet(tx, input);
  const note = { action: 'setPolicy', reasonCode: input.key };
  const row =
    known === null
      ? await insertAggregate(
          tx,
          policySetAggregate,
          { id: newId(), communityId: input.communityId, policy: input.policy },
          note,
        )
      : await saveAggregate(tx, policySetAggregate, known, known, note);
  const value = input.value as PolicyChanged['value'];
  publish(tx, row, changed, { policy: input.policy, key: input.key, value, validFrom: validFrom.toISOString() });
  return { id: row.id };
}
