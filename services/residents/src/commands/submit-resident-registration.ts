import { refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { residentRegistrationSubmitted } from '@steward/events';
import { meetDeadline, publish, saveAggregate } from '@steward/service-kit';

import { residentRegistrationAggregate } from '../db/register-entities.ts';
import { registrationRules, submitViolations } from '../domain/register-rules.ts';
import type { SubmitResidentRegistrationInput } from '../graphql/generated.ts';
import { lockResidentRegistration, papersMissing } from './lock-resident-registration.ts';

/** The complete papers go to whoever decides: the police, the dog register, the operator. */
export async function submitResidentRegistration(
  tx: Tx,
  input: SubmitResidentRegistrationInput,
): Promise<{ id: string }> {
  const action = 'submitResidentRegistration';
  const row = await lockResidentRegistration(tx, input, action);
  refuseAll(submitViolations(await papersMissing(tx, row)));
  const submitted = { ...registrationRules.moveTo(row, action, 'SUBMITTED'), submittedAt: txScope(tx).now };
  const saved = await saveAggregate(tx, residentRegistrationAggregate, row, submitted, { action, rule: 'A224' });
  publish(tx, saved, residentRegistrationSubmitted, { registrationId: row.id });
  await meetDeadline(tx, saved, 'REGISTRATION');
  return { id: row.id };
}
