import { DomainError } from '@steward/core';
import { entityRows, type Tx } from '@steward/db';
import {
  invocationOf,
  lockAuthorized,
  lockByMatrix,
  type Aggregate,
  type AggregateRow,
  type AuthorityAct,
  type AuthorityHeld,
} from '@steward/service-kit';

import { billingAccountEntity } from '../db/charge-entities.ts';
import type { BillingAccount } from '../domain/billing-account.ts';
import { requireTransition } from '../domain/counter-transition-rules.ts';
import type { CounterAction } from '../domain/counter-transition-policy.ts';

/** An aggregate of the counter, locked, where viewer and state allow the action. */
export async function lockForAction<Row extends AggregateRow & { status: string }>(
  tx: Tx,
  aggregate: Aggregate<Row>,
  action: CounterAction,
  input: { id: string; expectedVersion?: number | null },
): Promise<Row> {
  const row = await lockAuthorized(tx, aggregate, input);
  requireTransition(action, row.status);
  return row;
}

type Decided = AggregateRow & { status: string; communityId: string };

/** The same for a decision that the authority matrix may give to others as well, with what whoever decides holds. */
export async function lockForDecision<Row extends Decided>(
  tx: Tx,
  aggregate: Aggregate<Row>,
  { command, ...act }: AuthorityAct & { command: CounterAction },
  input: { id: string; expectedVersion?: number | null },
): Promise<{ row: Row; held: AuthorityHeld }> {
  const locked = await lockByMatrix(tx, aggregate, act, input);
  requireTransition(command, locked.row.status);
  return locked;
}

async function accountOf(tx: Tx, communityId: string, id: string): Promise<BillingAccount | undefined> {
  const [found] = await entityRows(tx, billingAccountEntity, 'where e.id = $1 and e.community_id = $2', [
    id,
    communityId,
  ]);
  return found;
}

/** A billing account of a community. */
export async function accountIn(tx: Tx, communityId: string, id: string): Promise<BillingAccount> {
  const found = await accountOf(tx, communityId, id);
  if (found === undefined)
    throw new DomainError('BAD_USER_INPUT', 'ACCOUNT_UNKNOWN', { path: 'input.billingAccountId' });
  return found;
}

/** The same for a command that judges by the account's own household: unknown and out of reach are one answer. */
export async function visibleAccount(tx: Tx, communityId: string, id: string): Promise<BillingAccount> {
  const found = await accountOf(tx, communityId, id);
  if (found === undefined) throw new DomainError('NOT_FOUND', 'NOT_FOUND');
  return found;
}

/** The member of staff who acts; a command of the counter has one. */
export function actingStaff(tx: Tx): string {
  const { staffId } = invocationOf(tx).viewer;
  if (staffId === undefined) throw new DomainError('FORBIDDEN', 'ACCESS_DENIED');
  return staffId;
}
