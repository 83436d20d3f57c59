import { DomainError } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { apportionmentConfirmed } from '@steward/events';
import { invocationOf, lockAuthorized, lockNaturalKeys, saveAndTell } from '@steward/service-kit';

import { isSharedOut } from '../db/apportionment-queries.ts';
import { apportionmentAggregate } from '../db/charging-aggregates.ts';
import { confirm } from '../domain/apportionment-terms.ts';
import type { ConfirmApportionmentInput } from '../graphql/generated.ts';
import { apportionmentFact } from './apportionment-facts.ts';

export async function confirmApportionment(tx: Tx, input: ConfirmApportionmentInput): Promise<{ id: string }> {
  const before = await lockAuthorized(tx, apportionmentAggregate, input);
  const after = confirm(before, invocationOf(tx).viewer.sub, txScope(tx).now);
  // Two drafts of one cost, with the same total or another: one of them counts until it is taken back.
  await lockNaturalKeys(tx, 'apportionment');
  if (await isSharedOut(tx, before)) {
    throw new DomainError('CONFLICT', 'SHARED_ALREADY', { rule: 'A014' });
  }
  const note = { action: 'confirmApportionment', rule: 'A014' };
  await saveAndTell(tx, apportionmentAggregate, { before, after, note }, [apportionmentConfirmed, apportionmentFact]);
  return { id: before.id };
}
