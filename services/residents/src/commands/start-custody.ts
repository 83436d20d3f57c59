import { refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { custodyStarted } from '@steward/events';
import { publish, resolvePolicy, saveAggregate } from '@steward/service-kit';

import { loadCommunity, todayIn } from '../db/community-queries.ts';
import { custodyAggregate } from '../db/custody-entities.ts';
import { custodyPolicy } from '../domain/custody-policy.ts';
import { custodyRules, startViolations } from '../domain/custody-rules.ts';
import type { StartCustodyInput } from '../graphql/generated.ts';
import { lockCustody } from './lock-custody.ts';
import { openWeek } from './open-custody-patrols.ts';

export async function startCustody(tx: Tx, input: StartCustodyInput): Promise<{ id: string }> {
  const custody = await lockCustody(tx, input, 'startCustody');
  refuseAll(startViolations(custody));
  const { communityId, householdId, unitId } = custody;
  const startsOn = todayIn(tx, await loadCommunity(tx, communityId));
  const figures = await resolvePolicy(tx, custodyPolicy, communityId);
  const managementFeeShare = figures.managementFeeShare.toFixed(2);
  const started = { ...custodyRules.moveTo(custody, 'startCustody', 'ACTIVE'), startsOn, managementFeeShare };
  const saved = await saveAggregate(tx, custodyAggregate, custody, started, { action: 'startCustody', rule: 'A061' });
  const ofUnit = { custodyId: custody.id, householdId, unitId };
  publish(tx, saved, custodyStarted, { ...ofUnit, startsOn, managementFeeShare });
  await openWeek(tx, saved, { startedAt: txScope(tx).now, isLastMissed: false });
  return { id: custody.id };
}
