import type { AccessPolicy, Grant, Role, Subject, SubjectOf } from '@steward/auth';

import { sees } from '../commands/document-clearance.ts';
import type { HrContext } from '../db/loaders.ts';
import type { ControlledDocument } from '../domain/controlled-document.ts';
import type { StaffMeeting } from '../domain/staff-meeting.ts';
import { inherited, listed, near, own, staff, supervisors as leaders } from './access-words.ts';

const trainers: Role[] = [...leaders, 'trainer'];
// Who can be cleared for a grade.
const readers: Role[] = staff.filter((role) => role !== 'operator');

const types: Record<string, Grant[]> = {
  TrainingPlan: near(staff),
  TrainingSession: near(staff),
  TrainingQuota: near([...trainers, 'analyst']),
  // As far as its grade lets them: see `subjectOfDocument`.
  ControlledDocument: [...near(readers), { roles: readers, relation: 'own' }],
  DocumentReading: [...near(leaders), own],
  QualityReview: near([...leaders, 'analyst']),
  StaffMeeting: [...near(staff), own],
  FollowUp: [...near(leaders), own],
};

const field = (type: string): string => `${type.charAt(0).toLowerCase()}${type.slice(1)}`;

/** Look-ups and lists are open to whom the type is. */
const queries: AccessPolicy = Object.fromEntries(
  Object.entries(types).flatMap(([type, grants]) => [
    [`Query.${field(type)}`, grants],
    [`Query.${field(type)}s`, grants],
  ]),
);

const valueTypes: AccessPolicy = {
  ...listed(Object.keys(types)),
  ...inherited([
    'TrainingPlanEntry',
    'TrainingAttendance',
    'ControlledDocumentVersion',
    'ControlledDocumentReader',
    'QualityFigure',
    'QualityRemedy',
    'StaffMeetingAttendance',
    'DraftTrainingPlanPayload',
    'PlanTrainingSessionPayload',
    'DraftControlledDocumentPayload',
    'CallStaffMeetingPayload',
  ]),
};

/** Who may see and do what with training, documents, meetings and reviews; transitions bring their own rows. */
export const trainingAccess: AccessPolicy = {
  ...types,
  ...queries,
  ...valueTypes,
  'TrainingSession.attendance': near(trainers),
  'ControlledDocument.versions': near(leaders),
  'ControlledDocument.readers': near(leaders),
  // The words are the reader's, once they have opened them.
  'DocumentReading.body': [own],
  'DocumentReading.bodySha256': [own],
  'StaffMeeting.minutes': [...near(leaders), own],
  'StaffMeeting.followUps': near(leaders),

  'Mutation.draftTrainingPlan': near(trainers),
  'Mutation.planTrainingSession': near(trainers),
  'Mutation.draftControlledDocument': near(leaders),
  'Mutation.callStaffMeeting': near(leaders),
};

type Reference = { id: string };
type Place = { communityId: string };
type InCommunity = 'trainingPlan' | 'trainingSession' | 'trainingQuota' | 'qualityReview';
type OfStaff = 'documentReading' | 'followUp';

const inCommunity =
  (loader: InCommunity) =>
  async (row: (Place & Reference) | Reference, ctx: HrContext): Promise<Subject> => {
    const found = 'communityId' in row ? row : await ctx.loaders[loader].load(row.id);
    return found === null ? {} : { communityId: found.communityId };
  };

const ofStaff =
  (loader: OfStaff) =>
  async (row: (Place & Reference & { staffId: string }) | Reference, ctx: HrContext): Promise<Subject> => {
    const found = 'staffId' in row ? row : await ctx.loaders[loader].load(row.id);
    return found === null ? {} : { communityId: found.communityId, staffIds: [found.staffId] };
  };

/** By office, as far as the grade lets them; else by name alone (A329). */
export async function subjectOfDocument(row: ControlledDocument | Reference, ctx: HrContext): Promise<Subject> {
  const found = 'secrecy' in row ? row : await ctx.loaders.controlledDocument.load(row.id);
  if (found === null) return {};
  if (sees(ctx.viewer, found)) return { communityId: found.communityId };
  const named = (await ctx.loaders.documentReaders.load(found.id)) ?? [];
  return { staffIds: named.map(({ staffId }) => staffId) };
}

/** A meeting is its chair's and theirs who were there. */
export async function subjectOfMeeting(row: StaffMeeting | Reference, ctx: HrContext): Promise<Subject> {
  const found = 'chairId' in row ? row : await ctx.loaders.staffMeeting.load(row.id);
  if (found === null) return {};
  const attendance = await ctx.loaders.meetingAttendance.load(found.id);
  const there = attendance.filter(({ answer }) => answer === 'PRESENT').map(({ staffId }) => staffId);
  return { communityId: found.communityId, staffIds: found.chairId === null ? there : [found.chairId, ...there] };
}

export const trainingSubjects: SubjectOf = {
  TrainingPlan: inCommunity('trainingPlan'),
  TrainingSession: inCommunity('trainingSession'),
  TrainingQuota: inCommunity('trainingQuota'),
  ControlledDocument: subjectOfDocument,
  DocumentReading: ofStaff('documentReading'),
  QualityReview: inCommunity('qualityReview'),
  StaffMeeting: subjectOfMeeting,
  FollowUp: ofStaff('followUp'),
};
