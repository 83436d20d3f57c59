import { txScope, type Tx } from '@steward/db';

import { settingsOfTx } from './file-settings.ts';
import { fileUrl } from './file-url.ts';
import { findFiles, type StoredFile } from './stored-file.ts';

/** The `File` of the shared schema. */
export type FileView = {
  id: string;
  name: string;
  contentType: string;
  bytes: number;
  sha256: string;
  url: string;
};

const viewOf = (tx: Tx, file: StoredFile & { sha256: string }): FileView => ({
  id: file.id,
  name: settingsOfTx(tx).names.open(txScope(tx).tenantId, file.nameSealed),
  contentType: file.contentType,
  bytes: file.bytes,
  sha256: file.sha256,
  url: fileUrl(tx, file.id),
});

const isComplete = (file: StoredFile): file is StoredFile & { sha256: string } => file.sha256 !== null;

/**
 * The uploaded ones of the given files by id, in one statement, each with a fresh URL. Whether the viewer may see
 * them is judged by whoever holds their ids.
 */
export async function fileViews(tx: Tx, ids: readonly string[]): Promise<Map<string, FileView>> {
  const files = ids.length === 0 ? [] : await findFiles(tx, ids);
  return new Map(files.filter(isComplete).map((file) => [file.id, viewOf(tx, file)]));
}

/** One uploaded file, or null. */
export async function fileView(tx: Tx, id: string): Promise<FileView | null> {
  return (await fileViews(tx, [id])).get(id) ?? null;
}
