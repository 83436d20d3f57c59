import { aggregateColumns, column, defineEntity } from '@steward/db';

import type { ComplaintCode } from '../domain/complaint-catalog.ts';
import type { ComplaintReport } from '../domain/complaint-report.ts';
import type { RecurringProblem } from '../domain/recurring-problem.ts';

const optional = { nullable: true };

export const recurringProblemEntity = defineEntity<RecurringProblem>({
  name: 'RecurringProblem',
  table: 'recurring_problem',
  columns: {
    ...aggregateColumns,
    status: column.text(),
    categoryCode: column.text(),
    buildingId: column.uuid(optional),
    round: column.int(),
    foundAt: column.instant(),
    causeSealed: column.text(optional),
    preventionSealed: column.text(optional),
    ownerId: column.uuid(optional),
    departmentCodes: column.texts(),
    plannedAt: column.instant(optional),
    checkAt: column.instant(optional),
    checkedAt: column.instant(optional),
    recurrenceCount: column.int(optional),
  },
});

/** Which complaint makes a problem recur; each counts once. */
export const problemComplaintEntity = defineEntity<{ complaintId: string; tenantId: string; problemId: string }>({
  name: 'RecurringProblemComplaint',
  table: 'recurring_problem_complaint',
  columns: { complaintId: column.id(), tenantId: column.uuid(), problemId: column.uuid() },
});

export const complaintReportEntity = defineEntity<ComplaintReport>({
  name: 'ComplaintReport',
  table: 'complaint_report',
  columns: {
    ...aggregateColumns,
    status: column.text(),
    period: column.text(),
    startsOn: column.date(),
    endsOn: column.date(),
    statistics: column.json(),
    conclusionSealed: column.text(optional),
    reviewedAt: column.instant(optional),
  },
});

export const complaintCodeEntity = defineEntity<ComplaintCode>({
  name: 'ComplaintCode',
  table: 'complaint_code',
  columns: {
    ...aggregateColumns,
    kind: column.text(),
    nameZh: column.text(),
    nameEn: column.text(),
    departmentCode: column.text(optional),
    grade: column.text(optional),
    retiredAt: column.instant(optional),
  },
});

export const analysisEntities = [
  recurringProblemEntity,
  problemComplaintEntity,
  complaintReportEntity,
  complaintCodeEntity,
];
