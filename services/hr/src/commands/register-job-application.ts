import { DomainError, newId, refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { jobApplicationEvents, type EventDefinition } from '@steward/events';
import {
  authorize,
  insertAndTell,
  lockAuthorized,
  nextNumber,
  saveAndTell,
  sealedName,
  sealedPhone,
  sealOptional,
  zoneOf,
} from '@steward/service-kit';

import { jobApplicationAggregate } from '../db/position-aggregates.ts';
import { vacancyEntity } from '../db/recruitment-entities.ts';
import { moveBy, type DutyAction } from '../domain/duty-transition-rules.ts';
import { applicationFact } from '../domain/position-facts.ts';
import { positionPrefixes } from '../domain/position-policy.ts';
import { rangeViolations, skillViolations } from '../domain/position-rules.ts';
import { requireOpen } from '../domain/recruitment-rules.ts';
import type { JobApplication } from '../domain/recruitment.ts';
import { contactViolations } from '../domain/staff-rules.ts';
import type {
  RecordApplicationInterviewInput,
  RegisterJobApplicationInput,
  RejectJobApplicationInput,
  WithdrawJobApplicationInput,
} from '../graphql/generated.ts';
import { bornColumns, qualificationViolations } from './record-staff-qualification.ts';
import { requireStaff } from './register-certificate.ts';
import { todayIn } from './require-authority.ts';

const undecided = { interviewedOn: null, interviewerId: null, interviewScore: null, interviewNoteSealed: null };

export async function registerJobApplication(tx: Tx, input: RegisterJobApplicationInput): Promise<{ id: string }> {
  const { vacancyId, education, fieldCode = null, experienceYears } = input;
  const found = await tx.findOneBy(vacancyEntity, { id: vacancyId });
  await authorize(tx, found === null ? {} : { communityId: found.communityId });
  const { communityId } = requireOpen(found);
  const today = await todayIn(tx, communityId);
  requireOpen(found, today);
  const languageCodes = [...new Set(input.languageCodes)];
  const certificateKinds = [...new Set(input.certificateKinds)];
  refuseAll([
    ...contactViolations(input, 'input'),
    ...qualificationViolations({ ...input, languageCodes }, today),
    ...skillViolations({ languageCodes: [], certificateKinds }, 'input'),
  ]);
  const number = await nextNumber(tx, communityId, positionPrefixes.application, await zoneOf(tx, communityId));
  const { bornOnSealed } = bornColumns(tx, input.bornOn);
  const person = { ...sealedName(tx, 'name', input.name), ...sealedPhone(tx, 'phone', input.phone), bornOnSealed };
  const skills = { education, fieldCode, experienceYears, languageCodes, certificateKinds };
  const state = { status: 'RECEIVED' as const, endedBecause: null, staffId: null, decidedAt: null };
  const fresh = { id: newId(), communityId, number, vacancyId, ...person, ...skills, ...undecided, ...state };
  const note = { action: 'registerJobApplication', rule: 'A317' };
  const told = [jobApplicationEvents.received, applicationFact] as const;
  return { id: (await insertAndTell(tx, jobApplicationAggregate, fresh, note, told)).id };
}

export async function recordApplicationInterview(
  tx: Tx,
  input: RecordApplicationInterviewInput,
): Promise<{ id: string }> {
  const { interviewedOn, interviewerId, score: interviewScore } = input;
  const application = await lockAuthorized(tx, jobApplicationAggregate, input);
  const moved = moveBy(application, 'recordApplicationInterview', 'INTERVIEWED');
  await requireStaff(tx, interviewerId, 'input.interviewerId');
  refuseAll(rangeViolations([['input.score', interviewScore, 0, 100]]));
  if (interviewedOn > (await todayIn(tx, application.communityId)))
    throw new DomainError('BAD_USER_INPUT', 'IN_THE_FUTURE', { path: 'input.interviewedOn' });
  const interviewNoteSealed = sealOptional(tx, input.note);
  const after = { ...moved, interviewedOn, interviewerId, interviewScore, interviewNoteSealed };
  const note = { action: 'recordApplicationInterview', rule: 'A317' };
  const told = [jobApplicationEvents.interviewed, applicationFact] as const;
  return { id: (await saveAndTell(tx, jobApplicationAggregate, { before: application, after, note }, told)).id };
}

type End = {
  action: DutyAction;
  status: 'REJECTED' | 'WITHDRAWN';
  because: NonNullable<JobApplication['endedBecause']>;
  fact: EventDefinition<ReturnType<typeof applicationFact>>;
};

async function end(tx: Tx, before: JobApplication, { action, status, because, fact }: End): Promise<{ id: string }> {
  const after = { ...moveBy(before, action, status), endedBecause: because, decidedAt: txScope(tx).now };
  const note = { action, reason: because, rule: 'A317' };
  return { id: (await saveAndTell(tx, jobApplicationAggregate, { before, after, note }, [fact, applicationFact])).id };
}

export async function rejectJobApplication(tx: Tx, input: RejectJobApplicationInput): Promise<{ id: string }> {
  const application = await lockAuthorized(tx, jobApplicationAggregate, input);
  const { because } = input;
  const fact = jobApplicationEvents.rejected;
  return end(tx, application, { action: 'rejectJobApplication', status: 'REJECTED', because, fact });
}

export async function withdrawJobApplication(tx: Tx, input: WithdrawJobApplicationInput): Promise<{ id: string }> {
  const application = await lockAuthorized(tx, jobApplicationAggregate, input);
  const because = 'CANDIDATE_WITHDREW';
  const fact = jobApplicationEvents.withdrawn;
  return end(tx, application, { action: 'withdrawJobApplication', status: 'WITHDRAWN', because, fact });
}
