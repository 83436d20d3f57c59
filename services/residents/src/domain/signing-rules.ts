import type { Violation } from '@steward/core';

/** Who is said to have signed: a member of the household by id, or whoever it was by name. */
export type Naming = { signerId?: string | null; signerName?: string | null };

/** Who sends the signature: a person signs for themselves, staff bring a signature from paper. */
export type Sender = { personId?: string; staffId?: string };

/** Who signed, and which member of staff saw it; a name is of somebody without a record. */
export type Signer = { personId: string | null; name: string | null; witnessId: string | null };

const isBlank = (text: string | null | undefined): boolean => text == null || text.trim() === '';

function namingViolation({ signerId, signerName }: Naming, sender: Sender): [path: string, reason: string] | null {
  if (sender.personId !== undefined) {
    const isCaller = signerName == null && (signerId == null || signerId === sender.personId);
    return isCaller ? null : ['input.signerId', 'SIGNER_IS_CALLER'];
  }
  if (signerId != null && signerName != null) return ['input.signerName', 'SIGNER_NAMED_TWICE'];
  return signerId == null && isBlank(signerName) ? ['input.signerId', 'SIGNER_REQUIRED'] : null;
}

/**
 * Somebody is named for a signature from paper, once; who signs in the app is known by the login. Who has a record belongs
 * to the household that it is about.
 */
export function signerViolations(naming: Naming, sender: Sender, isOfHousehold: boolean, rule: string): Violation[] {
  const wrong = namingViolation(naming, sender);
  const violations: Violation[] = wrong === null ? [] : [{ path: wrong[0], reason: wrong[1], rule }];
  if (!isOfHousehold) violations.push({ path: 'input.signerId', reason: 'SIGNER_NOT_OF_HOUSEHOLD', rule });
  return violations;
}

/** The signer by a naming that was judged before; staff who bring the paper are its witness. */
export const signerOf = ({ signerId, signerName }: Naming, { personId, staffId }: Sender): Signer =>
  personId === undefined
    ? { personId: signerId ?? null, name: signerName?.trim() ?? null, witnessId: staffId ?? null }
    : { personId, name: null, witnessId: null };
