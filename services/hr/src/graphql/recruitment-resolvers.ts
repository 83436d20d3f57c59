import { availableActions, historyOf, loaded } from '@steward/service-kit';

import { assessProbation, extendProbation, openProbationReview } from '../commands/assess-probation.ts';
import { hireApplicant } from '../commands/hire-applicant.ts';
import { judgeDutyActions } from '../commands/judge-duty-actions.ts';
import { closeVacancy, openVacancy } from '../commands/open-vacancy.ts';
import {
  adoptStandardGradeLadder,
  missingForPromotion,
  placeStaffGrade,
  promoteStaffGrade,
  registerGradeLadder,
} from '../commands/promote-staff-grade.ts';
import { recordStaffQualification } from '../commands/record-staff-qualification.ts';
import {
  recordApplicationInterview,
  registerJobApplication,
  rejectJobApplication,
  withdrawJobApplication,
} from '../commands/register-job-application.ts';
import type { HrContext } from '../db/loaders.ts';
import {
  applicationsQuery,
  gradesQuery,
  laddersQuery,
  probationsQuery,
  qualificationsQuery,
  vacanciesQuery,
} from '../db/position-list-queries.ts';
import { companyList } from './company-lists.ts';
import { answering, dutyList, staffOf } from './duty-lists.ts';
import type {
  GradeLadderResolvers,
  JobApplicationResolvers,
  MutationResolvers,
  ProbationReviewResolvers,
  QueryResolvers,
  StaffGradeResolvers,
  StaffQualificationResolvers,
  VacancyResolvers,
} from './generated.ts';
import { subjectOfPosition } from './position-access-policy.ts';
import { checksOf, codeOf, codesOf, positionCode, textOr } from './position-labels.ts';

type Queries = Pick<
  QueryResolvers<HrContext>,
  | 'staffQualification'
  | 'staffQualifications'
  | 'vacancy'
  | 'vacancies'
  | 'jobApplication'
  | 'jobApplications'
  | 'probationReview'
  | 'probationReviews'
  | 'gradeLadder'
  | 'gradeLadders'
  | 'staffGrade'
  | 'staffGrades'
>;

export const recruitmentQueries: Queries = {
  staffQualification: (_parent, { id }, ctx) => ctx.loaders.staffQualification.load(id),
  staffQualifications: (_parent, args, ctx) => dutyList(ctx, args, qualificationsQuery),
  vacancy: (_parent, { id }, ctx) => ctx.loaders.vacancy.load(id),
  vacancies: (_parent, args, ctx) => dutyList(ctx, args, vacanciesQuery),
  jobApplication: (_parent, { id }, ctx) => ctx.loaders.jobApplication.load(id),
  jobApplications: (_parent, args, ctx) => dutyList(ctx, args, applicationsQuery),
  probationReview: (_parent, { id }, ctx) => ctx.loaders.probationReview.load(id),
  probationReviews: (_parent, args, ctx) => dutyList(ctx, args, probationsQuery),
  gradeLadder: (_parent, { id }, ctx) => ctx.loaders.gradeLadder.load(id),
  gradeLadders: (_parent, args, ctx) => companyList(ctx, args, laddersQuery),
  staffGrade: (_parent, { id }, ctx) => ctx.loaders.staffGrade.load(id),
  staffGrades: (_parent, args, ctx) => dutyList(ctx, args, gradesQuery),
};

const vacancy = answering('vacancy', (ctx) => ctx.loaders.vacancy);
const jobApplication = answering('jobApplication', (ctx) => ctx.loaders.jobApplication);
const probationReview = answering('probationReview', (ctx) => ctx.loaders.probationReview);
const gradeLadder = answering('gradeLadder', (ctx) => ctx.loaders.gradeLadder);
const staffGrade = answering('staffGrade', (ctx) => ctx.loaders.staffGrade);

export const recruitmentMutations: Pick<
  MutationResolvers<HrContext>,
  | 'recordStaffQualification'
  | 'openVacancy'
  | 'closeVacancy'
  | 'registerJobApplication'
  | 'recordApplicationInterview'
  | 'hireApplicant'
  | 'rejectJobApplication'
  | 'withdrawJobApplication'
  | 'openProbationReview'
  | 'assessProbation'
  | 'extendProbation'
  | 'registerGradeLadder'
  | 'adoptStandardGradeLadder'
  | 'placeStaffGrade'
  | 'promoteStaffGrade'
> = {
  recordStaffQualification: answering(
    'staffQualification',
    (ctx) => ctx.loaders.staffQualification,
  )(recordStaffQualification),
  openVacancy: vacancy(openVacancy),
  closeVacancy: vacancy(closeVacancy),
  registerJobApplication: jobApplication(registerJobApplication),
  recordApplicationInterview: jobApplication(recordApplicationInterview),
  hireApplicant: jobApplication(hireApplicant),
  rejectJobApplication: jobApplication(rejectJobApplication),
  withdrawJobApplication: jobApplication(withdrawJobApplication),
  openProbationReview: probationReview(openProbationReview),
  assessProbation: probationReview(assessProbation),
  extendProbation: probationReview(extendProbation),
  registerGradeLadder: gradeLadder(registerGradeLadder),
  adoptStandardGradeLadder: gradeLadder(adoptStandardGradeLadder),
  placeStaffGrade: staffGrade(placeStaffGrade),
  promoteStaffGrade: staffGrade(promoteStaffGrade),
};

const opened = (ctx: HrContext, sealed: string | null) => (sealed === null ? null : ctx.open(sealed));

const StaffQualification: StaffQualificationResolvers<HrContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.staffQualification.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  staff: ({ staffId }, _args, ctx) => staffOf(ctx, staffId),
  bornOn: ({ bornOnSealed }, _args, ctx) => ctx.open(bornOnSealed),
  field: ({ fieldCode }) => codeOf('experienceField', fieldCode),
  languages: ({ languageCodes }) => codesOf('language', languageCodes),
  availableActions: () => [],
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const Vacancy: VacancyResolvers<HrContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.vacancy.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  position: ({ positionId }, _args, ctx) => loaded(ctx.loaders.position.load(positionId)),
  department: ({ departmentId }, _args, ctx) => loaded(ctx.loaders.department.load(departmentId)),
  availableActions: ({ communityId, status }, _args, ctx) =>
    availableActions(ctx, { communityId }, judgeDutyActions({ status }, ['closeVacancy'])),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const JobApplication: JobApplicationResolvers<HrContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.jobApplication.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  vacancy: ({ vacancyId }, _args, ctx) => loaded(ctx.loaders.vacancy.load(vacancyId)),
  name: ({ nameSealed }, _args, ctx) => opened(ctx, nameSealed),
  phone: ({ phoneSealed }, _args, ctx) => opened(ctx, phoneSealed),
  bornOn: ({ bornOnSealed }, _args, ctx) => opened(ctx, bornOnSealed),
  interviewNote: ({ interviewNoteSealed }, _args, ctx) => opened(ctx, interviewNoteSealed),
  interviewer: ({ interviewerId }, _args, ctx) => staffOf(ctx, interviewerId),
  field: ({ fieldCode }) => codeOf('experienceField', fieldCode),
  languages: ({ languageCodes }) => codesOf('language', languageCodes),
  certificateKinds: ({ certificateKinds }) => codesOf('certificateKind', certificateKinds),
  staff: ({ staffId }, _args, ctx) => staffOf(ctx, staffId),
  availableActions: ({ communityId, status }, _args, ctx) =>
    availableActions(
      ctx,
      { communityId },
      judgeDutyActions({ status }, [
        'recordApplicationInterview',
        'hireApplicant',
        'rejectJobApplication',
        'withdrawJobApplication',
      ]),
    ),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const ProbationReview: ProbationReviewResolvers<HrContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.probationReview.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  staff: ({ staffId }, _args, ctx) => staffOf(ctx, staffId),
  position: ({ positionCode: code }, _args, ctx) => positionCode(ctx, code),
  checks: ({ id }, _args, ctx) => checksOf(ctx, id, 'probationCheck'),
  deadlines: ({ id }, _args, ctx) => ctx.loaders.deadlines.load(id),
  availableActions: (row, _args, ctx) =>
    availableActions(ctx, subjectOfPosition(row), judgeDutyActions(row, ['assessProbation', 'extendProbation'])),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const GradeLadder: GradeLadderResolvers<HrContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.gradeLadder.load(id),
  label: ({ label, number }, _args, ctx) => label ?? textOr(ctx, 'gradeLadder', number),
  steps: ({ steps }, _args, ctx) =>
    steps.map((step, index) => ({ ...step, level: index + 1, label: step.label ?? textOr(ctx, 'grade', step.code) })),
  availableActions: () => [],
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const StaffGrade: StaffGradeResolvers<HrContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.staffGrade.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  staff: ({ staffId }, _args, ctx) => staffOf(ctx, staffId),
  ladder: ({ ladderId }, _args, ctx) => loaded(ctx.loaders.gradeLadder.load(ladderId)),
  grade: async ({ ladderId, level }, _args, ctx) => {
    const step = (await loaded(ctx.loaders.gradeLadder.load(ladderId))).steps[level - 1];
    return step?.label ?? textOr(ctx, 'grade', step?.code ?? '');
  },
  missing: (row, _args, ctx) => ctx.read((tx) => missingForPromotion(tx, row)),
  availableActions: (row, _args, ctx) =>
    availableActions(ctx, subjectOfPosition(row), judgeDutyActions(row, ['promoteStaffGrade'])),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

export const recruitmentTypes = {
  StaffQualification,
  Vacancy,
  JobApplication,
  ProbationReview,
  GradeLadder,
  StaffGrade,
};
