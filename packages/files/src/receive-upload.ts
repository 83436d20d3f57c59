import { DomainError } from '@steward/core';
import type { Database, Scope } from '@steward/db';

import type { FileStore } from './file-store.ts';
import { findFile, markUploaded, type StoredFile } from './stored-file.ts';
import { sha256Of, verifyContent } from './verify-content.ts';

const linkExpired = (): DomainError => new DomainError('FORBIDDEN', 'FILE_LINK_EXPIRED');

/** Puts the content under the file's id; answers its sha256 once that very content is what the store holds. */
async function keep(store: FileStore, file: StoredFile, source: AsyncIterable<Uint8Array>): Promise<string> {
  const verified = verifyContent(source, file);
  if (file.state === 'UPLOADED') {
    for await (const chunk of verified.content) void chunk;
    return verified.sha256();
  }
  const isFirst = await store.put(file.id, verified.content);
  const sha256 = verified.sha256();
  if (isFirst) return sha256;
  // An earlier attempt got as far as the store: the retry counts if it brought the same bytes.
  const stored = await store.get(file.id);
  if (stored === null) throw linkExpired();
  if ((await sha256Of(stored)) !== sha256) throw new DomainError('CONFLICT', 'FILE_ALREADY_UPLOADED');
  return sha256;
}

/**
 * Takes in the bytes of an announced file: into the store first, then the row in one statement, so a row that says
 * UPLOADED always has its bytes. The same bytes again are answered alike, at any point of an interrupted attempt.
 */
export async function receiveUpload(
  { database, store }: { database: Database; store: FileStore },
  scope: Scope,
  fileId: string,
  content: { source: AsyncIterable<Uint8Array>; declaredBytes: number | null },
): Promise<StoredFile> {
  const file = await database.read(scope, (tx) => findFile(tx, fileId));
  if (file === null) throw linkExpired();
  // Nothing comes back into the place of what was erased.
  if (file.state === 'ERASED') throw new DomainError('NOT_FOUND', 'FILE_ERASED');
  if (content.declaredBytes !== null && content.declaredBytes !== file.bytes) {
    throw new DomainError('BAD_USER_INPUT', 'FILE_SIZE_MISMATCH', { params: { bytes: file.bytes } });
  }
  const sha256 = await keep(store, file, content.source);
  const marked = await database.write(scope, (tx) => markUploaded(tx, fileId, sha256));
  if (marked === null) {
    // Removed as expired while the bytes were under way.
    await store.delete(fileId);
    throw linkExpired();
  }
  if (marked.sha256 !== sha256) throw new DomainError('CONFLICT', 'FILE_ALREADY_UPLOADED');
  return marked;
}
