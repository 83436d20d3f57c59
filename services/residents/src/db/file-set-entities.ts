import { aggregateColumns, column, defineEntity } from '@steward/db';
import { defineAggregate } from '@steward/service-kit';

import type { FileInspection, FileSet, FileSetDocument } from '../domain/file-set.ts';
import { fileInspectionSubject, fileSetListSubject, inspectionListSubject } from './file-set-subject-queries.ts';

const optional = { nullable: true };

export const fileSetEntity = defineEntity<FileSet>({
  name: 'FileSet',
  table: 'file_set',
  columns: { ...aggregateColumns, kind: column.text() },
});

export const fileSetDocumentEntity = defineEntity<FileSetDocument>({
  name: 'FileSetDocument',
  table: 'file_set_document',
  columns: {
    id: column.id(),
    tenantId: column.uuid(),
    fileSetId: column.uuid(),
    kindCode: column.text(),
    placeId: column.uuid(optional),
    fileId: column.uuid(optional),
    filedAt: column.instant(),
  },
});

export const fileInspectionEntity = defineEntity<FileInspection>({
  name: 'FileInspection',
  table: 'file_inspection',
  columns: {
    ...aggregateColumns,
    personId: column.uuid(),
    role: column.text(),
    fileSetKinds: column.texts(),
    validTo: column.instant(),
    endedAt: column.instant(optional),
    endReasonCode: column.text(optional),
  },
});

export const fileSetEntities = [fileSetEntity, fileSetDocumentEntity, fileInspectionEntity];

export const fileSetAggregate = defineAggregate<FileSet>({
  type: 'file-set',
  table: 'file_set',
  graphqlType: 'FileSet',
  entity: fileSetEntity,
  // Who changes a set is of the desk; who may read it for a time is judged by the graph and by the list.
  subject: ({ communityId }) => ({ communityId }),
  listSubject: fileSetListSubject,
});

export const fileInspectionAggregate = defineAggregate<FileInspection>({
  type: 'file-inspection',
  table: 'file_inspection',
  graphqlType: 'FileInspection',
  entity: fileInspectionEntity,
  subject: fileInspectionSubject,
  listSubject: inspectionListSubject,
});

export const fileSetAggregates = [fileSetAggregate, fileInspectionAggregate];
