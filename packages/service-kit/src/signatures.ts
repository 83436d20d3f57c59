import { createHash } from 'node:crypto';

import { newId } from '@steward/core';
import { rows, txScope, type Tx } from '@steward/db';

import type { Aggregate, AggregateRow } from './aggregate.ts';
import { sealOptional } from './personal-data.ts';

export type SignatureInput = {
  /** In which part somebody signed, e.g. `HOUSEHOLD`. */
  role: string;
  personId?: string | null;
  staffId?: string | null;
  /** Of a signer without a record of their own; kept sealed. */
  signerName?: string | null;
  imageFileId?: string | null;
  /** The statement that was signed; its sha256 is kept. */
  statement: unknown;
};

export type SignatureRow = {
  id: string;
  aggregateId: string;
  role: string;
  signedAt: Date;
  signedSha256: string;
  imageFileId: string | null;
};

export const signatureColumns = `id, aggregate_id as "aggregateId", role, signed_at as "signedAt",
  signed_sha256 as "signedSha256", image_file_id as "imageFileId"`;

/** Keeps a signature over a statement; signatures are never changed or removed. */
export async function recordSignature<Row extends AggregateRow>(
  tx: Tx,
  aggregate: Aggregate<Row>,
  row: Row,
  input: SignatureInput,
): Promise<SignatureRow> {
  const { tenantId, now } = txScope(tx);
  const signature: SignatureRow = {
    id: newId(),
    aggregateId: row.id,
    role: input.role,
    signedAt: now,
    signedSha256: createHash('sha256').update(JSON.stringify(input.statement)).digest('hex'),
    imageFileId: input.imageFileId ?? null,
  };
  await rows(
    tx,
    `insert into signature (id, tenant_id, aggregate_type, aggregate_id, role, person_id, staff_id, signer_name,
                            image_file_id, signed_sha256, signed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      signature.id,
      tenantId,
      aggregate.type,
      row.id,
      input.role,
      input.personId ?? null,
      input.staffId ?? null,
      sealOptional(tx, input.signerName),
      signature.imageFileId,
      signature.signedSha256,
      now,
    ],
  );
  return signature;
}
