import { txScope, type Tx } from '@steward/db';
import { requireUploaded } from '@steward/files';
import { householdsOfPerson, recordSignature } from '@steward/service-kit';

import { workOrderAggregate } from '../db/aggregates.ts';
import type { Signer } from '../domain/signing-rules.ts';
import type { WorkOrder } from '../domain/work-order.ts';

/** Whether a person may sign for an order: of its household, or who asked for it where it has none. */
export async function maySign(tx: Tx, order: WorkOrder, personId: string): Promise<boolean> {
  if (order.householdId === null) return personId === order.requesterId;
  return (await householdsOfPerson(tx, personId, txScope(tx).now)).includes(order.householdId);
}

type Signing = { role: string; signer: Signer; fileId: string; statement: unknown };

/** Keeps who signed what, with the image of the signature and the member of staff who saw it. */
export async function recordSigner(tx: Tx, order: WorkOrder, signing: Signing): Promise<void> {
  const { role, signer, fileId, statement } = signing;
  await requireUploaded(tx, [fileId], 'signature', 'input.signatureFileId');
  await recordSignature(tx, workOrderAggregate, order, {
    role,
    personId: signer.personId,
    signerName: signer.name,
    staffId: signer.witnessId,
    imageFileId: fileId,
    statement,
  });
}
