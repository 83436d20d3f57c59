import { DomainError, newId, refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { fileSetChanged, fileSetOpened } from '@steward/events';
import { requireUploaded } from '@steward/files';
import {
  authorize,
  insertAggregates,
  lockAggregate,
  lockNaturalKeys,
  publish,
  resolvePolicy,
  saveAggregate,
} from '@steward/service-kit';

import { findManagedCommunity } from '../db/community-queries.ts';
import { placeEntity } from '../db/entities.ts';
import { fileSetAggregate } from '../db/file-set-entities.ts';
import { findFileSets, insertSetDocument, setDocumentKinds } from '../db/file-set-queries.ts';
import { fileSetKinds, fileSetsPolicy, type FileSetKind } from '../domain/file-set-policy.ts';
import { judgeFileSet, setDocumentViolations } from '../domain/file-set-rules.ts';
import type { FileSet } from '../domain/file-set.ts';
import { documentPurpose } from '../domain/household-file-policy.ts';
import type { FileSetDocumentInput } from '../graphql/generated.ts';

/** The four sets of a community; the first document opens them all. */
async function setsOf(tx: Tx, communityId: string): Promise<FileSet[]> {
  await lockNaturalKeys(tx, 'file-set');
  const known = await findFileSets(tx, communityId);
  if (known.length > 0) return known;
  const fresh = fileSetKinds.map((kind) => ({ id: newId(), communityId, number: kind, kind }));
  const opened = await insertAggregates(tx, fileSetAggregate, fresh, { action: 'fileSetDocument', rule: 'A213' });
  for (const set of opened) publish(tx, set, fileSetOpened, { fileSetId: set.id, kind: set.kind });
  return opened;
}

async function lockSet(tx: Tx, communityId: string, kind: FileSetKind): Promise<FileSet> {
  const found = (await setsOf(tx, communityId)).find((set) => set.kind === kind);
  if (found === undefined) throw new Error('a community has all four file sets or none');
  return lockAggregate(tx, fileSetAggregate, found.id);
}

/** Puts a document into one of the four sets (A213). */
export async function fileSetDocument(tx: Tx, input: FileSetDocumentInput): Promise<{ id: string }> {
  const { communityId, kind, kindCode, placeId = null, fileId = null } = input;
  await authorize(tx, { communityId });
  if ((await findManagedCommunity(tx, communityId)) === null) {
    throw new DomainError('BAD_USER_INPUT', 'COMMUNITY_UNKNOWN', { path: 'input.communityId' });
  }
  const filedAt = input.filedAt ?? txScope(tx).now;
  const violations = setDocumentViolations(kind, { kindCode, filedAt }, txScope(tx).now);
  if (placeId !== null && !(await tx.existsBy(placeEntity, { id: placeId, communityId }))) {
    violations.push({ path: 'input.placeId', reason: 'PLACE_UNKNOWN' });
  }
  refuseAll(violations);
  if (fileId !== null) await requireUploaded(tx, [fileId], documentPurpose, 'input.fileId');
  const set = await lockSet(tx, communityId, kind);
  await insertSetDocument(tx, { fileSetId: set.id, kindCode, placeId, fileId, filedAt });
  const note = { action: 'fileSetDocument', reasonCode: kindCode, rule: 'A213' };
  const saved = await saveAggregate(tx, fileSetAggregate, set, set, note);
  const figures = await resolvePolicy(tx, fileSetsPolicy, communityId);
  const { missingKindCodes, isComplete } = judgeFileSet(figures[kind], await setDocumentKinds(tx, set.id));
  publish(tx, saved, fileSetChanged, {
    fileSetId: set.id,
    kind,
    documentKindCode: kindCode,
    missingKindCodes,
    isComplete,
  });
  return { id: set.id };
}
