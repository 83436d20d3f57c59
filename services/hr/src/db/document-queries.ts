import { newId } from '@steward/core';
import { rows, txScope, type Tx } from '@steward/db';

import type { ControlledDocumentVersion, DocumentReading } from '../domain/controlled-document.ts';
import { controlledDocumentVersionEntity } from './training-entities.ts';

export const versionsOfDocuments = `
  select id, tenant_id as "tenantId", document_id as "documentId", version_number as "versionNumber",
         body_sealed as "bodySealed", body_sha256 as "bodySha256", secrecy, change_note_sealed as "changeNoteSealed",
         effective_on::text as "effectiveOn", published_at as "publishedAt"
    from controlled_document_version where document_id = any($1::uuid[]) order by version_number desc`;

export const findVersion = (tx: Tx, documentId: string, versionNumber: number): Promise<ControlledDocumentVersion> =>
  tx.findOneByOrFail(controlledDocumentVersionEntity, { documentId, versionNumber });

export async function insertVersion(
  tx: Tx,
  version: Omit<ControlledDocumentVersion, 'id' | 'tenantId' | 'effectiveOn' | 'publishedAt'>,
): Promise<void> {
  const { tenantId } = txScope(tx);
  await tx.insert(controlledDocumentVersionEntity, {
    ...version,
    id: newId(),
    tenantId,
    effectiveOn: null,
    publishedAt: null,
  });
}

type Draft = Pick<ControlledDocumentVersion, 'bodySealed' | 'bodySha256' | 'secrecy' | 'changeNoteSealed'>;

/** Changes a version that was not published yet. */
export async function updateVersion(
  tx: Tx,
  { id }: ControlledDocumentVersion,
  changes: Partial<Draft & Pick<ControlledDocumentVersion, 'effectiveOn' | 'publishedAt'>>,
): Promise<void> {
  await tx.update(controlledDocumentVersionEntity, { id }, changes);
}

export async function insertReaders(
  tx: Tx,
  documentId: string,
  staffIds: readonly string[],
  lastOn: string,
): Promise<void> {
  await rows(
    tx,
    `insert into controlled_document_reader (document_id, staff_id, tenant_id, last_on)
     select $1, s.id, $2, $4 from unnest($3::uuid[]) as s(id)
     on conflict (document_id, staff_id) do update set last_on = excluded.last_on`,
    [documentId, txScope(tx).tenantId, staffIds, lastOn],
  );
}

/** Who may read by name, at the instant `$2`. */
export const readersOfDocuments = `
  select g.document_id as "documentId", g.staff_id as "staffId", g.last_on::text as "lastOn"
    from controlled_document_reader g
    join controlled_document d on d.id = g.document_id
    join community_reference c on c.id = d.community_id
   where g.document_id = any($1::uuid[]) and g.last_on >= ($2::timestamptz at time zone c.time_zone)::date
   order by g.staff_id`;

export type DocumentReader = { documentId: string; staffId: string; lastOn: string };

export const readersOf = (tx: Tx, documentId: string): Promise<DocumentReader[]> =>
  rows(tx, readersOfDocuments, [[documentId], txScope(tx).now]);

/** Ids of readings of a document that are still to be acknowledged. */
export async function openReadingsOf(tx: Tx, documentId: string): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `select id from document_reading where document_id = $1 and status in ('DUE', 'OPENED') order by id`,
    [documentId],
  );
  return found.map(({ id }) => id);
}

/** Ids of readings in a community whose staff have left it or the company. */
export async function readingsOfLeft(tx: Tx, communityId: string, day: string): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `select r.id from document_reading r join staff s on s.id = r.staff_id
      where r.community_id = $1 and r.status in ('DUE', 'OPENED') and s.left_on <= $2 order by r.id`,
    [communityId, day],
  );
  return found.map(({ id }) => id);
}

/**
 * Who of the audiences of documents in force in a community has no reading of the version in force: staff with a post of
 * an audience's role on a day, whose audiences were published when they were not there yet.
 */
export const unreadVersions = (
  tx: Tx,
  communityId: string,
  day: string,
  documentId: string | null = null,
): Promise<Pick<DocumentReading, 'documentId' | 'versionNumber' | 'staffId'>[]> =>
  rows(
    tx,
    `select distinct d.id as "documentId", d.version_in_force as "versionNumber", p.staff_id as "staffId"
       from controlled_document d
       join staff_post p on p.community_id = d.community_id and p.role = any(d.audience_roles)
        and p.valid_from <= $2 and (p.valid_to is null or p.valid_to > $2)
       join staff s on s.id = p.staff_id and (s.left_on is null or s.left_on > $2)
      where d.community_id = $1 and ($3::uuid is null or d.id = $3) and d.version_in_force is not null
        and d.status <> 'WITHDRAWN'
        and not exists (select 1 from document_reading r where r.document_id = d.id
                          and r.version_number = d.version_in_force and r.staff_id = p.staff_id)
      order by 1, 3`,
    [communityId, day, documentId],
  );
