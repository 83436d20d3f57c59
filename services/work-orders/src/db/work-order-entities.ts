import { aggregateColumns, column, defineEntity } from '@steward/db';

import type { WorkOrderQuote } from '../domain/quote-rules.ts';
import type {
  WorkOrder,
  WorkOrderDispatchSlipPrint,
  WorkOrderMaterial,
  WorkOrderPhoto,
  WorkOrderRemark,
  WorkOrderWaterTest,
} from '../domain/work-order.ts';

const optional = { nullable: true };

export const workOrderEntity = defineEntity<WorkOrder>({
  name: 'WorkOrder',
  table: 'work_order',
  columns: {
    ...aggregateColumns,
    receivedAt: column.instant(),
    status: column.text(),
    priority: column.text(),
    channelCode: column.text(),
    tradeCode: column.text(),
    problemCode: column.text(),
    part: column.text(),
    departmentCode: column.text(),
    placeId: column.uuid(),
    unitId: column.uuid(optional),
    buildingId: column.uuid(optional),
    householdId: column.uuid(optional),
    requesterId: column.uuid(optional),
    contactNameSealed: column.text(optional),
    contactNameMasked: column.text(optional),
    contactPhoneSealed: column.text(optional),
    contactPhoneMasked: column.text(optional),
    contactPhoneIndex: column.text(optional),
    descriptionSealed: column.text(),
    convenientFrom: column.instant(optional),
    convenientTo: column.instant(optional),
    appointmentAt: column.instant(optional),
    assigneeId: column.uuid(optional),
    contractorId: column.uuid(optional),
    dispatchCount: column.int(),
    assignedAt: column.instant(optional),
    arrivedAt: column.instant(optional),
    completedAt: column.instant(optional),
    dueAt: column.instant(optional),
    completionNoteSealed: column.text(optional),
    pausedAt: column.instant(optional),
    pausedUntil: column.instant(optional),
    pauseReasonCode: column.text(optional),
    statusBeforePause: column.text(optional),
    responsibleParty: column.text(),
    responsibilityBasis: column.text(),
    warrantyEndsOn: column.date(optional),
    isPaid: column.bool(),
    agreedQuoteId: column.uuid(optional),
    agreedFeeAmount: column.bigint(optional),
    currency: column.text(),
    chargeState: column.text(),
    chargeId: column.uuid(optional),
    returnVisitKind: column.text(),
    waterTestedAt: column.instant(optional),
    acceptedAt: column.instant(optional),
    returnVisitOutcome: column.text(optional),
    returnVisitedAt: column.instant(optional),
    returnVisitAttempts: column.int(),
    reworkCount: column.int(),
    opinionRating: column.int(optional),
    opinionSealed: column.text(optional),
    urgeCount: column.int(),
    urgedAt: column.instant(optional),
    closedAt: column.instant(optional),
    cancelledAt: column.instant(optional),
    cancelReasonCode: column.text(optional),
    sourceSystem: column.text(optional),
    sourceKey: column.text(optional),
    sourceStatus: column.text(optional),
    sourceCreatedAt: column.instant(optional),
    sourceClosedAt: column.instant(optional),
  },
});

const childColumns = { id: column.id(), tenantId: column.uuid(), workOrderId: column.uuid() };

export const workOrderPhotoEntity = defineEntity<WorkOrderPhoto>({
  name: 'WorkOrderPhoto',
  table: 'work_order_photo',
  columns: { ...childColumns, kind: column.text(), fileId: column.uuid() },
});

export const workOrderMaterialEntity = defineEntity<WorkOrderMaterial>({
  name: 'WorkOrderMaterial',
  table: 'work_order_material',
  columns: {
    ...childColumns,
    name: column.text(),
    code: column.text(optional),
    quantity: column.decimal(),
    unit: column.text(),
    recordedAt: column.instant(),
  },
});

export const workOrderWaterTestEntity = defineEntity<WorkOrderWaterTest>({
  name: 'WorkOrderWaterTest',
  table: 'work_order_water_test',
  columns: { ...childColumns, testedAt: column.instant(), isPassed: column.bool() },
});

export const workOrderRemarkEntity = defineEntity<WorkOrderRemark>({
  name: 'WorkOrderRemark',
  table: 'work_order_remark',
  columns: {
    ...childColumns,
    action: column.text(),
    actorKind: column.text(),
    actorId: column.uuid(optional),
    madeAt: column.instant(),
    textSealed: column.text(),
  },
});

export const workOrderDispatchSlipPrintEntity = defineEntity<WorkOrderDispatchSlipPrint>({
  name: 'WorkOrderDispatchSlipPrint',
  table: 'work_order_dispatch_slip_print',
  columns: {
    ...childColumns,
    number: column.text(),
    dispatchCount: column.int(),
    copy: column.int(),
    fileId: column.uuid(),
    actorKind: column.text(),
    actorId: column.uuid(optional),
    printedAt: column.instant(),
  },
});

export const workOrderQuoteEntity = defineEntity<WorkOrderQuote>({
  name: 'WorkOrderQuote',
  table: 'work_order_quote',
  columns: {
    ...childColumns,
    state: column.text(),
    lines: column.json(),
    amount: column.bigint(),
    currency: column.text(),
    plannedAt: column.instant(),
    effectSealed: column.text(),
    quotedAt: column.instant(),
    manner: column.text(optional),
    decidedAt: column.instant(optional),
  },
});

export const workOrderEntities = [
  workOrderEntity,
  workOrderPhotoEntity,
  workOrderMaterialEntity,
  workOrderWaterTestEntity,
  workOrderRemarkEntity,
  workOrderDispatchSlipPrintEntity,
  workOrderQuoteEntity,
];
