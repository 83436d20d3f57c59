import { aggregateColumns, column, defineEntity } from '@steward/db';

import type {
  Complaint,
  ComplaintContactForm,
  ComplaintPhoto,
  ComplaintRemark,
  ComplaintRemedy,
  ComplaintRepair,
  ComplaintStep,
} from '../domain/complaint.ts';

const optional = { nullable: true };

export const complaintEntity = defineEntity<Complaint>({
  name: 'Complaint',
  table: 'complaint',
  columns: {
    ...aggregateColumns,
    receivedAt: column.instant(),
    occurredAt: column.instant(),
    status: column.text(),
    nature: column.text(),
    grade: column.text(),
    effects: column.texts(),
    channelCode: column.text(),
    categoryCode: column.text(),
    departmentCode: column.text(),
    departmentCodes: column.texts(),
    placeId: column.uuid(optional),
    unitId: column.uuid(optional),
    buildingId: column.uuid(optional),
    householdId: column.uuid(optional),
    complainantId: column.uuid(optional),
    respondentId: column.uuid(optional),
    handlerId: column.uuid(optional),
    contactNameSealed: column.text(optional),
    contactNameMasked: column.text(optional),
    contactPhoneSealed: column.text(optional),
    contactPhoneMasked: column.text(optional),
    contactPhoneIndex: column.text(optional),
    respondentSealed: column.text(optional),
    locationSealed: column.text(optional),
    summarySealed: column.text(),
    courseSealed: column.text(optional),
    demandSealed: column.text(optional),
    wantedUntil: column.instant(optional),
    dueAt: column.instant(optional),
    isHarmOngoing: column.bool(),
    harmStoppedAt: column.instant(optional),
    isAgitated: column.bool(),
    referralReasonCode: column.text(optional),
    referredAt: column.instant(optional),
    decidedAt: column.instant(optional),
    contactedAt: column.instant(optional),
    responsibility: column.text(optional),
    isValid: column.bool(optional),
    helpSealed: column.text(optional),
    doneSteps: column.texts(),
    openFormCount: column.int(),
    openRepairCount: column.int(),
    openRemedyCount: column.int(),
    remedyAmount: column.bigint(),
    currency: column.text(),
    answeredAt: column.instant(optional),
    resultSealed: column.text(optional),
    resolvedAt: column.instant(optional),
    toldAt: column.instant(optional),
    returnVisitOutcome: column.text(optional),
    returnVisitedAt: column.instant(optional),
    returnVisitAttempts: column.int(),
    rating: column.int(optional),
    reopenCount: column.int(),
    archivedAt: column.instant(optional),
    withdrawnAt: column.instant(optional),
    withdrawReasonCode: column.text(optional),
    sourceSystem: column.text(optional),
    sourceKey: column.text(optional),
    sourceStatus: column.text(optional),
    sourceCreatedAt: column.instant(optional),
    sourceClosedAt: column.instant(optional),
  },
});

const childColumns = { id: column.id(), tenantId: column.uuid(), complaintId: column.uuid() };

export const contactFormEntity = defineEntity<ComplaintContactForm>({
  name: 'ComplaintContactForm',
  table: 'complaint_contact_form',
  columns: {
    ...childColumns,
    round: column.int(),
    departmentCode: column.text(),
    contentSealed: column.text(),
    issuedAt: column.instant(),
    state: column.text(),
    answeredAt: column.instant(optional),
    answeredBy: column.uuid(optional),
    answerSealed: column.text(optional),
  },
});

export const complaintStepEntity = defineEntity<ComplaintStep>({
  name: 'ComplaintStep',
  table: 'complaint_step',
  columns: {
    ...childColumns,
    kind: column.text(),
    means: column.text(optional),
    departmentCodes: column.texts(),
    occurredAt: column.instant(),
    recordedBy: column.uuid(optional),
    noteSealed: column.text(optional),
  },
});

export const complaintRemedyEntity = defineEntity<ComplaintRemedy>({
  name: 'ComplaintRemedy',
  table: 'complaint_remedy',
  columns: {
    ...childColumns,
    descriptionSealed: column.text(),
    costAmount: column.bigint(),
    currency: column.text(),
    plannedOn: column.date(optional),
    state: column.text(),
    approvalId: column.uuid(optional),
    proposedAt: column.instant(),
  },
});

export const complaintRepairEntity = defineEntity<ComplaintRepair>({
  name: 'ComplaintRepair',
  table: 'complaint_repair',
  columns: {
    ...childColumns,
    placeId: column.uuid(),
    tradeCode: column.text(),
    problemCode: column.text(),
    isEmergency: column.bool(),
    state: column.text(),
    workOrderId: column.uuid(optional),
    requestedAt: column.instant(),
    closedAt: column.instant(optional),
  },
});

export const complaintRemarkEntity = defineEntity<ComplaintRemark>({
  name: 'ComplaintRemark',
  table: 'complaint_remark',
  columns: {
    ...childColumns,
    action: column.text(),
    actorKind: column.text(),
    actorId: column.uuid(optional),
    madeAt: column.instant(),
    textSealed: column.text(),
  },
});

export const complaintPhotoEntity = defineEntity<ComplaintPhoto>({
  name: 'ComplaintPhoto',
  table: 'complaint_photo',
  columns: { ...childColumns, fileId: column.uuid() },
});

export const complaintEntities = [
  complaintEntity,
  contactFormEntity,
  complaintStepEntity,
  complaintRemedyEntity,
  complaintRepairEntity,
  complaintRemarkEntity,
  complaintPhotoEntity,
];
