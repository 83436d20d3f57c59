import { txScope, type Tx } from '@steward/db';

import { downloadValidMinutes } from './file-policy.ts';
import { settingsOfTx } from './file-settings.ts';
import { signFileToken, type FileGrant } from './file-token.ts';

/** A path on the gateway that allows one operation on one file until `expiresAt`. */
export function signedUrl(tx: Tx, operation: FileGrant['operation'], fileId: string, expiresAt: Date): string {
  const { service, signingKeys } = settingsOfTx(tx);
  const grant: FileGrant = { operation, service, tenantId: txScope(tx).tenantId, fileId };
  return `/files/${service}/${operation}/${signFileToken(grant, expiresAt, signingKeys)}`;
}

/** A path on the gateway from which an uploaded file can be fetched for the next ten minutes by whoever holds it. */
export function fileUrl(tx: Tx, fileId: string): string {
  const { clock } = settingsOfTx(tx);
  return signedUrl(tx, 'download', fileId, new Date(clock.now().getTime() + downloadValidMinutes * 60_000));
}
