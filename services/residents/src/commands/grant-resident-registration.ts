import { addDays, refuseAll, startOfLocalDay } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { residentRegistrationGranted } from '@steward/events';
import { publish, resolvePolicy, saveAggregate, schedule, sealOptional } from '@steward/service-kit';

import { loadCommunity, todayIn } from '../db/community-queries.ts';
import { tell } from '../db/notices.ts';
import { residentRegistrationAggregate } from '../db/register-entities.ts';
import { registerPolicy, registrationExpiryTimer, registrationReminderTimer } from '../domain/register-policy.ts';
import { grantViolations, registrationRules } from '../domain/register-rules.ts';
import type { ResidentRegistration } from '../domain/resident-registration.ts';
import type { GrantResidentRegistrationInput } from '../graphql/generated.ts';
import { lockResidentRegistration } from './lock-resident-registration.ts';

/** The reminder and the end of a certificate, at the beginning of their days. */
async function scheduleEnd(tx: Tx, { id, communityId, validTo }: ResidentRegistration, zone: string): Promise<void> {
  if (validTo === null) return;
  const { reminderDays } = await resolvePolicy(tx, registerPolicy, communityId);
  const place = { aggregateId: id, communityId };
  const remindAt = startOfLocalDay(addDays(validTo, -reminderDays), zone);
  await schedule(tx, { kind: registrationReminderTimer, dueAt: remindAt, ...place });
  await schedule(tx, { kind: registrationExpiryTimer, dueAt: startOfLocalDay(validTo, zone), ...place });
}

export async function grantResidentRegistration(
  tx: Tx,
  input: GrantResidentRegistrationInput,
): Promise<{ id: string }> {
  const action = 'grantResidentRegistration';
  const row = await lockResidentRegistration(tx, input, action);
  const community = await loadCommunity(tx, row.communityId);
  const validTo = input.validTo ?? null;
  refuseAll(grantViolations(validTo, todayIn(tx, community)));
  const decided = { decidedAt: txScope(tx).now, certificateNumberSealed: sealOptional(tx, input.certificateNumber) };
  const granted = { ...registrationRules.moveTo(row, action, 'GRANTED'), ...decided, validTo };
  const saved = await saveAggregate(tx, residentRegistrationAggregate, row, granted, { action, rule: 'A224' });
  publish(tx, saved, residentRegistrationGranted, { registrationId: row.id, validTo });
  await scheduleEnd(tx, saved, community.timeZone);
  await tell(tx, saved, { householdId: row.householdId }, 'registrationGranted', { kind: row.kind });
  return { id: row.id };
}
