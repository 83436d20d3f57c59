import { DomainError, type Violation } from '@steward/core';

import type { Certificate } from './duty-roster.ts';
import { certificateKinds } from './duty-time-policy.ts';
import { moveBy, requireReason } from './duty-transition-rules.ts';

type Terms = { kindCode: string; certificateNo: string; issuedOn: string; expiresOn: string };

export function certificateViolations({ kindCode, certificateNo, issuedOn, expiresOn }: Terms): Violation[] {
  const violations: Violation[] = [];
  if (!certificateKinds.includes(kindCode))
    violations.push({ path: 'input.kindCode', reason: 'CERTIFICATE_KIND_UNKNOWN', params: { kindCode } });
  if (certificateNo.trim() === '') violations.push({ path: 'input.certificateNo', reason: 'TEXT_REQUIRED' });
  if (expiresOn < issuedOn) violations.push({ path: 'input.expiresOn', reason: 'RANGE_EMPTY' });
  return violations;
}

/** Kept valid to a later day (A332). */
export function renew(
  certificate: Certificate,
  { upkeep, expiresOn }: { upkeep: NonNullable<Certificate['upkeep']>; expiresOn: string },
): Certificate {
  if (certificate.status === 'REVOKED') throw new DomainError('CONFLICT', 'CERTIFICATE_REVOKED', { rule: 'A332' });
  // A new seal prolongs nothing, everything else does.
  const isLater = upkeep === 'SEAL_CHANGE' ? expiresOn >= certificate.expiresOn : expiresOn > certificate.expiresOn;
  if (!isLater)
    throw new DomainError('BAD_USER_INPUT', 'CERTIFICATE_NOT_PROLONGED', { rule: 'A332', path: 'input.expiresOn' });
  return { ...moveBy(certificate, 'renewCertificate', 'IN_FORCE'), upkeep, expiresOn };
}

export function revoke(certificate: Certificate, reason: string): Certificate {
  if (certificate.status === 'REVOKED') throw new DomainError('CONFLICT', 'CERTIFICATE_REVOKED', { rule: 'A332' });
  requireReason(reason);
  return moveBy(certificate, 'revokeCertificate', 'REVOKED');
}

/** The clock of a renewal: a warning `reminderDays` before the expiry, the breach to the supervisor and the director. */
export function renewalClock(
  { staffId }: Pick<Certificate, 'staffId'>,
  { now, expiresAt, reminderDays }: { now: Date; expiresAt: Date; reminderDays: number },
) {
  const length = expiresAt.getTime() - now.getTime();
  const share = length <= 0 ? 0 : Math.max(0, 1 - (reminderDays * 86_400_000) / length);
  const administration = { role: 'administrativeSupervisor' } as const;
  return {
    kind: 'CERTIFICATE_RENEWAL',
    rule: 'A332',
    span: { dueAt: expiresAt },
    warnShare: share,
    warnTo: staffId === null ? administration : { staffId },
    escalations: [
      { afterShare: 1, to: administration },
      { afterShare: 1, to: { role: 'director' } as const },
    ],
  };
}
