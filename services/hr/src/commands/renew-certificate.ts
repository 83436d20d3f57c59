import type { Tx } from '@steward/db';
import { certificateEvents } from '@steward/events';
import { cancelDeadlines, lockAuthorized, meetDeadline, saveAndTell, zoneOf } from '@steward/service-kit';

import { certificateAggregate } from '../db/roster-aggregates.ts';
import { renew, revoke } from '../domain/certificate-rules.ts';
import { certificateFact } from '../domain/duty-facts.ts';
import type { RenewCertificateInput, RevokeCertificateInput } from '../graphql/generated.ts';
import { startRenewalClock } from './register-certificate.ts';

export async function renewCertificate(tx: Tx, input: RenewCertificateInput): Promise<{ id: string }> {
  const certificate = await lockAuthorized(tx, certificateAggregate, input);
  const renewed = renew(certificate, input);
  const note = { action: 'renewCertificate', reasonCode: input.upkeep, rule: 'A332' };
  const told = [certificateEvents.renewed, certificateFact] as const;
  const saved = await saveAndTell(tx, certificateAggregate, { before: certificate, after: renewed, note }, told);
  await meetDeadline(tx, saved, 'CERTIFICATE_RENEWAL');
  await startRenewalClock(tx, saved, await zoneOf(tx, saved.communityId));
  return { id: saved.id };
}

export async function revokeCertificate(tx: Tx, input: RevokeCertificateInput): Promise<{ id: string }> {
  const certificate = await lockAuthorized(tx, certificateAggregate, input);
  const revoked = revoke(certificate, input.reason);
  const note = { action: 'revokeCertificate', reason: input.reason.trim(), rule: 'A332' };
  const told = [certificateEvents.revoked, certificateFact] as const;
  const saved = await saveAndTell(tx, certificateAggregate, { before: certificate, after: revoked, note }, told);
  await cancelDeadlines(tx, saved, 'CERTIFICATE_RENEWAL');
  return { id: saved.id };
}
