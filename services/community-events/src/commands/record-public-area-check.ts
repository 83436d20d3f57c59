import { newId, refuseAll } from '@steward/core';
import type { Tx } from '@steward/db';
import { publicAreaCheckChecked } from '@steward/events';
import {
  authorize,
  insertAggregate,
  managedCommunity,
  nextNumber,
  notify,
  openChecklist,
  checkItems,
  publish,
  startDeadline,
} from '@steward/service-kit';

import { publicAreaCheckAggregate } from '../db/notice-aggregates.ts';
import { noticePrefixes, publicAreas } from '../domain/notice-policy.ts';
import { areaViolations, rectificationClock } from '../domain/notice-rules.ts';
import type { RecordPublicAreaCheckInput } from '../graphql/generated.ts';
import { noticeValues, todayOf } from './notice-values.ts';

/** The five areas of the standard, looked at together; what is not in order is mended in time (A307). */
export async function recordPublicAreaCheck(tx: Tx, input: RecordPublicAreaCheckInput): Promise<{ id: string }> {
  await authorize(tx, { communityId: input.communityId });
  const { id: communityId, timeZone: zone } = await managedCommunity(tx, input.communityId);
  refuseAll(areaViolations(input.results));
  const { today: checkedOn } = await todayOf(tx, communityId);
  const failedAreas = input.results.filter(({ isPassed }) => !isPassed).map(({ areaCode }) => areaCode);
  const number = await nextNumber(tx, communityId, noticePrefixes.areaCheck, zone);
  const fresh = { id: newId(), communityId, number, checkedOn, failedAreas, openAreas: failedAreas, rectifiedAt: null };
  const note = { action: 'recordPublicAreaCheck', rule: 'A307' };
  const saved = await insertAggregate(tx, publicAreaCheckAggregate, fresh, note);
  publish(tx, saved, publicAreaCheckChecked, { checkId: saved.id, checkedOn, failedAreas });
  await openChecklist(tx, publicAreaCheckAggregate, saved, 'PUBLIC_AREAS', publicAreas);
  const results = input.results.map(
    ({ areaCode: code, isPassed }) => ({ code, result: isPassed ? 'PASS' : 'FAIL' }) as const,
  );
  await checkItems(tx, saved.id, 'PUBLIC_AREAS', results);
  if (failedAreas.length > 0) {
    const clock = rectificationClock(await noticeValues(tx, communityId));
    await startDeadline(tx, publicAreaCheckAggregate, saved, clock, { zone });
    const to = { role: 'supervisor' as const, departmentCode: 'ENVIRONMENT' };
    await notify(tx, { communityId, to, template: 'publicAreaFailed', params: { number }, aggregateId: saved.id });
  }
  return { id: saved.id };
}
