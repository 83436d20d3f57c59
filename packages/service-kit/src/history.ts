import { beforeCommit, dispatch, prepared, txScope, txState, type Tx } from '@steward/db';

import type { Aggregate, AggregateRow } from './aggregate.ts';
import { seal } from './personal-data.ts';

/**
 * Why a change was made: the command, a reason and the rule of the service standard it carries out. A `reasonCode` (one of
 * a list: `NO_SHOW`, the key of a figure, a month) is kept as it is; a `reason` is words of somebody's, which are sealed and
 * opened for who reads the history. Of the two a note has one.
 */
export type ChangeNote = { action: string; reasonCode?: string | null; reason?: string | null; rule?: string };

export type FieldChange = { field: string; from: string | null; to: string | null };

type ChangeRow = {
  aggregateType: string;
  aggregateId: string;
  version: number;
  action: string;
  reasonCode: string | null;
  reason: string | null;
  rule: string | null;
  fields: FieldChange[];
};

const pendingKey = Symbol('changes');
const bookkeeping = new Set(['id', 'tenantId', 'communityId', 'version', 'createdAt']);

function asText(value: unknown, masked: boolean): string | null {
  if (value === null || value === undefined) return null;
  if (masked) return '***';
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function differences(before: AggregateRow | null, after: AggregateRow, sealed: readonly string[]): FieldChange[] {
  const old = (before ?? {}) as Record<string, unknown>;
  return Object.entries(after)
    .filter(
      ([field, value]) =>
        !bookkeeping.has(field) && JSON.stringify(old[field] ?? null) !== JSON.stringify(value ?? null),
    )
    .map(([field, value]) => {
      const masked = sealed.includes(field);
      return { field, from: asText(old[field], masked), to: asText(value, masked) };
    });
}

const insertChanges = prepared(`
  insert into change (tenant_id, aggregate_type, aggregate_id, version, at, actor_kind, actor_id, actor_sub, action,
                      reason, reason_sealed, rule, fields)
  select $1, c."aggregateType", c."aggregateId", c.version, $2, $3, $4, $5, c.action, c."reasonCode", c.reason,
         c.rule, c.fields
    from jsonb_to_recordset($6::jsonb) as c("aggregateType" text, "aggregateId" uuid, version int,
                                            action text, "reasonCode" text, reason text, rule text, fields jsonb)`);

function flush(tx: Tx): void {
  const { tenantId, now, actor } = txScope(tx);
  const pending = txState<ChangeRow[]>(tx, pendingKey, () => []).map((change) => ({
    ...change,
    reason: change.reason === null ? null : seal(tx, change.reason),
  }));
  dispatch(tx, insertChanges, [tenantId, now, actor.kind, actor.id, actor.sub, JSON.stringify(pending)]);
}

/** Keeps what changed, to be written in one statement before the commit; an aggregate's history is append-only. */
export function recordChanges<Row extends AggregateRow>(
  tx: Tx,
  aggregate: Aggregate<Row>,
  pairs: readonly { before: Row | null; after: Row }[],
  note: ChangeNote,
): void {
  const pending = txState<ChangeRow[]>(tx, pendingKey, () => {
    beforeCommit(tx, async (committing) => flush(committing));
    return [];
  });
  for (const { before, after } of pairs) {
    pending.push({
      aggregateType: aggregate.type,
      aggregateId: after.id,
      version: after.version,
      action: note.action,
      reasonCode: note.reasonCode ?? null,
      reason: note.reason ?? null,
      rule: note.rule ?? null,
      fields: differences(before, after, aggregate.sealed),
    });
  }
}
