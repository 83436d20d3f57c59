import { DomainError, endOfLocalDay, newId, refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { certificateEvents } from '@steward/events';
import {
  authorize,
  insertAndTell,
  managedCommunity,
  nextNumber,
  resolvePolicy,
  sealedColumns,
  startDeadline,
} from '@steward/service-kit';

import { certificateAggregate } from '../db/roster-aggregates.ts';
import { staffEntity } from '../db/entities.ts';
import { certificateViolations, renewalClock } from '../domain/certificate-rules.ts';
import { certificateFact } from '../domain/duty-facts.ts';
import type { Certificate } from '../domain/duty-roster.ts';
import { dutyNumberPrefixes, rosterPolicy } from '../domain/duty-time-policy.ts';
import type { RegisterCertificateInput } from '../graphql/generated.ts';

const maskNo = (no: string): string => `${'*'.repeat(Math.max(0, no.length - 4))}${no.slice(-4)}`;

export async function registerCertificate(tx: Tx, input: RegisterCertificateInput): Promise<{ id: string }> {
  const { communityId, staffId = null, kindCode, issuedOn, expiresOn } = input;
  await authorize(tx, { communityId });
  const { timeZone: zone } = await managedCommunity(tx, communityId);
  refuseAll(certificateViolations(input));
  if (staffId !== null) await requireStaff(tx, staffId);
  const number = await nextNumber(tx, communityId, dutyNumberPrefixes.certificate, zone);
  const sealed = sealedColumns(tx, 'certificateNo', input.certificateNo.trim(), maskNo);
  const base = { id: newId(), communityId, number, staffId, kindCode, ...sealed, issuedOn, expiresOn };
  const fresh = { ...base, status: 'IN_FORCE' as const, upkeep: null };
  const note = { action: 'registerCertificate', rule: 'A332' };
  const told = [certificateEvents.registered, certificateFact] as const;
  const certificate = await insertAndTell(tx, certificateAggregate, fresh, note, told);
  await startRenewalClock(tx, certificate, zone);
  return { id: certificate.id };
}

/** The clock of the next renewal (A332). */
export async function startRenewalClock(tx: Tx, certificate: Certificate, zone: string): Promise<void> {
  const { certificateReminderDays: reminderDays } = await resolvePolicy(tx, rosterPolicy, certificate.communityId);
  // The last day counts to its end.
  const expiresAt = endOfLocalDay(certificate.expiresOn, zone);
  const clock = renewalClock(certificate, { now: txScope(tx).now, expiresAt, reminderDays });
  await startDeadline(tx, certificateAggregate, certificate, clock, { zone });
}

/** Somebody who works for the company; their name is nobody's business here. */
export async function requireStaff(tx: Tx, staffId: string, path = 'input.staffId'): Promise<void> {
  const staff = await tx.findOneBy(staffEntity, { id: staffId });
  if (staff === null) throw new DomainError('BAD_USER_INPUT', 'STAFF_UNKNOWN', { path });
  if (staff.status === 'LEFT') throw new DomainError('CONFLICT', 'STAFF_LEFT', { params: { leftOn: staff.leftOn } });
}
