import { addDays, startOfLocalDay } from '@steward/core';
import type { Tx } from '@steward/db';
import { decorationPermitIssued } from '@steward/events';
import {
  lockAuthorized,
  nextNumber,
  publish,
  resolvePolicy,
  saveAggregate,
  scheduleUnlessWaiting,
} from '@steward/service-kit';

import { loadCommunity, todayIn } from '../db/community-queries.ts';
import { decorationAggregate } from '../db/decoration-aggregates.ts';
import { tellDecorationHousehold, tellWatchers } from './decoration-notices.ts';
import { papersOfDecoration, startClock } from '../db/decoration-queries.ts';
import { permitEndClock } from '../domain/decoration-deadlines.ts';
import { decorationPermitFact } from '../domain/decoration-facts.ts';
import { decorationPolicy, decorationPrefixes } from '../domain/decoration-policy.ts';
import { issuePermit, longestDays } from '../domain/decoration-rules.ts';
import type { IssueDecorationPermitInput } from '../graphql/generated.ts';
import { issueWorkerPasses, workerViolations } from './decoration-passes.ts';
import { drawTimer } from './draw-decoration-inspections.ts';
import { schedulePermitEnd } from './expire-decoration-permit.ts';

/** The permit and the workers' passes, once nothing is missing any more (A085, A086); maintenance and security are told. */
export async function issueDecorationPermit(tx: Tx, input: IssueDecorationPermitInput): Promise<{ id: string }> {
  const decoration = await lockAuthorized(tx, decorationAggregate, input);
  const { communityId } = decoration;
  const community = await loadCommunity(tx, communityId);
  const { timeZone } = community;
  const today = todayIn(tx, community);
  const figures = await resolvePolicy(tx, decorationPolicy, communityId);
  const { validFrom: from, validTo: to } = input;
  const days = longestDays(decoration, figures);
  const permitted = issuePermit(decoration, await papersOfDecoration(tx, decoration.id), {
    number: await nextNumber(tx, communityId, decorationPrefixes.permit, timeZone),
    validity: { from, to, today, latest: addDays(from, days), days },
    otherViolations: workerViolations(input.workers, figures.mostWorkers),
  });
  const note = { action: 'issueDecorationPermit', rule: 'A086' };
  const saved = await saveAggregate(tx, decorationAggregate, decoration, permitted, note);
  publish(tx, saved, decorationPermitIssued, decorationPermitFact(saved));
  await issueWorkerPasses(tx, saved, input.workers, timeZone);
  const endsAt = startOfLocalDay(to, timeZone);
  await startClock(tx, decorationAggregate, saved, permitEndClock(endsAt, figures), timeZone);
  await schedulePermitEnd(tx, saved, endsAt);
  await scheduleUnlessWaiting(tx, drawTimer(community, addDays(today, 1)));
  const params = { permitNumber: saved.permitNumber, validFrom: from, validTo: to };
  await tellWatchers(tx, saved, 'decorationPermitIssued', params);
  await tellDecorationHousehold(tx, saved, 'decorationPermitIssued', params);
  return { id: saved.id };
}
