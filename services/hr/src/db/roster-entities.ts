import { aggregateColumns, column, defineEntity } from '@steward/db';

import type {
  Certificate,
  DutyGap,
  DutyRoster,
  DutyShift,
  InductionRecord,
  ShiftPattern,
} from '../domain/duty-roster.ts';

const nullable = { nullable: true };

export const certificateEntity = defineEntity<Certificate>({
  name: 'Certificate',
  table: 'certificate',
  columns: {
    ...aggregateColumns,
    staffId: column.uuid(nullable),
    kindCode: column.text(),
    certificateNoSealed: column.text(),
    certificateNoMasked: column.text(),
    issuedOn: column.date(),
    expiresOn: column.date(),
    status: column.text(),
    upkeep: column.text(nullable),
  },
});

export const inductionRecordEntity = defineEntity<InductionRecord>({
  name: 'InductionRecord',
  table: 'induction_record',
  columns: { ...aggregateColumns, staffId: column.uuid(), completedOn: column.date(), isPassed: column.bool() },
});

export const shiftPatternEntity = defineEntity<ShiftPattern>({
  name: 'ShiftPattern',
  table: 'shift_pattern',
  columns: {
    ...aggregateColumns,
    name: column.text(),
    kind: column.text(),
    roles: column.texts(),
    tradeCodes: column.texts(),
    startTime: column.text(),
    endTime: column.text(),
    summerStartTime: column.text(nullable),
    summerEndTime: column.text(nullable),
    isHandoverRequired: column.bool(),
    validFrom: column.date(),
    validTo: column.date(nullable),
    status: column.text(),
  },
});

export const dutyRosterEntity = defineEntity<DutyRoster>({
  name: 'DutyRoster',
  table: 'duty_roster',
  columns: {
    ...aggregateColumns,
    kind: column.text(),
    departmentId: column.uuid(nullable),
    startsOn: column.date(),
    endsOn: column.date(),
    status: column.text(),
    shiftCount: column.int(),
    submittedBy: column.text(nullable),
    publishedAt: column.instant(nullable),
  },
});

export const dutyShiftEntity = defineEntity<DutyShift>({
  name: 'DutyShift',
  table: 'duty_shift',
  columns: {
    ...aggregateColumns,
    rosterId: column.uuid(),
    workedOn: column.date(),
    patternCode: column.text(),
    staffId: column.uuid(),
    startsAt: column.instant(),
    endsAt: column.instant(),
    isServiceCentre: column.bool(),
    isNight: column.bool(),
    isHandoverRequired: column.bool(),
    status: column.text(),
    startedAt: column.instant(nullable),
    endedAt: column.instant(nullable),
    awayFrom: column.instant(nullable),
    substituteId: column.uuid(nullable),
  },
});

export const dutyGapEntity = defineEntity<DutyGap>({
  name: 'DutyGap',
  table: 'duty_gap',
  columns: {
    ...aggregateColumns,
    gapFrom: column.instant(),
    gapTo: column.instant(nullable),
    cause: column.text(),
    status: column.text(),
  },
});

export const rosterEntities = [
  certificateEntity,
  inductionRecordEntity,
  shiftPatternEntity,
  dutyRosterEntity,
  dutyShiftEntity,
  dutyGapEntity,
];
