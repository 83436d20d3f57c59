import { DomainError } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { residentRegistrationWithdrawn } from '@steward/events';
import { cancelDeadlines, publish, saveAggregate } from '@steward/service-kit';

import { residentRegistrationAggregate } from '../db/register-entities.ts';
import { isReasonCode } from '../domain/pass-rules.ts';
import { registrationRules } from '../domain/register-rules.ts';
import type { WithdrawResidentRegistrationInput } from '../graphql/generated.ts';
import { lockResidentRegistration } from './lock-resident-registration.ts';

const rule = 'A224';

export async function withdrawResidentRegistration(
  tx: Tx,
  input: WithdrawResidentRegistrationInput,
): Promise<{ id: string }> {
  const action = 'withdrawResidentRegistration';
  const row = await lockResidentRegistration(tx, input, action);
  const { reasonCode } = input;
  if (!isReasonCode(reasonCode))
    throw new DomainError('BAD_USER_INPUT', 'REASON_CODE_MALFORMED', { path: 'input.reasonCode', rule });
  const ended = { ...registrationRules.moveTo(row, action, 'WITHDRAWN'), decidedAt: txScope(tx).now, reasonCode };
  const note = { action, reason: reasonCode, rule };
  const saved = await saveAggregate(tx, residentRegistrationAggregate, row, ended, note);
  publish(tx, saved, residentRegistrationWithdrawn, { registrationId: row.id, reasonCode });
  await cancelDeadlines(tx, saved);
  return { id: row.id };
}
