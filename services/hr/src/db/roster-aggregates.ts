import { certificateDeadlines } from '@steward/events';
import { defineAggregate, type ListSubject } from '@steward/service-kit';

import type {
  Certificate,
  DutyGap,
  DutyRoster,
  DutyShift,
  InductionRecord,
  ShiftPattern,
} from '../domain/duty-roster.ts';
import {
  certificateEntity,
  dutyGapEntity,
  dutyRosterEntity,
  dutyShiftEntity,
  inductionRecordEntity,
  shiftPatternEntity,
} from './roster-entities.ts';

type OfStaff = { communityId: string; staffId: string | null };

/** What belongs to one member of staff in a community. */
export const subjectOfStaffRow = ({ communityId, staffId }: OfStaff) => ({
  communityId,
  staffIds: staffId === null ? [] : [staffId],
});

export const ownStaffRows: ListSubject = { staff: ({ row }, id) => `${row}.staff_id = ${id}` };

const inCommunity = ({ communityId }: { communityId: string }) => ({ communityId });

export const certificateAggregate = defineAggregate<Certificate>({
  type: 'certificate',
  table: 'certificate',
  graphqlType: 'Certificate',
  entity: certificateEntity,
  deadlines: certificateDeadlines,
  sealed: ['certificateNoSealed', 'certificateNoMasked'],
  subject: subjectOfStaffRow,
  listSubject: ownStaffRows,
});

export const inductionRecordAggregate = defineAggregate<InductionRecord>({
  type: 'induction-record',
  table: 'induction_record',
  graphqlType: 'InductionRecord',
  entity: inductionRecordEntity,
  subject: subjectOfStaffRow,
  listSubject: ownStaffRows,
});

export const shiftPatternAggregate = defineAggregate<ShiftPattern>({
  type: 'shift-pattern',
  table: 'shift_pattern',
  graphqlType: 'ShiftPattern',
  entity: shiftPatternEntity,
  subject: inCommunity,
});

export const dutyRosterAggregate = defineAggregate<DutyRoster>({
  type: 'duty-roster',
  table: 'duty_roster',
  graphqlType: 'DutyRoster',
  entity: dutyRosterEntity,
  subject: inCommunity,
});

export const dutyShiftAggregate = defineAggregate<DutyShift>({
  type: 'duty-shift',
  table: 'duty_shift',
  graphqlType: 'DutyShift',
  entity: dutyShiftEntity,
  subject: subjectOfStaffRow,
  listSubject: ownStaffRows,
});

export const dutyGapAggregate = defineAggregate<DutyGap>({
  type: 'duty-gap',
  table: 'duty_gap',
  graphqlType: 'DutyGap',
  entity: dutyGapEntity,
  subject: inCommunity,
});

export const rosterAggregates = [
  certificateAggregate,
  inductionRecordAggregate,
  shiftPatternAggregate,
  dutyRosterAggregate,
  dutyShiftAggregate,
  dutyGapAggregate,
];
