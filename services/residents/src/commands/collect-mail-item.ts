import { refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { mailItemCollected } from '@steward/events';
import { invocationOf, publish, saveAggregate } from '@steward/service-kit';

import { mailItemAggregate } from '../db/register-entities.ts';
import { mailItemRules } from '../domain/register-rules.ts';
import { signerViolations } from '../domain/signing-rules.ts';
import type { CollectMailItemInput } from '../graphql/generated.ts';
import { lockMailItem } from './lock-mail-item.ts';
import { signingViolations, signProcedure } from './sign-procedure.ts';

const rule = 'A223';

/** Whoever collects it signs: a member of the household, or somebody by name whom the desk has seen. */
export async function collectMailItem(tx: Tx, input: CollectMailItemInput): Promise<{ id: string }> {
  const action = 'collectMailItem';
  const item = await lockMailItem(tx, input, action);
  const { householdId, number, kind } = item;
  const { viewer } = invocationOf(tx);
  const hasNoRecord = input.signerId == null;
  refuseAll(
    householdId === null
      ? signerViolations(input, viewer, hasNoRecord, rule)
      : await signingViolations(tx, householdId, input, rule),
  );
  const collectedAt = txScope(tx).now;
  const collected = { ...mailItemRules.moveTo(item, action, 'COLLECTED'), collectedAt };
  const saved = await saveAggregate(tx, mailItemAggregate, item, collected, { action, rule });
  const statement = { number, kind, collectedAt: collectedAt.toISOString() };
  await signProcedure(tx, mailItemAggregate, saved, input, { role: 'RECIPIENT', statement });
  publish(tx, saved, mailItemCollected, { mailItemId: item.id, collectedAt: collectedAt.toISOString() });
  return { id: item.id };
}
