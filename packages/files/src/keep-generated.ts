import { createHash } from 'node:crypto';

import { newId } from '@steward/core';
import { txScope, type Tx } from '@steward/db';

import type { FileContentType } from './file-policy.ts';
import { settingsOfTx } from './file-settings.ts';
import { insertPendingFile, markUploaded } from './stored-file.ts';

export type GeneratedFile = {
  /** What it is for; nobody uploads for it, so it is none of the service's purposes. */
  purpose: string;
  contentType: FileContentType;
  fileName: string;
  communityId?: string | null;
};

/**
 * Keeps a file that the service itself made, a printed receipt for one: into the store first, then the row, so that a row
 * always has its bytes. A transaction that is undone leaves bytes that nobody can ask for.
 */
export async function keepGenerated(tx: Tx, file: GeneratedFile, content: Buffer): Promise<string> {
  const { store, names } = settingsOfTx(tx);
  if (store === undefined) throw new Error('this database has file settings without a store');
  const { tenantId, now, actor } = txScope(tx);
  const id = newId();
  await store.put(
    id,
    (async function* piece() {
      yield content;
    })(),
  );
  await insertPendingFile(tx, {
    id,
    tenantId,
    communityId: file.communityId ?? null,
    purpose: file.purpose,
    nameSealed: names.seal(tenantId, file.fileName),
    contentType: file.contentType,
    bytes: content.length,
    uploadedBy: actor.sub,
    createdAt: now,
    expiresAt: now,
  });
  await markUploaded(tx, id, createHash('sha256').update(content).digest('hex'));
  return id;
}
