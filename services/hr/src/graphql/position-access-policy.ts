import type { AccessPolicy, Grant, Role, Subject, SubjectOf } from '@steward/auth';

import type { HrContext } from '../db/loaders.ts';
import { directors, inherited, listed, near, own, payloadOf, staff, supervisors } from './access-words.ts';

/** Of what belongs to the company as a whole. */
const everywhere = (roles: Role[]): Grant[] => [{ roles, relation: 'tenant' }];

const leaders: Grant[] = [...near(supervisors), own];
const administration: Grant[] = [...near(directors), own];

const queried: AccessPolicy = {
  'Query.position': everywhere(staff),
  'Query.positions': everywhere(staff),
  'Query.standardPositions': everywhere(staff),
  'Query.positionStaffing': everywhere(supervisors),
  'Query.authorityGrant': everywhere(staff),
  'Query.authorityGrants': everywhere(staff),
  'Query.authorityMatrix': everywhere(staff),
  'Query.spendingRequest': leaders,
  'Query.spendingRequests': leaders,
  'Query.staffQualification': leaders,
  'Query.staffQualifications': leaders,
  'Query.vacancy': near(staff),
  'Query.vacancies': near(staff),
  'Query.jobApplication': near(supervisors),
  'Query.jobApplications': near(supervisors),
  'Query.probationReview': leaders,
  'Query.probationReviews': leaders,
  'Query.gradeLadder': everywhere(staff),
  'Query.gradeLadders': everywhere(staff),
  'Query.staffGrade': leaders,
  'Query.staffGrades': leaders,
  'Query.positionDutySheet': leaders,
  'Query.positionDutySheets': leaders,
  'Query.positionKpiReview': near(supervisors),
  'Query.positionKpiReviews': near(supervisors),
  'Query.personnelArchive': administration,
  'Query.personnelArchives': administration,
  'Query.postRotation': leaders,
  'Query.postRotations': leaders,
  'Query.postHandover': leaders,
  'Query.postHandovers': leaders,
};

/** Transitions bring their own rows; those of the company as a whole are judged without a community. */
const changed: AccessPolicy = {
  'Mutation.registerPosition': everywhere(directors),
  'Mutation.adoptStandardPosition': everywhere(directors),
  'Mutation.revisePosition': everywhere(directors),
  'Mutation.retirePosition': everywhere(directors),
  'Mutation.setPositionHeadcount': everywhere(directors),
  // The company's decisions are entered by who keeps the system, so that nobody widens their own authority.
  'Mutation.grantAuthority': everywhere(['operator']),
  // Where they may is judged by the command: the grant itself belongs to no community.
  'Mutation.delegateAuthority': everywhere(supervisors),
  'Mutation.revokeAuthorityGrant': everywhere(['operator', ...supervisors]),
  'Mutation.requestSpending': [own],
  'Mutation.recordStaffQualification': near(directors),
  'Mutation.openVacancy': near(supervisors),
  'Mutation.registerJobApplication': near(supervisors),
  'Mutation.openProbationReview': near(supervisors),
  'Mutation.registerGradeLadder': everywhere(directors),
  'Mutation.adoptStandardGradeLadder': everywhere(directors),
  'Mutation.placeStaffGrade': near(directors),
  'Mutation.recordPositionKpi': near(supervisors),
  'Mutation.openPersonnelArchive': near(directors),
  'Mutation.openPostHandover': near(supervisors),
};

const types: AccessPolicy = {
  Position: everywhere(staff),
  AuthorityGrant: everywhere(staff),
  SpendingRequest: leaders,
  StaffQualification: leaders,
  'StaffQualification.bornOn': administration,
  Vacancy: near(staff),
  JobApplication: near(supervisors),
  ProbationReview: leaders,
  GradeLadder: everywhere(staff),
  StaffGrade: leaders,
  PositionDutySheet: leaders,
  PositionKpiReview: near(supervisors),
  PersonnelArchive: administration,
  PostRotation: leaders,
  PostHandover: leaders,
};

/** Who may see and do what with positions, authority, recruitment, grades and what belongs to a post. */
export const positionAccess: AccessPolicy = {
  ...queried,
  ...changed,
  ...types,
  ...inherited(Object.keys(changed).map(payloadOf)),
  ...listed(Object.keys(types).filter((name) => !name.includes('.'))),
  ...inherited([
    'PositionDuty',
    'PositionPartner',
    'PositionKpi',
    'StandardPosition',
    'PositionStaffing',
    'AuthorityMatrixRow',
    'PositionCheck',
    'GradeStep',
    'GradeCriterion',
    'PositionKpiResult',
    'ArchivePaper',
  ]),
};

type OfStaff = {
  communityId: string;
  staffId?: string | null;
  requesterId?: string;
  successorId?: string;
  witnessId?: string;
};

/** Whose a row is: of a request to pay, a handover and whatever else has one staff member. */
export const subjectOfPosition = (row: OfStaff): Subject => ({
  communityId: row.communityId,
  staffIds: [row.staffId, row.requesterId, row.successorId, row.witnessId].filter((id) => id != null),
});

type StaffLoader =
  | 'spendingRequest'
  | 'staffQualification'
  | 'probationReview'
  | 'staffGrade'
  | 'positionDutySheet'
  | 'personnelArchive'
  | 'postRotation'
  | 'postHandover';

type PlaceLoader = 'vacancy' | 'jobApplication' | 'positionKpiReview';

/** A reference brings the id alone. */
const ofStaff =
  (loader: StaffLoader) =>
  async (row: OfStaff | { id: string }, ctx: HrContext): Promise<Subject> => {
    const found = 'communityId' in row ? row : await ctx.loaders[loader].load(row.id);
    return found === null ? {} : subjectOfPosition(found);
  };

/** Who a candidate became has no say in the application. */
const ofPlace =
  (loader: PlaceLoader) =>
  async (row: { communityId: string } | { id: string }, ctx: HrContext): Promise<Subject> => {
    const found = 'communityId' in row ? row : await ctx.loaders[loader].load(row.id);
    return found === null ? {} : { communityId: found.communityId };
  };

export const positionSubjects: SubjectOf = {
  SpendingRequest: ofStaff('spendingRequest'),
  StaffQualification: ofStaff('staffQualification'),
  Vacancy: ofPlace('vacancy'),
  JobApplication: ofPlace('jobApplication'),
  ProbationReview: ofStaff('probationReview'),
  StaffGrade: ofStaff('staffGrade'),
  PositionDutySheet: ofStaff('positionDutySheet'),
  PositionKpiReview: ofPlace('positionKpiReview'),
  PersonnelArchive: ofStaff('personnelArchive'),
  PostRotation: ofStaff('postRotation'),
  PostHandover: ofStaff('postHandover'),
};
