import { addDays, startOfLocalDay } from '@steward/core';
import type { Tx } from '@steward/db';
import { decorationPermitExtended } from '@steward/events';
import { cancelDeadlines, lockAuthorized, publish, resolvePolicy, saveAggregate } from '@steward/service-kit';

import { loadCommunity, todayIn } from '../db/community-queries.ts';
import { decorationAggregate } from '../db/decoration-aggregates.ts';
import { tellDecorationHousehold, tellWatchers } from './decoration-notices.ts';
import { startClock } from '../db/decoration-queries.ts';
import { permitEndClock } from '../domain/decoration-deadlines.ts';
import { decorationPermitFact } from '../domain/decoration-facts.ts';
import { decorationPolicy } from '../domain/decoration-policy.ts';
import { extendedFrom, extendPermit } from '../domain/decoration-rules.ts';
import type { ExtendDecorationPermitInput } from '../graphql/generated.ts';
import { extendPassesOf } from './change-passes.ts';
import { passCauseOf } from './decoration-passes.ts';
import { schedulePermitEnd } from './expire-decoration-permit.ts';

/** More days for permit and passes (A086). */
export async function extendDecorationPermit(tx: Tx, input: ExtendDecorationPermitInput): Promise<{ id: string }> {
  const decoration = await lockAuthorized(tx, decorationAggregate, input);
  const community = await loadCommunity(tx, decoration.communityId);
  const { timeZone } = community;
  const figures = await resolvePolicy(tx, decorationPolicy, decoration.communityId);
  const today = todayIn(tx, community);
  const latest = addDays(extendedFrom(decoration, today), figures.longestExtensionDays);
  const extended = extendPermit(decoration, { to: input.validTo, today, latest }, figures);
  const note = { action: 'extendDecorationPermit', rule: 'A086' };
  const saved = await saveAggregate(tx, decorationAggregate, decoration, extended, note);
  publish(tx, saved, decorationPermitExtended, decorationPermitFact(saved));
  const endsAt = startOfLocalDay(input.validTo, timeZone);
  await extendPassesOf(tx, passCauseOf(saved), endsAt);
  await cancelDeadlines(tx, saved, 'PERMIT_END');
  await startClock(tx, decorationAggregate, saved, permitEndClock(endsAt, figures), timeZone);
  await schedulePermitEnd(tx, saved, endsAt);
  const params = { validTo: input.validTo };
  await tellWatchers(tx, saved, 'decorationPermitExtended', params);
  await tellDecorationHousehold(tx, saved, 'decorationPermitExtended', params);
  return { id: saved.id };
}
