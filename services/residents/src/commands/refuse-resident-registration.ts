import { DomainError } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { residentRegistrationRefused } from '@steward/events';
import { publish, saveAggregate } from '@steward/service-kit';

import { tell } from '../db/notices.ts';
import { residentRegistrationAggregate } from '../db/register-entities.ts';
import { isReasonCode } from '../domain/pass-rules.ts';
import { registrationRules } from '../domain/register-rules.ts';
import type { RefuseResidentRegistrationInput } from '../graphql/generated.ts';
import { lockResidentRegistration } from './lock-resident-registration.ts';

const rule = 'A224';

export async function refuseResidentRegistration(
  tx: Tx,
  input: RefuseResidentRegistrationInput,
): Promise<{ id: string }> {
  const action = 'refuseResidentRegistration';
  const row = await lockResidentRegistration(tx, input, action);
  const { reasonCode } = input;
  if (!isReasonCode(reasonCode))
    throw new DomainError('BAD_USER_INPUT', 'REASON_CODE_MALFORMED', { path: 'input.reasonCode', rule });
  const ended = { ...registrationRules.moveTo(row, action, 'REFUSED'), decidedAt: txScope(tx).now, reasonCode };
  const note = { action, reason: reasonCode, rule };
  const saved = await saveAggregate(tx, residentRegistrationAggregate, row, ended, note);
  publish(tx, saved, residentRegistrationRefused, { registrationId: row.id, reasonCode });
  await tell(tx, saved, { householdId: row.householdId }, 'registrationRefused', { kind: row.kind });
  return { id: row.id };
}
