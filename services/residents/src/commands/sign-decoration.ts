import type { Viewer } from '@steward/auth';
import type { Violation } from '@steward/core';
import type { Tx } from '@steward/db';
import { requireUploaded } from '@steward/files';
import { invocationOf, recordSignature } from '@steward/service-kit';

import { decorationAggregate } from '../db/decoration-aggregates.ts';
import type { Decoration, DecorationParty } from '../domain/decoration.ts';

type Given = { signatureFileId: string; signerName?: string | null };

/** Who signs in the app signs as the owner and as themselves; from paper, staff write down whose signature it is (A084). */
export function partySigningViolations(
  party: DecorationParty,
  { signerName }: Pick<Given, 'signerName'>,
  viewer: Pick<Viewer, 'personId'>,
  applicantId: string,
  path = 'input',
): Violation[] {
  const rule = 'A084';
  if (viewer.personId === undefined) {
    const isNamed = signerName != null && signerName.trim() !== '';
    return isNamed ? [] : [{ path: `${path}.signerName`, reason: 'SIGNER_REQUIRED', rule }];
  }
  const violations: Violation[] = [];
  if (party !== 'OWNER') violations.push({ path: `${path}.party`, reason: 'CONTRACTOR_SIGNS_ON_PAPER', rule });
  if (viewer.personId !== applicantId) violations.push({ path: `${path}.party`, reason: 'SIGNER_NOT_APPLICANT', rule });
  if (signerName != null) violations.push({ path: `${path}.signerName`, reason: 'SIGNER_IS_CALLER', rule });
  return violations;
}

/** Keeps a party's signature, judged before, over a statement; staff who brought the paper are its witness. */
export async function signForParty(
  tx: Tx,
  decoration: Decoration,
  party: DecorationParty,
  { signatureFileId, signerName }: Given,
  statement: unknown,
  path = 'input.signatureFileId',
): Promise<void> {
  const { personId = null, staffId = null } = invocationOf(tx).viewer;
  await requireUploaded(tx, [signatureFileId], 'signature', path);
  await recordSignature(tx, decorationAggregate, decoration, {
    role: party,
    personId,
    signerName: signerName?.trim() ?? null,
    staffId,
    imageFileId: signatureFileId,
    statement,
  });
}
