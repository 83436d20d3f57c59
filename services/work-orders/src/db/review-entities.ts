import { aggregateColumns, column, defineEntity } from '@steward/db';

import type { PaidService } from '../domain/quote-rules.ts';
import type {
  StaffMeasureProposal,
  WorkOrderMonthlyReport,
  WorkOrderSample,
  WorkOrderSampleEntry,
} from '../domain/review.ts';
import type { WorkOrderCode } from '../domain/work-order-catalog.ts';

const optional = { nullable: true };

export const workOrderSampleEntity = defineEntity<WorkOrderSample>({
  name: 'WorkOrderSample',
  table: 'work_order_sample',
  columns: { ...aggregateColumns, status: column.text(), weekStartsOn: column.date(), completedCount: column.int() },
});

export const workOrderSampleEntryEntity = defineEntity<WorkOrderSampleEntry>({
  name: 'WorkOrderSampleEntry',
  table: 'work_order_sample_entry',
  columns: {
    id: column.id(),
    tenantId: column.uuid(),
    sampleId: column.uuid(),
    workOrderId: column.uuid(),
    visitedAt: column.instant(optional),
    rating: column.int(optional),
    noteSealed: column.text(optional),
  },
});

export const workOrderMonthlyReportEntity = defineEntity<WorkOrderMonthlyReport>({
  name: 'WorkOrderMonthlyReport',
  table: 'work_order_monthly_report',
  columns: {
    ...aggregateColumns,
    status: column.text(),
    month: column.text(),
    statistics: column.json(),
    damages: column.json(),
    checkedAt: column.instant(optional),
  },
});

export const staffMeasureProposalEntity = defineEntity<StaffMeasureProposal>({
  name: 'StaffMeasureProposal',
  table: 'staff_measure_proposal',
  columns: {
    id: column.id(),
    tenantId: column.uuid(),
    reportId: column.uuid(),
    staffId: column.uuid(),
    measure: column.text(),
    reasonSealed: column.text(),
    proposedAt: column.instant(),
  },
});

export const paidServiceEntity = defineEntity<PaidService>({
  name: 'PaidService',
  table: 'paid_service',
  columns: {
    ...aggregateColumns,
    nameZh: column.text(),
    nameEn: column.text(),
    tradeCode: column.text(),
    departmentCode: column.text(),
    unitPriceAmount: column.bigint(),
    currency: column.text(),
    unit: column.text(),
    retiredAt: column.instant(optional),
  },
});

export const workOrderCodeEntity = defineEntity<WorkOrderCode>({
  name: 'WorkOrderCode',
  table: 'work_order_code',
  columns: {
    ...aggregateColumns,
    kind: column.text(),
    nameZh: column.text(),
    nameEn: column.text(),
    tradeCode: column.text(optional),
    departmentCode: column.text(optional),
    returnVisitKind: column.text(optional),
    warrantyKind: column.text(optional),
    isEmergency: column.bool(),
    retiredAt: column.instant(optional),
  },
});

export const reviewEntities = [
  workOrderSampleEntity,
  workOrderSampleEntryEntity,
  workOrderMonthlyReportEntity,
  staffMeasureProposalEntity,
  paidServiceEntity,
  workOrderCodeEntity,
];
