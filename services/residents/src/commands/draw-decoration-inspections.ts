import { addDays, startOfLocalDay } from '@steward/core';
import type { Tx } from '@steward/db';
import { resolvePolicy, schedule, type DueTimer } from '@steward/service-kit';

import { findManagedCommunity, todayIn } from '../db/community-queries.ts';
import { decorationInspectionAggregate } from '../db/decoration-aggregates.ts';
import { tell } from '../db/notices.ts';
import { drawableIn, isAnyUnderWay, isDayDrawn, startClock } from '../db/decoration-queries.ts';
import type { Community } from '../domain/community.ts';
import { inspectionClock } from '../domain/decoration-deadlines.ts';
import { drawInspections } from '../domain/decoration-inspection-rules.ts';
import { decorationDepartments, decorationDrawTimer, decorationPolicy } from '../domain/decoration-policy.ts';
import { openDecorationInspection } from './open-decoration-inspection.ts';

/** The timer that draws the units of a day, at its beginning. */
export const drawTimer = ({ id, timeZone }: Pick<Community, 'id' | 'timeZone'>, day: string) => ({
  kind: decorationDrawTimer,
  communityId: id,
  dueAt: startOfLocalDay(day, timeZone),
  payload: { day },
});

/**
 * Timer: draws one or two of the units under way for the day that it is (A238), and sets itself for the next as long as
 * anything is under way; the next permit starts it again. Days on which no process ran are not made up for.
 */
export async function drawDecorationInspections(tx: Tx, due: DueTimer): Promise<void> {
  const community = await findManagedCommunity(tx, due.communityId ?? '');
  if (community === null || !(await isAnyUnderWay(tx, community.id))) return;
  const { id: communityId, timeZone } = community;
  const day = todayIn(tx, community);
  await schedule(tx, drawTimer(community, addDays(day, 1)));
  if (await isDayDrawn(tx, communityId, day)) return;
  const figures = await resolvePolicy(tx, decorationPolicy, communityId);
  const drawn = drawInspections(await drawableIn(tx, communityId), `${communityId}/${day}/`, figures.inspectionsPerDay);
  for (const decorationId of drawn) {
    const inspection = await openDecorationInspection(tx, decorationId, { origin: 'SAMPLE', day, zone: timeZone });
    await startClock(tx, decorationInspectionAggregate, inspection, inspectionClock(figures), timeZone);
    const to = { role: 'supervisor', departmentCode: decorationDepartments.security } as const;
    await tell(tx, inspection, to, 'decorationInspectionDrawn', { day });
  }
}
