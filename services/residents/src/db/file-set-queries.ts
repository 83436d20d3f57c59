import { newId } from '@steward/core';
import { rows, txScope, type Tx } from '@steward/db';
import type { Order } from '@steward/service-kit';
import type { SelectQueryBuilder } from 'typeorm';

import type { FileInspection, FileSet, FileSetDocument } from '../domain/file-set.ts';
import type { FileInspectionFilter, FileInspectionOrder, FileSetFilter, FileSetOrder } from '../graphql/generated.ts';
import { fileInspectionEntity, fileSetDocumentEntity, fileSetEntity } from './file-set-entities.ts';

export const fileSetOrders: Record<FileSetOrder, Order> = { NUMBER: { property: 'number', direction: 'ASC' } };

export const fileInspectionOrders: Record<FileInspectionOrder, Order> = {
  CREATED_AT_DESC: { property: 'createdAt', direction: 'DESC' },
};

export function fileSetQuery(tx: Tx, filter: FileSetFilter): SelectQueryBuilder<FileSet> {
  const query = tx.createQueryBuilder(fileSetEntity, 's');
  if (filter.communityId != null) query.andWhere('s.community_id = :communityId', { communityId: filter.communityId });
  if (filter.kind != null) query.andWhere('s.kind = any(:kind)', { kind: filter.kind });
  return query;
}

export function fileInspectionQuery(tx: Tx, filter: FileInspectionFilter): SelectQueryBuilder<FileInspection> {
  const query = tx.createQueryBuilder(fileInspectionEntity, 'i');
  if (filter.communityId != null) query.andWhere('i.community_id = :communityId', { communityId: filter.communityId });
  if (filter.personId != null) query.andWhere('i.person_id = :personId', { personId: filter.personId });
  if (filter.isOpen != null) query.andWhere(`i.ended_at is ${filter.isOpen ? '' : 'not '}null`);
  return query;
}

export const findFileSets = (tx: Tx, communityId: string): Promise<FileSet[]> =>
  tx.findBy(fileSetEntity, { communityId });

export async function insertSetDocument(tx: Tx, document: Omit<FileSetDocument, 'id' | 'tenantId'>): Promise<void> {
  await tx.insert(fileSetDocumentEntity, { ...document, id: newId(), tenantId: txScope(tx).tenantId });
}

/** The kinds of document in a set: all of them, or those of a place. */
export async function setDocumentKinds(tx: Tx, fileSetId: string, placeId?: string): Promise<string[]> {
  const found = await tx.findBy(fileSetDocumentEntity, placeId === undefined ? { fileSetId } : { fileSetId, placeId });
  return found.map(({ kindCode }) => kindCode);
}

/** The kinds of takeover document that are filed for a place. */
export async function takeoverDocumentKinds(tx: Tx, communityId: string, placeId: string): Promise<string[]> {
  const found = await rows<{ kindCode: string }>(
    tx,
    `select distinct d.kind_code as "kindCode" from file_set s join file_set_document d on d.file_set_id = s.id
      where s.community_id = $1 and s.kind = 'TAKEOVER' and d.place_id = $2`,
    [communityId, placeId],
  );
  return found.map(({ kindCode }) => kindCode);
}
