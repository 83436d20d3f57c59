import { isId, refuseAll, type Violation } from '@steward/core';
import { txScope, type Tx } from '@steward/db';

import { findFiles, type StoredFile } from './stored-file.ts';

/** A file that has arrived and was verified. */
export type UploadedFile = StoredFile & { state: 'UPLOADED'; sha256: string };

/**
 * The given files in their order, for a command that attaches them; refuses with FILE_NOT_UPLOADED, naming each that
 * is absent, still pending or meant for another purpose. A file that another login uploaded is as good as absent: who
 * learns an id must not be able to read the file by attaching it to something of his own.
 */
export async function requireUploaded(
  tx: Tx,
  fileIds: readonly string[],
  purpose: string,
  path = 'input.fileIds',
): Promise<UploadedFile[]> {
  const { actor } = txScope(tx);
  const known = fileIds.filter(isId);
  const found = new Map((known.length === 0 ? [] : await findFiles(tx, known)).map((file) => [file.id, file]));
  const isUsable = (file: StoredFile | undefined): file is UploadedFile =>
    file?.state === 'UPLOADED' &&
    file.purpose === purpose &&
    (actor.kind === 'system' || file.uploadedBy === actor.sub);
  const violations: Violation[] = [];
  const files: UploadedFile[] = [];
  fileIds.forEach((id, index) => {
    const file = found.get(id);
    if (isUsable(file)) files.push(file);
    else violations.push({ path: `${path}.${index}`, reason: 'FILE_NOT_UPLOADED' });
  });
  refuseAll(violations);
  return files;
}
