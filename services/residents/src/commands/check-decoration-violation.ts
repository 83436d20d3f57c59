import { deadlineAfter } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { decorationResumed, decorationViolationChecked } from '@steward/events';
import { requireUploaded } from '@steward/files';
import {
  invocationOf,
  lockAggregate,
  lockAuthorized,
  publish,
  resolvePolicy,
  saveAggregate,
} from '@steward/service-kit';

import { loadCommunity, todayIn } from '../db/community-queries.ts';
import { decorationAggregate, decorationViolationAggregate } from '../db/decoration-aggregates.ts';
import { tellDecorationHousehold, tellWatchers } from './decoration-notices.ts';
import {
  insertDecorationPhotos,
  isStoppedOtherwise,
  papersOfDecoration,
  startClock,
} from '../db/decoration-queries.ts';
import type { Community } from '../domain/community.ts';
import { remedyClock, remedySpan } from '../domain/decoration-deadlines.ts';
import { violationFact } from '../domain/decoration-facts.ts';
import { decorationPolicy } from '../domain/decoration-policy.ts';
import { isPermitOver, liftStopOrder } from '../domain/decoration-rules.ts';
import { checkViolation } from '../domain/decoration-violation-rules.ts';
import type { DecorationViolation } from '../domain/decoration-violation.ts';
import type { Decoration } from '../domain/decoration.ts';
import type { CheckDecorationViolationInput } from '../graphql/generated.ts';
import { publishRefunds, withRefundAsked } from './ask-decoration-refund.ts';
import { resumePassesOf } from './change-passes.ts';
import { passCauseOf } from './decoration-passes.ts';

const action = 'checkDecorationViolation';
const rule = 'A250';

/** Somebody looks whether it is remedied: it is resolved, or the time to remedy it runs anew (A250). */
export async function checkDecorationViolation(tx: Tx, input: CheckDecorationViolationInput): Promise<{ id: string }> {
  const { isRemedied, resolution = null } = input;
  const { now } = txScope(tx);
  const violation = await lockAuthorized(tx, decorationViolationAggregate, input);
  const decoration = await lockAggregate(tx, decorationAggregate, violation.decorationId);
  const community = await loadCommunity(tx, violation.communityId);
  const figures = await resolvePolicy(tx, decorationPolicy, violation.communityId);
  const photoFileIds = [...new Set(input.photoFileIds)];
  const checked = checkViolation(violation, {
    isRemedied,
    resolution,
    photoCount: photoFileIds.length,
    hasAuthorityApproval: decoration.authorityApprovalNumber !== null,
    at: now,
    checkerId: invocationOf(tx).viewer.staffId ?? null,
  });
  await requireUploaded(tx, photoFileIds, 'photo', 'input.photoFileIds');
  const remedyDueAt = isRemedied
    ? violation.remedyDueAt
    : deadlineAfter(now, remedySpan(violation.isStopOrder, figures), community.timeZone);
  const note = { action, reason: checked.resolution ?? 'NOT_REMEDIED', rule };
  const saved = await saveAggregate(tx, decorationViolationAggregate, violation, { ...checked, remedyDueAt }, note);
  await insertDecorationPhotos(tx, saved.id, photoFileIds);
  publish(tx, saved, decorationViolationChecked, { ...violationFact(saved), isResolved: isRemedied });
  if (isRemedied) await settle(tx, decoration, saved, community);
  else await startClock(tx, decorationViolationAggregate, saved, remedyClock(saved, figures), community.timeZone);
  const template = isRemedied ? 'decorationViolationResolved' : 'decorationViolationNotRemedied';
  await tellDecorationHousehold(tx, decoration, template, { violationNumber: saved.number });
  return { id: saved.id };
}

/** The last stop order is lifted, and what waited for the last violation is asked back. */
async function settle(tx: Tx, before: Decoration, violation: DecorationViolation, community: Community): Promise<void> {
  const today = todayIn(tx, community);
  const lifts = before.status === 'STOPPED' && !(await isStoppedOtherwise(tx, before, violation.id));
  const papers = await papersOfDecoration(tx, before.id);
  const settled = withRefundAsked(lifts ? liftStopOrder(before, today) : before, papers);
  if (settled === before) return;
  const saved = await saveAggregate(tx, decorationAggregate, before, settled, { action, reason: 'SETTLED', rule });
  publishRefunds(tx, before, saved);
  if (!lifts) return;
  publish(tx, saved, decorationResumed, { decorationId: saved.id, isPermitOver: isPermitOver(saved, today) });
  await resumePassesOf(tx, passCauseOf(saved));
  await tellDecorationHousehold(tx, saved, 'decorationResumed');
  await tellWatchers(tx, saved, 'decorationResumed');
}
