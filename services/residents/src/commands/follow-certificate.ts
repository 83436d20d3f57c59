import { txScope, type Tx } from '@steward/db';
import { residentRegistrationExpired, residentRegistrationReminded } from '@steward/events';
import { lockAggregate, publish, saveAggregate, type DueTimer } from '@steward/service-kit';

import { loadCommunity, todayIn } from '../db/community-queries.ts';
import { tell } from '../db/notices.ts';
import { residentRegistrationAggregate } from '../db/register-entities.ts';
import { isCertificateOver } from '../domain/register-rules.ts';

const rule = 'A224';

/** Timer: a certificate ends soon; the household is told once. */
export async function remindOfCertificate(tx: Tx, due: DueTimer): Promise<void> {
  const row = await lockAggregate(tx, residentRegistrationAggregate, due.aggregateId ?? '');
  const { status, validTo, householdId, kind } = row;
  if (status !== 'GRANTED' || validTo === null) return;
  const reminded = { ...row, remindedAt: txScope(tx).now };
  const note = { action: 'remindOfCertificate', rule };
  const saved = await saveAggregate(tx, residentRegistrationAggregate, row, reminded, note);
  publish(tx, saved, residentRegistrationReminded, { registrationId: row.id, validTo });
  await tell(tx, saved, { householdId }, 'registrationEnds', { kind, validTo });
}

/** Timer: a certificate no longer holds. */
export async function expireCertificate(tx: Tx, due: DueTimer): Promise<void> {
  const row = await lockAggregate(tx, residentRegistrationAggregate, due.aggregateId ?? '');
  if (!isCertificateOver(row, todayIn(tx, await loadCommunity(tx, row.communityId)))) return;
  const note = { action: 'expireCertificate', rule };
  const saved = await saveAggregate(tx, residentRegistrationAggregate, row, { ...row, status: 'EXPIRED' }, note);
  publish(tx, saved, residentRegistrationExpired, { registrationId: row.id });
}
