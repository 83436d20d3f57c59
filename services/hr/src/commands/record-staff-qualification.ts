import { newId, refuseAll } from '@steward/core';
import type { Tx } from '@steward/db';
import { staffQualificationEvents } from '@steward/events';
import {
  authorize,
  insertAndTell,
  lockAggregate,
  nextNumber,
  saveAndTell,
  sealedColumns,
  unseal,
  zoneOf,
} from '@steward/service-kit';

import { staffAggregate } from '../db/aggregates.ts';
import { staffQualificationAggregate } from '../db/position-aggregates.ts';
import { certificateKindsOf } from '../db/position-queries.ts';
import { staffQualificationEntity } from '../db/recruitment-entities.ts';
import { loadStaffSubject } from '../db/staff-subject-queries.ts';
import { qualificationFact } from '../domain/position-facts.ts';
import { positionPrefixes } from '../domain/position-policy.ts';
import { rangeViolations, skillViolations } from '../domain/position-rules.ts';
import type { Qualification } from '../domain/recruitment.ts';
import type { Proof } from '../domain/requirement-rules.ts';
import type { RecordStaffQualificationInput } from '../graphql/generated.ts';
import { requireStaff } from './register-certificate.ts';
import { todayIn } from './require-authority.ts';

const maskDay = (day: string): string => `${day.slice(0, 4)}-**-**`;

/** A date of birth in its columns. */
export const bornColumns = (tx: Tx, bornOn: string) => sealedColumns(tx, 'bornOn', bornOn, maskDay);

type Told = Omit<Qualification, 'bornOn' | 'fieldCode'> & { bornOn: string; fieldCode?: string | null };

/** What is wrong with what somebody says of themselves. */
export const qualificationViolations = (told: Told, today: string) => [
  ...skillViolations(told, 'input'),
  ...rangeViolations([['input.experienceYears', told.experienceYears, 0, 60]]),
  ...(told.bornOn > today ? [{ path: 'input.bornOn', reason: 'IN_THE_FUTURE' }] : []),
];

/** Kept once for each member of staff, as their papers say it. */
export async function recordStaffQualification(tx: Tx, input: RecordStaffQualificationInput): Promise<{ id: string }> {
  const { staffId, education, fieldCode = null, experienceYears, verifiedOn } = input;
  const staff = await lockAggregate(tx, staffAggregate, staffId);
  await authorize(tx, await loadStaffSubject(tx, staff));
  await requireStaff(tx, staffId);
  const { communityId } = staff;
  const today = await todayIn(tx, communityId);
  const languageCodes = [...new Set(input.languageCodes)];
  const isAhead = verifiedOn > today;
  refuseAll([
    ...qualificationViolations({ ...input, languageCodes }, today),
    ...(isAhead ? [{ path: 'input.verifiedOn', reason: 'IN_THE_FUTURE' }] : []),
  ]);
  const kept = { education, fieldCode, experienceYears, languageCodes, ...bornColumns(tx, input.bornOn), verifiedOn };
  const note = { action: 'recordStaffQualification', rule: 'B053' };
  const known = await tx.findOneBy(staffQualificationEntity, { staffId });
  if (known !== null) {
    const told = [staffQualificationEvents.revised, qualificationFact] as const;
    await saveAndTell(tx, staffQualificationAggregate, { before: known, after: { ...known, ...kept }, note }, told);
    return { id: known.id };
  }
  const number = await nextNumber(tx, communityId, positionPrefixes.qualification, await zoneOf(tx, communityId));
  const fresh = { id: newId(), communityId, number, staffId, ...kept };
  const told = [staffQualificationEvents.recorded, qualificationFact] as const;
  return { id: (await insertAndTell(tx, staffQualificationAggregate, fresh, note, told)).id };
}

/** What a member of staff can show for a position on a day. */
export async function proofOf(tx: Tx, staffId: string, day: string): Promise<Proof> {
  const kept = await tx.findOneBy(staffQualificationEntity, { staffId });
  const qualification = kept === null ? null : { ...kept, bornOn: unseal(tx, kept.bornOnSealed) };
  return { qualification, certificateKinds: await certificateKindsOf(tx, staffId, day) };
}
