import { DomainError, newId, refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { authorize, resolvePolicy, schedule, type DueTimer } from '@steward/service-kit';

import { findManagedCommunity } from '../db/community-queries.ts';
import { heavyRainWarningEntity } from '../db/custody-entities.ts';
import { custodyPolicy, rainOverTimer } from '../domain/custody-policy.ts';
import { warningViolations } from '../domain/custody-rules.ts';
import type { RecordHeavyRainWarningInput } from '../graphql/generated.ts';
import { openRainPatrols } from './open-custody-patrols.ts';

const hour = 3_600_000;

/**
 * A warning makes a patrol of every unit under custody due before the rain, and another after it (A062). When the rain has
 * begun already, only the one after it can still be made.
 */
export async function recordHeavyRainWarning(tx: Tx, input: RecordHeavyRainWarningInput): Promise<{ id: string }> {
  const { now, tenantId, actor } = txScope(tx);
  const { communityId, rainFrom, rainTo } = input;
  await authorize(tx, { communityId });
  const community = await findManagedCommunity(tx, communityId);
  if (community === null) throw new DomainError('BAD_USER_INPUT', 'COMMUNITY_UNKNOWN', { path: 'input.communityId' });
  refuseAll(warningViolations({ rainFrom, rainTo }, now));
  const recorded = { recordedAt: now, recordedBy: actor.id };
  const warning = { id: newId(), tenantId, communityId, rainFrom, rainTo, ...recorded };
  await tx.insert(heavyRainWarningEntity, warning);
  if (rainFrom > now) await openRainPatrols(tx, warning, { kind: 'BEFORE_RAIN', startedAt: now, dueAt: rainFrom });
  await schedule(tx, { kind: rainOverTimer, dueAt: rainTo, communityId, payload: { warningId: warning.id } });
  return { id: warning.id };
}

/** Timer: the rain is over; every unit under custody is looked at for damage. */
export async function endRain(tx: Tx, due: DueTimer<{ warningId: string }>): Promise<void> {
  const warning = await tx.findOneBy(heavyRainWarningEntity, { id: due.payload.warningId });
  if (warning === null) return;
  const { afterRainHours } = await resolvePolicy(tx, custodyPolicy, warning.communityId);
  const dueAt = new Date(warning.rainTo.getTime() + afterRainHours * hour);
  await openRainPatrols(tx, warning, { kind: 'AFTER_RAIN', startedAt: warning.rainTo, dueAt });
}
