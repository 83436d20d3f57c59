import type { Tx } from '@steward/db';
import { rentalMandateLapsed } from '@steward/events';
import { lockAggregate, publish, saveAggregate, type DueTimer } from '@steward/service-kit';

import { loadCommunity, todayIn } from '../db/community-queries.ts';
import { tell } from '../db/notices.ts';
import { rentalMandateAggregate } from '../db/rental-mandate-entities.ts';
import { hasLapsed } from '../domain/rental-mandate-rules.ts';
import type { RentalMandate } from '../domain/rental-mandate.ts';

const desk = { role: 'supervisor', departmentCode: 'CUSTOMER_SERVICE' } as const;

/** The owner and the desk. */
async function tellBoth(tx: Tx, mandate: RentalMandate, template: string): Promise<void> {
  const { householdId, kind, validTo } = mandate;
  if (householdId !== null) await tell(tx, mandate, { householdId }, template, { kind, validTo });
  await tell(tx, mandate, desk, template, { kind, validTo });
}

/** Timer: a mandate lapses soon. */
export async function remindOfMandate(tx: Tx, due: DueTimer): Promise<void> {
  const mandate = await lockAggregate(tx, rentalMandateAggregate, due.aggregateId ?? '');
  if (mandate.status === 'ACTIVE') await tellBoth(tx, mandate, 'mandateEnds');
}

/** Timer: a mandate that led to no contract no longer holds (A226). */
export async function lapseMandate(tx: Tx, due: DueTimer): Promise<void> {
  const mandate = await lockAggregate(tx, rentalMandateAggregate, due.aggregateId ?? '');
  if (!hasLapsed(mandate, todayIn(tx, await loadCommunity(tx, mandate.communityId)))) return;
  const note = { action: 'lapseRentalMandate', rule: 'A226' };
  const lapsed: RentalMandate = { ...mandate, status: 'LAPSED' };
  const saved = await saveAggregate(tx, rentalMandateAggregate, mandate, lapsed, note);
  publish(tx, saved, rentalMandateLapsed, { mandateId: saved.id });
  await tellBoth(tx, saved, 'mandateLapsed');
}
