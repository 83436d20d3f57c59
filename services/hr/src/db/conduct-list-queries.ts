import type { Tx } from '@steward/db';

import type {
  AppraisalFilter,
  DormitoryFilter,
  DormitoryRoomFilter,
  DormitoryStayFilter,
  DutyReportFilter,
  ReportDutyFilter,
  StaffCheckFilter,
  StaffCheckFormFilter,
  StaffCheckRoundFilter,
  TeamPlanFilter,
} from '../graphql/generated.ts';
import {
  appraisalEntity,
  dormitoryEntity,
  dormitoryRoomEntity,
  dormitoryStayEntity,
  dutyReportEntity,
  reportDutyEntity,
  staffCheckEntity,
  staffCheckFormEntity,
  staffCheckRoundEntity,
  teamPlanEntity,
} from './conduct-entities.ts';
import { dutyQuery } from './duty-list-queries.ts';

const ofStaff = { staffId: 'staff_id', status: 'status' };
const ofKind = { kind: 'kind', status: 'status' };

export const checkFormsQuery = (tx: Tx, filter: StaffCheckFormFilter) =>
  dutyQuery(tx, staffCheckFormEntity, filter, ofKind);

export const checkRoundsQuery = (tx: Tx, filter: StaffCheckRoundFilter) =>
  dutyQuery(tx, staffCheckRoundEntity, filter, ofKind);

export const checksQuery = (tx: Tx, filter: StaffCheckFilter) =>
  dutyQuery(tx, staffCheckEntity, filter, {
    ...ofStaff,
    kind: 'kind',
    roundId: 'round_id',
    roomId: 'room_id',
    isRegular: '(r.round_id is not null) = :isRegular',
  });

export const appraisalsQuery = (tx: Tx, filter: AppraisalFilter) =>
  dutyQuery(tx, appraisalEntity, filter, { ...ofStaff, grade: 'grade', startsOn: 'starts_on' });

export const dormitoriesQuery = (tx: Tx, filter: DormitoryFilter) =>
  dutyQuery(tx, dormitoryEntity, filter, { status: 'status' });

export const dormitoryRoomsQuery = (tx: Tx, filter: DormitoryRoomFilter) =>
  dutyQuery(tx, dormitoryRoomEntity, filter, { dormitoryId: 'dormitory_id', status: 'status' });

export const dormitoryStaysQuery = (tx: Tx, filter: DormitoryStayFilter) =>
  dutyQuery(tx, dormitoryStayEntity, filter, { ...ofStaff, roomId: 'room_id' });

export const teamPlansQuery = (tx: Tx, filter: TeamPlanFilter) =>
  dutyQuery(tx, teamPlanEntity, filter, { teamId: 'team_id', status: 'status' });

export const reportDutiesQuery = (tx: Tx, filter: ReportDutyFilter) => dutyQuery(tx, reportDutyEntity, filter, ofStaff);

export const dutyReportsQuery = (tx: Tx, filter: DutyReportFilter) =>
  dutyQuery(tx, dutyReportEntity, filter, {
    ...ofStaff,
    dutyId: 'duty_id',
    isOnTime: 'is_on_time',
    dueBefore: 'r.due_on < :dueBefore',
  });
