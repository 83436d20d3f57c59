import { DomainError } from '@steward/core';
import type { Tx } from '@steward/db';
import { escortedAccessCancelled } from '@steward/events';
import { publish, saveAggregate } from '@steward/service-kit';

import { escortedAccessAggregate } from '../db/register-entities.ts';
import { isReasonCode } from '../domain/pass-rules.ts';
import { escortedAccessRules } from '../domain/register-rules.ts';
import type { CancelEscortedAccessInput } from '../graphql/generated.ts';
import { endPassesOf } from './change-passes.ts';
import { escortCause, lockEscortedAccess } from './lock-escorted-access.ts';

const rule = 'B006';

export async function cancelEscortedAccess(tx: Tx, input: CancelEscortedAccessInput): Promise<{ id: string }> {
  const action = 'cancelEscortedAccess';
  const access = await lockEscortedAccess(tx, input, action);
  const { reasonCode } = input;
  if (!isReasonCode(reasonCode))
    throw new DomainError('BAD_USER_INPUT', 'REASON_CODE_MALFORMED', { path: 'input.reasonCode', rule });
  const cancelled = { ...escortedAccessRules.moveTo(access, action, 'CANCELLED'), reasonCode };
  const note = { action, reason: reasonCode, rule };
  const saved = await saveAggregate(tx, escortedAccessAggregate, access, cancelled, note);
  publish(tx, saved, escortedAccessCancelled, { escortedAccessId: access.id, reasonCode });
  await endPassesOf(tx, escortCause(access), reasonCode);
  return { id: access.id };
}
