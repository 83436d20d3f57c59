import { aggregateColumns, column, defineEntity } from '@steward/db';

import type { MoveIn, MoveInDefect, MoveInPaper } from '../domain/move-in.ts';

const optional = { nullable: true };

export const moveInEntity = defineEntity<MoveIn>({
  name: 'MoveIn',
  table: 'move_in',
  columns: {
    ...aggregateColumns,
    status: column.text(),
    householdId: column.uuid(),
    unitId: column.uuid(),
    applicantKind: column.text(),
    coordinatorId: column.uuid(),
    agreementsSignedAt: column.instant(optional),
    handedOverAt: column.instant(optional),
    keyCount: column.int(optional),
    chargeState: column.text(),
    chargeId: column.uuid(optional),
    inspectedAt: column.instant(optional),
    waterReading: column.decimal(optional),
    electricityReading: column.decimal(optional),
    gasReading: column.decimal(optional),
    readAt: column.instant(optional),
    reacceptanceAt: column.instant(optional),
    acceptedAt: column.instant(optional),
    closedAt: column.instant(optional),
    cancelledAt: column.instant(optional),
    cancelReasonCode: column.text(optional),
  },
});

export const moveInPaperEntity = defineEntity<MoveInPaper>({
  name: 'MoveInPaper',
  table: 'move_in_paper',
  columns: {
    id: column.id(),
    tenantId: column.uuid(),
    moveInId: column.uuid(),
    kindCode: column.text(),
    documentId: column.uuid(),
  },
});

export const moveInDefectEntity = defineEntity<MoveInDefect>({
  name: 'MoveInDefect',
  table: 'move_in_defect',
  columns: {
    id: column.id(),
    tenantId: column.uuid(),
    moveInId: column.uuid(),
    itemCode: column.text(),
    tradeCode: column.text(),
    problemCode: column.text(),
    round: column.int(),
    noteSealed: column.text(optional),
    foundAt: column.instant(),
    state: column.text(),
    workOrderId: column.uuid(optional),
    recheckedAt: column.instant(optional),
  },
});

export const moveInEntities = [moveInEntity, moveInPaperEntity, moveInDefectEntity];
