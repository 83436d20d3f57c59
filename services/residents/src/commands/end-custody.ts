import { txScope, type Tx } from '@steward/db';
import { custodyEnded } from '@steward/events';
import { cancelDeadlines, cancelScheduled, publish } from '@steward/service-kit';

import { loadCommunity, todayIn } from '../db/community-queries.ts';
import { custodyPatrolEntity } from '../db/custody-entities.ts';
import { custodyWeekTimer } from '../domain/custody-policy.ts';
import { custodyRules } from '../domain/custody-rules.ts';
import type { EndCustodyInput } from '../graphql/generated.ts';
import { lockCustody } from './lock-custody.ts';
import { takeReading } from './record-custody-reading.ts';

/** The meters are read once more; patrols that are still due are no longer made. */
export async function endCustody(tx: Tx, input: EndCustodyInput): Promise<{ id: string }> {
  const custody = await lockCustody(tx, input, 'endCustody');
  const { id, householdId, unitId, startsOn, managementFeeShare } = custody;
  if (startsOn === null || managementFeeShare === null) throw new Error('an active custody has begun');
  const endsOn = todayIn(tx, await loadCommunity(tx, custody.communityId));
  const saved = await takeReading(tx, custody, input, {
    action: 'endCustody',
    changed: (row) => ({ ...custodyRules.moveTo(row, 'endCustody', 'ENDED'), endsOn }),
  });
  const due = { custodyId: id, tenantId: txScope(tx).tenantId, status: 'DUE' as const };
  await tx.update(custodyPatrolEntity, due, { status: 'CANCELLED' });
  const share = Number(managementFeeShare).toFixed(2);
  publish(tx, saved, custodyEnded, { custodyId: id, householdId, unitId, startsOn, endsOn, managementFeeShare: share });
  await cancelDeadlines(tx, saved);
  await cancelScheduled(tx, id, custodyWeekTimer);
  return { id };
}
