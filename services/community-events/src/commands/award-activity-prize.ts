import type { Tx } from '@steward/db';
import { activityPrizeAwarded } from '@steward/events';
import { lockAuthorized, saveAndTell } from '@steward/service-kit';

import { countPrize, findPrize } from '../db/activity-queries.ts';
import { activityAggregate } from '../db/aggregates.ts';
import type { ActivityPrize } from '../domain/activity.ts';
import { requirePrizeLeft } from '../domain/preparation-rules.ts';
import { stay } from '../domain/transition-rules.ts';
import type { AwardActivityPrizeInput } from '../graphql/generated.ts';
import { requireRegistrationOf } from './require-registration.ts';

export async function awardActivityPrize(tx: Tx, input: AwardActivityPrizeInput): Promise<{ id: string }> {
  const activity = await lockAuthorized(tx, activityAggregate, input);
  const kept = stay(activity, 'awardActivityPrize');
  const prize = await findPrize(tx, activity.id, input.prizeId);
  requirePrizeLeft(prize);
  const { registrationId = null } = input;
  if (registrationId !== null) await requireRegistrationOf(tx, activity.id, registrationId);
  const note = { action: 'awardActivityPrize', rule: 'A105' };
  const data = { activityId: activity.id, prizeId: input.prizeId, registrationId };
  await saveAndTell(tx, activityAggregate, { before: activity, after: kept, note }, [activityPrizeAwarded, () => data]);
  await countPrize(tx, prize as ActivityPrize);
  return { id: activity.id };
}
