import { refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { escortedAccessStarted } from '@steward/events';
import { publish, saveAggregate } from '@steward/service-kit';

import { escortedAccessAggregate } from '../db/register-entities.ts';
import { checklistOf } from '../db/register-queries.ts';
import { escortedAccessRules, startViolations } from '../domain/register-rules.ts';
import type { StartEscortedAccessInput } from '../graphql/generated.ts';
import { lockEscortedAccess } from './lock-escorted-access.ts';

export async function startEscortedAccess(tx: Tx, input: StartEscortedAccessInput): Promise<{ id: string }> {
  const action = 'startEscortedAccess';
  const access = await lockEscortedAccess(tx, input, action);
  refuseAll(startViolations(access, await checklistOf(tx, access.id, 'BEFORE')));
  const started = { ...escortedAccessRules.moveTo(access, action, 'STARTED'), startedAt: txScope(tx).now };
  const saved = await saveAggregate(tx, escortedAccessAggregate, access, started, { action, rule: 'B006' });
  publish(tx, saved, escortedAccessStarted, { escortedAccessId: access.id });
  return { id: access.id };
}
