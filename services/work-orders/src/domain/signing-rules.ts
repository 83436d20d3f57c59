import type { Violation } from '@steward/core';

import { isBlank } from './intake-rules.ts';

/** Who is said to have signed: a member of the household by id, or whoever it was by name. */
export type Naming = { signerId?: string | null; signerName?: string | null };

/** Who sends the signature: a person signs for themselves, staff bring a signature from paper. */
export type Sender = { personId?: string; staffId?: string };

/** Who signed, and which member of staff saw it; a name is of somebody without a record. */
export type Signer = { personId: string | null; name: string | null; witnessId: string | null };

/** A signer as kept beside the signature. */
export type WorkOrderSigner = {
  signatureId: string;
  role: string;
  personId: string | null;
  nameSealed: string | null;
  witnessId: string | null;
};

export const isNamed = ({ signerId, signerName }: Naming): boolean => signerId != null || signerName != null;

/** Where a naming stands in the input. */
export const namedAt = ({ signerId, signerName }: Naming): string =>
  signerId == null && signerName != null ? 'input.signerName' : 'input.signerId';

function namingViolations(naming: Naming, sender: Sender, rule: string): Violation[] {
  const { signerId, signerName } = naming;
  if (sender.personId !== undefined) {
    const isCaller = signerName == null && (signerId == null || signerId === sender.personId);
    return isCaller ? [] : [{ path: namedAt(naming), reason: 'SIGNER_IS_CALLER', rule }];
  }
  if (signerId != null && signerName != null) return [{ path: 'input.signerName', reason: 'SIGNER_NAMED_TWICE', rule }];
  const isMissing = signerId == null && isBlank(signerName);
  return isMissing ? [{ path: namedAt(naming), reason: 'SIGNER_REQUIRED', rule }] : [];
}

/**
 * Somebody is named for a signature from paper, once; who signs in the app is known by the login. Who has a record belongs
 * to the household that the work is done for.
 */
export function signerViolations(
  naming: Naming,
  sender: Sender,
  { isOfHousehold, rule }: { isOfHousehold: boolean; rule: string },
): Violation[] {
  const violations = namingViolations(naming, sender, rule);
  if (!isOfHousehold) violations.push({ path: 'input.signerId', reason: 'SIGNER_NOT_OF_HOUSEHOLD', rule });
  return violations;
}

/** The signer by a naming that was judged before; staff who bring the paper are its witness. */
export const signerOf = ({ signerId, signerName }: Naming, { personId, staffId }: Sender): Signer =>
  personId === undefined
    ? { personId: signerId ?? null, name: signerName?.trim() ?? null, witnessId: staffId ?? null }
    : { personId, name: null, witnessId: null };
