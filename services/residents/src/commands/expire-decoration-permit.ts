import type { Tx } from '@steward/db';
import { decorationPermitExpired } from '@steward/events';
import { cancelScheduled, lockAggregate, publish, saveAggregate, schedule, type DueTimer } from '@steward/service-kit';

import { loadCommunity, todayIn } from '../db/community-queries.ts';
import { decorationAggregate } from '../db/decoration-aggregates.ts';
import { tellDecorationHousehold, tellWatchers } from './decoration-notices.ts';
import { decorationPermitFact } from '../domain/decoration-facts.ts';
import { decorationPermitEndTimer } from '../domain/decoration-policy.ts';
import { expirePermit } from '../domain/decoration-rules.ts';
import type { Decoration } from '../domain/decoration.ts';

/** Sets the timer of a permit's end, in the place of the one before. */
export async function schedulePermitEnd(tx: Tx, { id, communityId }: Decoration, endsAt: Date): Promise<void> {
  await cancelScheduled(tx, id, decorationPermitEndTimer);
  await schedule(tx, { kind: decorationPermitEndTimer, dueAt: endsAt, aggregateId: id, communityId });
}

/** Timer: a permit whose last day is over; the passes end by their own date. */
export async function expireDecorationPermit(tx: Tx, due: DueTimer): Promise<void> {
  if (due.aggregateId === null) throw new Error('the timer of a permit names its application');
  const decoration = await lockAggregate(tx, decorationAggregate, due.aggregateId);
  const community = await loadCommunity(tx, decoration.communityId);
  const expired = expirePermit(decoration, todayIn(tx, community));
  if (expired === decoration) return;
  const note = { action: 'expireDecorationPermit', rule: 'A086' };
  const saved = await saveAggregate(tx, decorationAggregate, decoration, expired, note);
  publish(tx, saved, decorationPermitExpired, decorationPermitFact(saved));
  await tellWatchers(tx, saved, 'decorationPermitExpired');
  await tellDecorationHousehold(tx, saved, 'decorationPermitExpired');
}
