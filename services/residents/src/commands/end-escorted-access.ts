import { refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { escortedAccessEnded } from '@steward/events';
import { publish, saveAggregate } from '@steward/service-kit';

import { tell } from '../db/notices.ts';
import { escortedAccessAggregate } from '../db/register-entities.ts';
import { checklistOf } from '../db/register-queries.ts';
import { endViolations, escortedAccessRules } from '../domain/register-rules.ts';
import type { EndEscortedAccessInput } from '../graphql/generated.ts';
import { endPassesOf } from './change-passes.ts';
import { escortCause, lockEscortedAccess } from './lock-escorted-access.ts';

/** They have left; what is damaged goes to the supervisor, and their pass opens no gate any more. */
export async function endEscortedAccess(tx: Tx, input: EndEscortedAccessInput): Promise<{ id: string }> {
  const action = 'endEscortedAccess';
  const access = await lockEscortedAccess(tx, input, action);
  const after = await checklistOf(tx, access.id, 'AFTER');
  refuseAll(endViolations(after));
  const damagedItemCodes = after.filter(({ result }) => result === 'FAIL').map(({ code }) => code);
  const ended = { ...escortedAccessRules.moveTo(access, action, 'ENDED'), endedAt: txScope(tx).now };
  const saved = await saveAggregate(tx, escortedAccessAggregate, access, ended, { action, rule: 'B006' });
  publish(tx, saved, escortedAccessEnded, { escortedAccessId: access.id, damagedItemCodes });
  await endPassesOf(tx, escortCause(access), 'ACCESS_ENDED');
  if (damagedItemCodes.length > 0) {
    const params = { damages: damagedItemCodes.length, rule: 'B006' };
    await tell(tx, saved, { role: 'supervisor' }, 'showFlatDamaged', params);
  }
  return { id: access.id };
}
