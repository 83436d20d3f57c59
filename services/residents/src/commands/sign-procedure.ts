import type { Violation } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { requireUploaded } from '@steward/files';
import { invocationOf, recordSignature, type Aggregate, type AggregateRow } from '@steward/service-kit';

import { householdsOf } from '../db/household-queries.ts';
import { signerOf, signerViolations, type Naming } from '../domain/signing-rules.ts';

/** A household's signature as a client sends it. */
export type SignatureGiven = Naming & { signatureFileId: string };

/** What is wrong with the signer of a household's signature. */
export async function signingViolations(
  tx: Tx,
  householdId: string,
  given: SignatureGiven,
  rule: string,
): Promise<Violation[]> {
  const { viewer } = invocationOf(tx);
  const { personId } = signerOf(given, viewer);
  const isOfHousehold = personId === null || (await householdsOf(tx, personId, txScope(tx).now)).includes(householdId);
  return signerViolations(given, viewer, isOfHousehold, rule);
}

type Signing = { role: string; statement: unknown };

/** Keeps a household's signature, judged before, over a statement; staff who brought the paper are its witness. */
export async function signProcedure<Row extends AggregateRow>(
  tx: Tx,
  aggregate: Aggregate<Row>,
  row: Row,
  given: SignatureGiven,
  { role, statement }: Signing,
): Promise<void> {
  const signer = signerOf(given, invocationOf(tx).viewer);
  await requireUploaded(tx, [given.signatureFileId], 'signature', 'input.signatureFileId');
  await recordSignature(tx, aggregate, row, {
    role,
    personId: signer.personId,
    signerName: signer.name,
    staffId: signer.witnessId,
    imageFileId: given.signatureFileId,
    statement,
  });
}

/** Keeps that the member of staff who acts has confirmed a statement for the property. */
export async function confirmForProperty<Row extends AggregateRow>(
  tx: Tx,
  aggregate: Aggregate<Row>,
  row: Row,
  statement: unknown,
): Promise<void> {
  const { staffId = null } = invocationOf(tx).viewer;
  await recordSignature(tx, aggregate, row, { role: 'PROPERTY', staffId, statement });
}
