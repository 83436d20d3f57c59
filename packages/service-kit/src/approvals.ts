import type { Role } from '@steward/auth';
import { DomainError, newId } from '@steward/core';
import { rows, txScope, type Tx } from '@steward/db';

import type { Aggregate, AggregateRow } from './aggregate.ts';
import { notify } from './notifications.ts';
import { isWithinGrant, type AuthorityHeld } from './projections/authority-grants.ts';
import { invocationOf } from './running.ts';

export type ApprovalRow = {
  id: string;
  aggregateId: string;
  kind: string;
  role: Role;
  rule: string;
  state: 'REQUESTED' | 'APPROVED' | 'REJECTED';
  requestedAt: Date;
  requestedBy: string;
  decidedAt: Date | null;
  reason: string | null;
};

export const approvalColumns = `id, aggregate_id as "aggregateId", kind, role, rule, state, requested_at as "requestedAt",
  requested_by as "requestedBy", decided_at as "decidedAt", reason`;

/** Asks the holders of a role for a decision and tells them. */
export async function requestApproval<Row extends AggregateRow>(
  tx: Tx,
  aggregate: Aggregate<Row>,
  row: Row,
  input: { kind: string; role: Role; rule: string },
): Promise<string> {
  const { tenantId, now, actor } = txScope(tx);
  const id = newId();
  await rows(
    tx,
    `insert into approval (id, tenant_id, aggregate_type, aggregate_id, kind, role, rule, state, requested_at, requested_by)
     values ($1, $2, $3, $4, $5, $6, $7, 'REQUESTED', $8, $9)`,
    [id, tenantId, aggregate.type, row.id, input.kind, input.role, input.rule, now, actor.sub],
  );
  const params = { kind: input.kind, rule: input.rule };
  await notify(tx, {
    communityId: row.communityId,
    to: { role: input.role },
    template: 'approvalRequested',
    params,
    aggregateId: row.id,
  });
  return id;
}

/** What the authority matrix gives who decides, and how much the approval is about in minor units. */
type ByMatrix = { held: AuthorityHeld; amount: number };

/** By the role that was asked, unless a grant stands in its place, or by a grant that reaches. */
export function requireApprover({ role, rule }: Pick<ApprovalRow, 'role' | 'rule'>, { held, amount }: ByMatrix): void {
  if (held.builtInRoles.includes(role) || isWithinGrant(held, amount)) return;
  if (held.limits.length === 0) throw new DomainError('FORBIDDEN', 'ACCESS_DENIED');
  throw new DomainError('FORBIDDEN', 'AUTHORITY_LACKING', { rule, params: { amount } });
}

/**
 * Decides a requested approval. Whoever asked may not decide (maker and checker), nor may a role not asked: unless the
 * authority matrix says so, of which `matrix` tells.
 */
export async function decideApproval(
  tx: Tx,
  row: AggregateRow,
  approvalId: string,
  decision: { approved: boolean; reason?: string | null; matrix?: ByMatrix },
): Promise<ApprovalRow> {
  const [approval] = await rows<ApprovalRow>(
    tx,
    `select ${approvalColumns} from approval where id = $1 and aggregate_id = $2 for update`,
    [approvalId, row.id],
  );
  if (approval === undefined) throw new DomainError('NOT_FOUND', 'NOT_FOUND');
  if (approval.state !== 'REQUESTED')
    throw new DomainError('CONFLICT', 'ALREADY_DECIDED', { params: { state: approval.state } });
  const { viewer } = invocationOf(tx);
  requireApprover(approval, decision.matrix ?? { held: { builtInRoles: viewer.roles, limits: [] }, amount: 0 });
  if (viewer.sub === approval.requestedBy) throw new DomainError('FORBIDDEN', 'OWN_REQUEST');
  const { now, actor } = txScope(tx);
  const state = decision.approved ? 'APPROVED' : 'REJECTED';
  await rows(tx, `update approval set state = $2, decided_at = $3, decided_by = $4, reason = $5 where id = $1`, [
    approvalId,
    state,
    now,
    actor.sub,
    decision.reason ?? null,
  ]);
  return { ...approval, state, decidedAt: now, reason: decision.reason ?? null };
}
