import { DomainError, newId, refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { residentRegistrationOpened } from '@steward/events';
import {
  insertAggregate,
  lockAuthorized,
  nextNumber,
  publish,
  resolvePolicy,
  sealOptional,
  startDeadline,
} from '@steward/service-kit';

import { householdAggregate } from '../db/aggregates.ts';
import { findManagedCommunity } from '../db/community-queries.ts';
import { householdsOf } from '../db/household-queries.ts';
import { residentRegistrationAggregate } from '../db/register-entities.ts';
import { registerNumberPrefixes, registerPolicy } from '../domain/register-policy.ts';
import type { OpenResidentRegistrationInput } from '../graphql/generated.ts';

const rule = 'A224';

const untouched = {
  submittedAt: null,
  decidedAt: null,
  certificateNumberSealed: null,
  validTo: null,
  remindedAt: null,
  reasonCode: null,
};

/** A household asks the front desk, which hands the papers on within its time. */
export async function openResidentRegistration(tx: Tx, input: OpenResidentRegistrationInput): Promise<{ id: string }> {
  const { kind, personId = null } = input;
  const household = await lockAuthorized(tx, householdAggregate, { id: input.householdId });
  const { id: householdId, communityId } = household;
  const community = await findManagedCommunity(tx, communityId);
  if (community === null) throw new DomainError('CONFLICT', 'COMMUNITY_LEFT', { rule });
  const isMember = personId === null || (await householdsOf(tx, personId, txScope(tx).now)).includes(householdId);
  refuseAll(isMember ? [] : [{ path: 'input.personId', reason: 'PERSON_UNKNOWN', rule }]);
  const { timeZone: zone } = community;
  const number = await nextNumber(tx, communityId, registerNumberPrefixes.residentRegistration, zone);
  const said = { kind, householdId, personId, descriptionSealed: sealOptional(tx, input.description) };
  const note = { action: 'openResidentRegistration', rule };
  const fresh = { id: newId(), communityId, number, status: 'OPEN' as const, ...said, ...untouched };
  const row = await insertAggregate(tx, residentRegistrationAggregate, fresh, note);
  publish(tx, row, residentRegistrationOpened, { registrationId: row.id, kind, householdId, personId });
  const { registrationDays } = await resolvePolicy(tx, registerPolicy, communityId);
  const span = { amount: registrationDays, unit: 'workingDay' } as const;
  const escalations = [{ afterShare: 1, to: { role: 'supervisor' } as const }];
  const warning = { warnShare: 0.8, warnTo: { role: 'clerk' } as const };
  const spec = { kind: 'REGISTRATION', rule, span, ...warning, escalations };
  await startDeadline(tx, residentRegistrationAggregate, row, spec, { zone });
  return { id: row.id };
}
