import { DomainError } from '@steward/core';
import type { Tx } from '@steward/db';
import { rentalMandateWithdrawn } from '@steward/events';
import { cancelScheduled, publish, saveAggregate } from '@steward/service-kit';

import { rentalMandateAggregate } from '../db/rental-mandate-entities.ts';
import { mandateLapseTimer, mandateReminderTimer, withdrawMandateReasons } from '../domain/rental-mandate-policy.ts';
import { rentalMandateRules } from '../domain/rental-mandate-rules.ts';
import type { WithdrawRentalMandateInput } from '../graphql/generated.ts';
import { lockRentalMandate } from './lock-rental-mandate.ts';

const rule = 'A226';

export async function withdrawRentalMandate(tx: Tx, input: WithdrawRentalMandateInput): Promise<{ id: string }> {
  const action = 'withdrawRentalMandate';
  const mandate = await lockRentalMandate(tx, input, action);
  const { reasonCode } = input;
  if (!withdrawMandateReasons.includes(reasonCode))
    throw new DomainError('BAD_USER_INPUT', 'REASON_UNKNOWN', { path: 'input.reasonCode', rule });
  const withdrawn = { ...rentalMandateRules.moveTo(mandate, action, 'WITHDRAWN'), reasonCode };
  const note = { action, reason: reasonCode, rule };
  const saved = await saveAggregate(tx, rentalMandateAggregate, mandate, withdrawn, note);
  publish(tx, saved, rentalMandateWithdrawn, { mandateId: saved.id, reasonCode });
  for (const timer of [mandateReminderTimer, mandateLapseTimer]) await cancelScheduled(tx, saved.id, timer);
  return { id: saved.id };
}
