import { newId, refuseAll, type Violation } from '@steward/core';
import { txScope, type Tx } from '@steward/db';

import { fileNameMaxLength, uploadValidMinutes, type FilePurpose } from './file-policy.ts';
import { settingsOfTx } from './file-settings.ts';
import { signedUrl } from './file-url.ts';
import { insertPendingFile } from './stored-file.ts';

export type CreateUploadInput = {
  /** A key of the service's purposes. */
  purpose: string;
  contentType: string;
  bytes: number;
  fileName: string;
  communityId?: string | null;
};

export type Upload = { fileId: string; uploadUrl: string; expiresAt: Date };

// Separators and controls, and the marks that make a name read backwards on the screen.
const unfitForName = /[\p{Cc}/\\\u202a-\u202e\u2066-\u2069]/u;

function violationsOf(input: CreateUploadInput, purpose: FilePurpose): Violation[] {
  const { contentTypes, maxBytes } = purpose;
  const violations: Violation[] = [];
  if (!contentTypes.some((type) => type === input.contentType)) {
    violations.push({
      path: 'input.contentType',
      reason: 'FILE_TYPE_NOT_ALLOWED',
      params: { allowed: contentTypes.join(', ') },
    });
  }
  if (!Number.isSafeInteger(input.bytes) || input.bytes < 1) {
    violations.push({ path: 'input.bytes', reason: 'FILE_EMPTY' });
  } else if (input.bytes > maxBytes) {
    violations.push({ path: 'input.bytes', reason: 'FILE_TOO_LARGE', params: { maxBytes } });
  }
  const name = input.fileName.trim();
  if (name === '' || [...name].length > fileNameMaxLength || unfitForName.test(name)) {
    violations.push({ path: 'input.fileName', reason: 'FILE_NAME_INVALID', params: { maxLength: fileNameMaxLength } });
  }
  return violations;
}

/**
 * Announces one file and answers the URL to PUT exactly its bytes to, within ten minutes. Refuses with
 * FILE_TYPE_NOT_ALLOWED, FILE_EMPTY, FILE_TOO_LARGE and FILE_NAME_INVALID.
 */
export async function createUpload(tx: Tx, input: CreateUploadInput): Promise<Upload> {
  const settings = settingsOfTx(tx);
  const purpose = settings.purposes[input.purpose];
  if (purpose === undefined) throw new Error(`no purpose of files is called ${input.purpose}`);
  refuseAll(violationsOf(input, purpose));
  const { tenantId, now, actor } = txScope(tx);
  const fileId = newId();
  const expiresAt = new Date(settings.clock.now().getTime() + uploadValidMinutes * 60_000);
  await insertPendingFile(tx, {
    id: fileId,
    tenantId,
    communityId: input.communityId ?? null,
    purpose: input.purpose,
    nameSealed: settings.names.seal(tenantId, input.fileName.trim()),
    contentType: input.contentType,
    bytes: input.bytes,
    uploadedBy: actor.sub,
    createdAt: now,
    expiresAt,
  });
  return { fileId, uploadUrl: signedUrl(tx, 'upload', fileId, expiresAt), expiresAt };
}
