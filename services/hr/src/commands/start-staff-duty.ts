import { localDate } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { staffDutyChanged } from '@steward/events';
import { authorize, lockAggregate, publish, resolvePolicy, saveAggregate, zoneOf } from '@steward/service-kit';

import { staffAggregate } from '../db/aggregates.ts';
import { findPosts } from '../db/staff-queries.ts';
import { loadStaffSubject } from '../db/staff-subject-queries.ts';
import { startDuty } from '../domain/duty-rules.ts';
import { isHeldOn } from '../domain/post-rules.ts';
import { dutyFact } from '../domain/staff-facts.ts';
import { dutyPolicy } from '../domain/staff-policy.ts';
import type { StartStaffDutyInput } from '../graphql/generated.ts';

export async function startStaffDuty(tx: Tx, input: StartStaffDutyInput): Promise<{ id: string }> {
  const { now } = txScope(tx);
  const staff = await lockAggregate(tx, staffAggregate, input.id, input.expectedVersion);
  await authorize(tx, await loadStaffSubject(tx, staff));
  const from = input.from ?? now;
  const day = localDate(from, await zoneOf(tx, staff.communityId));
  const hasPostThen = (await findPosts(tx, staff.id)).some((post) => isHeldOn(post, day));
  const { backdatingHours } = await resolvePolicy(tx, dutyPolicy, staff.communityId);
  const changed = startDuty(staff, { from, to: input.to ?? null, hasPostThen, now, backdatingHours });
  const saved = await saveAggregate(tx, staffAggregate, staff, changed, { action: 'startStaffDuty' });
  publish(tx, saved, staffDutyChanged, dutyFact(saved));
  return { id: staff.id };
}
