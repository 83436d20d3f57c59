import { aggregateColumns, column, defineEntity } from '@steward/db';

import type { DecorationInspection } from '../domain/decoration-inspection.ts';
import type { DecorationPhoto, DecorationViolation } from '../domain/decoration-violation.ts';
import type {
  Decoration,
  DecorationAcknowledgement,
  DecorationCompletionCheck,
  DecorationDocument,
  DecorationTerms,
} from '../domain/decoration.ts';

const optional = { nullable: true };
const part = { id: column.id(), tenantId: column.uuid(), decorationId: column.uuid() };

export const decorationTermsEntity = defineEntity<DecorationTerms>({
  name: 'DecorationTerms',
  table: 'decoration_terms',
  columns: {
    ...aggregateColumns,
    edition: column.int(),
    workFrom: { type: 'time' },
    workTo: { type: 'time' },
    breakFrom: { type: 'time', nullable: true },
    breakTo: { type: 'time', nullable: true },
    isAllowedAtWeekend: column.bool(),
    prohibitions: column.text(),
  },
});

export const decorationEntity = defineEntity<Decoration>({
  name: 'Decoration',
  table: 'decoration',
  columns: {
    ...aggregateColumns,
    kind: column.text(),
    status: column.text(),
    householdId: column.uuid(),
    unitId: column.uuid(),
    applicantKind: column.text(),
    applicantId: column.uuid(),
    contractorId: column.uuid(),
    handlerId: column.uuid(optional),
    descriptionSealed: column.text(),
    isStructureChanged: column.bool(),
    isLoadIncreased: column.bool(),
    plannedFrom: column.date(),
    plannedTo: column.date(),
    agreementSignedAt: column.instant(optional),
    planSubmittedAt: column.instant(optional),
    planSubmittedBy: column.text(optional),
    planDecision: column.text(optional),
    planDecidedAt: column.instant(optional),
    planReasonSealed: column.text(optional),
    authorityApprovalNumber: column.text(optional),
    authorityName: column.text(optional),
    authorityApprovedOn: column.date(optional),
    permitNumber: column.text(optional),
    permitFrom: column.date(optional),
    permitTo: column.date(optional),
    extensionCount: column.int(),
    currency: column.text(),
    depositAmount: column.bigint(),
    depositState: column.text(),
    depositChargeId: column.uuid(optional),
    wasteFeeAmount: column.bigint(),
    wasteFeeState: column.text(),
    wasteFeeChargeId: column.uuid(optional),
    completionRequestedAt: column.instant(optional),
    completedAt: column.instant(optional),
    closedAt: column.instant(optional),
    cancelReasonCode: column.text(optional),
  },
});

export const decorationDocumentEntity = defineEntity<DecorationDocument>({
  name: 'DecorationDocument',
  table: 'decoration_document',
  columns: { ...part, kindCode: column.text(), fileId: column.uuid(optional), receivedAt: column.instant() },
});

export const decorationAcknowledgementEntity = defineEntity<DecorationAcknowledgement>({
  name: 'DecorationAcknowledgement',
  table: 'decoration_acknowledgement',
  columns: { ...part, party: column.text(), termsId: column.uuid(), acknowledgedAt: column.instant() },
});

export const decorationCompletionCheckEntity = defineEntity<DecorationCompletionCheck>({
  name: 'DecorationCompletionCheck',
  table: 'decoration_completion_check',
  columns: {
    ...part,
    checkedAt: column.instant(),
    checkedBy: column.uuid(optional),
    isPassed: column.bool(),
    findingsSealed: column.text(optional),
  },
});

export const decorationInspectionEntity = defineEntity<DecorationInspection>({
  name: 'DecorationInspection',
  table: 'decoration_inspection',
  columns: {
    ...aggregateColumns,
    decorationId: column.uuid(),
    householdId: column.uuid(),
    origin: column.text(),
    status: column.text(),
    inspectedOn: column.date(),
    inspectedAt: column.instant(optional),
    inspectorId: column.uuid(optional),
    failedCodes: column.texts(),
    findingsSealed: column.text(optional),
  },
});

export const decorationViolationEntity = defineEntity<DecorationViolation>({
  name: 'DecorationViolation',
  table: 'decoration_violation',
  columns: {
    ...aggregateColumns,
    decorationId: column.uuid(),
    householdId: column.uuid(),
    inspectionId: column.uuid(optional),
    kind: column.text(),
    status: column.text(),
    isStopOrder: column.bool(),
    foundAt: column.instant(),
    foundBy: column.uuid(optional),
    noteSealed: column.text(),
    remedyDueAt: column.instant(),
    remediedAt: column.instant(optional),
    remediedBy: column.uuid(optional),
    resolvedAt: column.instant(optional),
    resolution: column.text(optional),
    checkCount: column.int(),
  },
});

export const decorationPhotoEntity = defineEntity<DecorationPhoto>({
  name: 'DecorationPhoto',
  table: 'decoration_photo',
  columns: { id: column.id(), tenantId: column.uuid(), aboutId: column.uuid(), fileId: column.uuid() },
});

export const decorationEntities = [
  decorationTermsEntity,
  decorationEntity,
  decorationDocumentEntity,
  decorationAcknowledgementEntity,
  decorationCompletionCheckEntity,
  decorationInspectionEntity,
  decorationViolationEntity,
  decorationPhotoEntity,
];
