import { aggregateColumns, column, defineEntity } from '@steward/db';

import type {
  PersonnelArchive,
  PositionDutySheet,
  PositionKpiReview,
  PostHandover,
  PostRotation,
} from '../domain/position-work.ts';

const nullable = { nullable: true };

export const positionDutySheetEntity = defineEntity<PositionDutySheet>({
  name: 'PositionDutySheet',
  table: 'position_duty_sheet',
  columns: {
    ...aggregateColumns,
    staffId: column.uuid(),
    postId: column.uuid(),
    positionCode: column.text(),
    cycle: column.text(),
    startsOn: column.date(),
    endsOn: column.date(),
    status: column.text(),
    completedAt: column.instant(nullable),
  },
});

export const positionKpiReviewEntity = defineEntity<PositionKpiReview>({
  name: 'PositionKpiReview',
  table: 'position_kpi_review',
  columns: {
    ...aggregateColumns,
    positionCode: column.text(),
    month: column.text(),
    results: column.json(),
    isMet: column.bool(),
    status: column.text(),
  },
});

export const personnelArchiveEntity = defineEntity<PersonnelArchive>({
  name: 'PersonnelArchive',
  table: 'personnel_archive',
  columns: {
    ...aggregateColumns,
    kind: column.text(),
    staffId: column.uuid(nullable),
    label: column.text(),
    shelf: column.text(),
    papers: column.json(),
    missingCodes: column.texts(),
    status: column.text(),
    borrowerId: column.uuid(nullable),
    dueOn: column.date(nullable),
    isIntact: column.bool(nullable),
  },
});

export const postRotationEntity = defineEntity<PostRotation>({
  name: 'PostRotation',
  table: 'post_rotation',
  columns: {
    ...aggregateColumns,
    staffId: column.uuid(),
    postId: column.uuid(),
    positionCode: column.text(),
    startedOn: column.date(),
    dueOn: column.date(),
    nextPositionCode: column.text(nullable),
    status: column.text(),
  },
});

export const postHandoverEntity = defineEntity<PostHandover>({
  name: 'PostHandover',
  table: 'post_handover',
  columns: {
    ...aggregateColumns,
    staffId: column.uuid(),
    successorId: column.uuid(),
    witnessId: column.uuid(),
    postId: column.uuid(),
    positionCode: column.text(),
    status: column.text(),
    acceptedAt: column.instant(nullable),
  },
});

export const positionWorkEntities = [
  positionDutySheetEntity,
  positionKpiReviewEntity,
  personnelArchiveEntity,
  postRotationEntity,
  postHandoverEntity,
];
