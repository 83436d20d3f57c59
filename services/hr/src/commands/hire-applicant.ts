import { DomainError, newId, refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import {
  jobApplicationEvents,
  staffPostAssigned,
  staffQualificationEvents,
  staffRegistered,
  vacancyEvents,
} from '@steward/events';
import {
  insertAggregate,
  insertAndTell,
  lockAggregate,
  lockAuthorized,
  lockNaturalKeys,
  nextNumber,
  publish,
  resolvePolicy,
  saveAndTell,
  unseal,
  zoneOf,
} from '@steward/service-kit';

import { staffAggregate } from '../db/aggregates.ts';
import { loadDirectory } from '../db/directory-queries.ts';
import { jobApplicationAggregate, staffQualificationAggregate, vacancyAggregate } from '../db/position-aggregates.ts';
import { positionEntity } from '../db/position-entities.ts';
import { staffContact } from '../db/sealed-contact.ts';
import { findKnownStaff, insertPost } from '../db/staff-queries.ts';
import { moveBy } from '../domain/duty-transition-rules.ts';
import { applicationFact, qualificationFact, vacancyFact } from '../domain/position-facts.ts';
import { positionPolicy, positionPrefixes } from '../domain/position-policy.ts';
import { requireGiven } from '../domain/position-rules.ts';
import type { Position } from '../domain/position.ts';
import { departmentCodeOf, teamOf } from '../domain/post-rules.ts';
import { requireInterviewPassed, requireOpen, takeOpening } from '../domain/recruitment-rules.ts';
import type { JobApplication, Vacancy } from '../domain/recruitment.ts';
import { requirementViolations } from '../domain/requirement-rules.ts';
import { postFact, staffFact } from '../domain/staff-facts.ts';
import type { HireApplicantInput } from '../graphql/generated.ts';
import { beginProbation } from './assess-probation.ts';
import { startPositionDays } from './follow-position-day.ts';
import { requirePlanned } from './open-vacancy.ts';
import { bornColumns } from './record-staff-qualification.ts';
import { requireAuthority, todayIn } from './require-authority.ts';

type Hiring = { application: JobApplication; vacancy: Vacancy; position: Position; bornOn: string };

/** Up to the rank the authority matrix gives (A002, A330), and only who meets the position (A317). */
export async function hireApplicant(tx: Tx, input: HireApplicantInput): Promise<{ id: string }> {
  const application = await lockAuthorized(tx, jobApplicationAggregate, input);
  const hired = moveBy(application, 'hireApplicant', 'HIRED');
  const vacancy = requireOpen(await lockAggregate(tx, vacancyAggregate, application.vacancyId));
  const position = requireGiven(await tx.findOneBy(positionEntity, { id: vacancy.positionId }), 'input.id');
  const { communityId } = vacancy;
  await requireAuthority(tx, communityId, 'HIRE_STAFF', { rank: position.rank });
  const bornOn = unseal(tx, application.bornOnSealed ?? '');
  await requireFit(tx, { application, vacancy, position, bornOn }, input.employedOn);
  await requirePlanned(tx, communityId, position.id, { more: 1, isAdvertised: true });
  const staffId = await employ(tx, { application, vacancy, position, bornOn }, input);
  const after = { ...hired, staffId, decidedAt: txScope(tx).now };
  const note = { action: 'hireApplicant', rule: 'A002' };
  await saveAndTell(tx, jobApplicationAggregate, { before: application, after, note }, [
    jobApplicationEvents.hired,
    applicationFact,
  ]);
  const taken = takeOpening(vacancy);
  const fact = taken.status === 'FILLED' ? vacancyEvents.filled : vacancyEvents.taken;
  await saveAndTell(tx, vacancyAggregate, { before: vacancy, after: taken, note }, [fact, vacancyFact]);
  const terms = { staffId, communityId, positionCode: position.number, startsOn: input.employedOn };
  if (position.probationMonths > 0) await beginProbation(tx, { ...terms, months: position.probationMonths });
  await startPositionDays(tx, communityId);
  return { id: application.id };
}

async function requireFit(tx: Tx, { application, position, bornOn }: Hiring, day: string): Promise<void> {
  const { interviewPassScore } = await resolvePolicy(tx, positionPolicy, application.communityId);
  requireInterviewPassed(application.interviewScore, interviewPassScore);
  const proof = { qualification: { ...application, bornOn }, certificateKinds: application.certificateKinds };
  refuseAll(requirementViolations(position, proof, { rule: position.rule, path: 'input.id', day }));
}

/** The candidate becomes staff with the post and with what their papers say. */
async function employ(tx: Tx, hiring: Hiring, input: HireApplicantInput): Promise<string> {
  const { application, vacancy, position, bornOn } = hiring;
  const { communityId, departmentId } = vacancy;
  const { staffNumber, employedOn } = input;
  await requireFreeNumber(tx, staffNumber);
  const directory = await loadDirectory(tx, [communityId]);
  const teamId = teamIdOf(directory, vacancy, input.teamCode ?? null);
  const person = { name: unseal(tx, application.nameSealed ?? ''), phone: unseal(tx, application.phoneSealed ?? '') };
  const nothing = { leftOn: null, leavingReasonCode: null, tradeCodes: [], dutyFrom: null, dutyTo: null };
  const work = { number: staffNumber.trim(), status: 'EMPLOYED' as const, employedOn, ...nothing };
  const fresh = { id: newId(), communityId, ...staffContact(tx, person), ...work };
  const staff = await insertAggregate(tx, staffAggregate, fresh, { action: 'hireApplicant', rule: 'A002' });
  publish(tx, staff, staffRegistered, staffFact(staff));
  const days = { validFrom: employedOn, validTo: null };
  const terms = { communityId, departmentId, teamId, positionCode: position.number, role: position.role, ...days };
  const post = await insertPost(tx, staff.id, terms);
  publish(tx, staff, staffPostAssigned, postFact(post, departmentCodeOf(directory, departmentId)));
  const number = await nextNumber(tx, communityId, positionPrefixes.qualification, await zoneOf(tx, communityId));
  const { education, fieldCode, experienceYears, languageCodes } = application;
  const skills = { education, fieldCode, experienceYears, languageCodes, verifiedOn: await todayIn(tx, communityId) };
  const kept = { id: newId(), communityId, number, staffId: staff.id, ...bornColumns(tx, bornOn), ...skills };
  const told = [staffQualificationEvents.recorded, qualificationFact] as const;
  await insertAndTell(tx, staffQualificationAggregate, kept, { action: 'hireApplicant', rule: 'A317' }, told);
  return staff.id;
}

async function requireFreeNumber(tx: Tx, staffNumber: string): Promise<void> {
  if (staffNumber.trim() === '')
    throw new DomainError('BAD_USER_INPUT', 'TEXT_REQUIRED', { path: 'input.staffNumber' });
  await lockNaturalKeys(tx, 'staff');
  if ((await findKnownStaff(tx, [staffNumber.trim()], [])).length > 0)
    throw new DomainError('CONFLICT', 'STAFF_NUMBER_TAKEN', { path: 'input.staffNumber' });
}

type Directory = Awaited<ReturnType<typeof loadDirectory>>;

function teamIdOf(directory: Directory, { communityId, departmentId }: Vacancy, code: string | null): string | null {
  if (code === null) return null;
  const team = teamOf(directory, communityId, code);
  if (team === undefined) throw new DomainError('BAD_USER_INPUT', 'TEAM_UNKNOWN', { path: 'input.teamCode' });
  if (team.departmentId !== departmentId)
    throw new DomainError('BAD_USER_INPUT', 'TEAM_OF_OTHER_DEPARTMENT', { path: 'input.teamCode' });
  return team.id;
}
