import { addDays, refuseAll, startOfLocalDay, type Violation } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { rentalMandateSigned } from '@steward/events';
import { requireUploaded } from '@steward/files';
import { invocationOf, publish, resolvePolicy, saveAggregate, schedule } from '@steward/service-kit';

import { loadCommunity } from '../db/community-queries.ts';
import { rentalMandateAggregate } from '../db/rental-mandate-entities.ts';
import { ownershipOf } from '../db/rental-mandate-queries.ts';
import { documentPurpose } from '../domain/household-file-policy.ts';
import {
  mandateLapseTimer,
  mandatePaperKind,
  mandateReminderTimer,
  rentalMandatePolicy,
} from '../domain/rental-mandate-policy.ts';
import { principalViolations, rentalMandateRules, termViolations } from '../domain/rental-mandate-rules.ts';
import type { RentalMandate } from '../domain/rental-mandate.ts';
import { signerViolations } from '../domain/signing-rules.ts';
import type { SignRentalMandateInput } from '../graphql/generated.ts';
import { filePapers } from './file-papers.ts';
import { lockRentalMandate, termLimits } from './lock-rental-mandate.ts';
import { signingViolations, signProcedure } from './sign-procedure.ts';

const rule = 'A226';
const action = 'signRentalMandate';

/** A member of the owning household signs; for the developer whoever is named on the paper. */
function signingOf(tx: Tx, { householdId }: RentalMandate, input: SignRentalMandateInput): Promise<Violation[]> {
  if (householdId !== null) return signingViolations(tx, householdId, input, rule);
  const named = { signerName: input.signerName ?? null };
  return Promise.resolve(signerViolations(named, invocationOf(tx).viewer, true, rule));
}

async function setTimers(tx: Tx, mandate: RentalMandate, zone: string): Promise<void> {
  const { id: aggregateId, communityId, validTo } = mandate;
  const { reminderDays } = await resolvePolicy(tx, rentalMandatePolicy, communityId);
  const at = (day: string): Date => startOfLocalDay(day, zone);
  const reminder = { dueAt: at(addDays(validTo, -reminderDays)), aggregateId, communityId };
  if (reminder.dueAt > txScope(tx).now) await schedule(tx, { kind: mandateReminderTimer, ...reminder });
  await schedule(tx, { kind: mandateLapseTimer, dueAt: at(validTo), aggregateId, communityId });
}

export async function signRentalMandate(tx: Tx, input: SignRentalMandateInput): Promise<{ id: string }> {
  const mandate = await lockRentalMandate(tx, input, action);
  const { householdId, number, unitId, askingAmount, commissionShare, validTo } = mandate;
  const community = await loadCommunity(tx, mandate.communityId);
  refuseAll([
    ...principalViolations(mandate, await ownershipOf(tx, mandate)),
    ...termViolations(mandate, await termLimits(tx, community, mandate.kind)),
    ...(await signingOf(tx, mandate, input)),
  ]);
  const { mandateFileId } = input;
  await requireUploaded(tx, [mandateFileId], documentPurpose, 'input.mandateFileId');
  const signed = rentalMandateRules.moveTo(mandate, action, 'ACTIVE');
  const held = { ...signed, signedAt: txScope(tx).now, mandateFileId };
  const saved = await saveAggregate(tx, rentalMandateAggregate, mandate, held, { action, rule });
  const statement = { number, unitId, askingAmount, commissionShare, validTo, mandateFileId };
  await signProcedure(tx, rentalMandateAggregate, saved, input, { role: 'PRINCIPAL', statement });
  if (householdId !== null) {
    const paper = { kindCode: mandatePaperKind, fileId: mandateFileId };
    await filePapers(tx, householdId, [paper], { action, rule, path: 'input.mandateFileId' });
  }
  publish(tx, saved, rentalMandateSigned, { mandateId: saved.id, validTo });
  await setTimers(tx, saved, community.timeZone);
  return { id: saved.id };
}
