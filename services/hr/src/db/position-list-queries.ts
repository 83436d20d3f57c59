import type { Tx } from '@steward/db';
import type { SelectQueryBuilder } from 'typeorm';

import type { AuthorityGrant } from '../domain/position.ts';
import type * as filters from '../graphql/generated.ts';
import { dutyQuery } from './duty-list-queries.ts';
import * as position from './position-entities.ts';
import * as work from './position-work-entities.ts';
import * as recruitment from './recruitment-entities.ts';

const ofStaff = { staffId: 'staff_id', status: 'status' };

export const positionsQuery = (tx: Tx, filter: filters.PositionFilter) =>
  dutyQuery(tx, position.positionEntity, filter, { status: 'status', rank: 'rank', code: 'number' });

export const grantsQuery = (tx: Tx, filter: filters.AuthorityGrantFilter): SelectQueryBuilder<AuthorityGrant> =>
  dutyQuery(tx, position.authorityGrantEntity, filter, { action: 'action', status: 'status' });

export const spendingQuery = (tx: Tx, filter: filters.SpendingRequestFilter) =>
  dutyQuery(tx, position.spendingRequestEntity, filter, {
    kind: 'kind',
    status: 'status',
    requesterId: 'requester_id',
  });

export const qualificationsQuery = (tx: Tx, filter: filters.StaffQualificationFilter) =>
  dutyQuery(tx, recruitment.staffQualificationEntity, filter, { staffId: 'staff_id', education: 'education' });

export const vacanciesQuery = (tx: Tx, filter: filters.VacancyFilter) =>
  dutyQuery(tx, recruitment.vacancyEntity, filter, { positionId: 'position_id', status: 'status' });

export const applicationsQuery = (tx: Tx, filter: filters.JobApplicationFilter) =>
  dutyQuery(tx, recruitment.jobApplicationEntity, filter, { vacancyId: 'vacancy_id', status: 'status' });

export const probationsQuery = (tx: Tx, filter: filters.ProbationReviewFilter) =>
  dutyQuery(tx, recruitment.probationReviewEntity, filter, ofStaff);

export const laddersQuery = (tx: Tx, filter: filters.GradeLadderFilter) =>
  dutyQuery(tx, recruitment.gradeLadderEntity, filter, { code: 'number' });

export const gradesQuery = (tx: Tx, filter: filters.StaffGradeFilter) =>
  dutyQuery(tx, recruitment.staffGradeEntity, filter, { staffId: 'staff_id', ladderId: 'ladder_id' });

export const dutySheetsQuery = (tx: Tx, filter: filters.PositionDutySheetFilter) =>
  dutyQuery(tx, work.positionDutySheetEntity, filter, { ...ofStaff, cycle: 'cycle' });

export const kpiReviewsQuery = (tx: Tx, filter: filters.PositionKpiReviewFilter) =>
  dutyQuery(tx, work.positionKpiReviewEntity, filter, {
    positionCode: 'position_code',
    month: 'month',
    isMet: 'is_met',
  });

export const archivesQuery = (tx: Tx, filter: filters.PersonnelArchiveFilter) =>
  dutyQuery(tx, work.personnelArchiveEntity, filter, {
    ...ofStaff,
    kind: 'kind',
    isComplete: '(cardinality(r.missing_codes) = 0) = :isComplete',
  });

export const rotationsQuery = (tx: Tx, filter: filters.PostRotationFilter) =>
  dutyQuery(tx, work.postRotationEntity, filter, ofStaff);

export const postHandoversQuery = (tx: Tx, filter: filters.PostHandoverFilter) =>
  dutyQuery(tx, work.postHandoverEntity, filter, ofStaff);
