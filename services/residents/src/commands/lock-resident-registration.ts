import type { Tx } from '@steward/db';
import { lockAuthorized, resolvePolicy } from '@steward/service-kit';

import { residentRegistrationAggregate } from '../db/register-entities.ts';
import { filedKinds } from '../db/register-queries.ts';
import { registrationPapersPolicy, type residentRegistrationTransitions } from '../domain/register-policy.ts';
import { missingPapers, registrationRules } from '../domain/register-rules.ts';
import type { ResidentRegistration } from '../domain/resident-registration.ts';

/** A registration for an action that its state allows, to whoever may do it. */
export async function lockResidentRegistration(
  tx: Tx,
  input: { id: string; expectedVersion?: number | null },
  action: keyof typeof residentRegistrationTransitions,
): Promise<ResidentRegistration> {
  const row = await lockAuthorized(tx, residentRegistrationAggregate, input);
  registrationRules.requireAction(row, action);
  return row;
}

/** The papers that a registration still lacks, by its community's figures. */
export async function papersMissing(tx: Tx, { id, kind, communityId }: ResidentRegistration): Promise<string[]> {
  return missingPapers(kind, await resolvePolicy(tx, registrationPapersPolicy, communityId), await filedKinds(tx, id));
}
