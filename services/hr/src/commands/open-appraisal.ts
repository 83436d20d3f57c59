import { DomainError, newId, refuseAll, type Violation } from '@steward/core';
import type { Tx } from '@steward/db';
import { appraisalEvents } from '@steward/events';
import {
  authorize,
  insertAggregates,
  lockAggregate,
  lockNaturalKeys,
  managedCommunity,
  nextNumbers,
  notify,
  publish,
  resolvePolicy,
  startDeadline,
  type CommunityReference,
} from '@steward/service-kit';

import { staffAggregate } from '../db/aggregates.ts';
import { evidenceOf, isAppraised, staffToAppraise } from '../db/appraisal-queries.ts';
import { appraisalAggregate } from '../db/conduct-aggregates.ts';
import { loadStaffSubject } from '../db/staff-subject-queries.ts';
import { appraisedPeriod, weightsOf } from '../domain/appraisal-rules.ts';
import { appraisalFact } from '../domain/conduct-facts.ts';
import { appraisalPolicy, appraised, conductPolicy, conductPrefixes } from '../domain/conduct-policy.ts';
import type { Appraisal } from '../domain/conduct.ts';
import { requireSomebodyElse } from '../domain/leave-rules.ts';
import { payPolicy } from '../domain/payroll-policy.ts';
import { rolesNamed } from '../domain/staff-check-rules.ts';
import type { OpenAppraisalInput } from '../graphql/generated.ts';
import { localToday, viewerStaffId } from './open-staff-check.ts';
import { requireStaff } from './register-certificate.ts';

export const ratingClock = 'RATING';

type Period = { startsOn: string; endsOn: string };

/** Timer's part: everybody is appraised who works in the community, each period once (A009). */
export async function openAppraisals(tx: Tx, community: CommunityReference, day: string): Promise<void> {
  const { appraisalMonths } = await resolvePolicy(tx, conductPolicy, community.id);
  const period = appraisedPeriod(day, appraisalMonths);
  if (period === null) return;
  const roles = rolesNamed(appraised.roles);
  const staffIds = await staffToAppraise(tx, { communityId: community.id, day, roles }, period);
  await enterAppraisals(tx, community, staffIds, period);
}

/** An appraisal outside the regular ones, of a period that is over. */
export async function openAppraisal(tx: Tx, input: OpenAppraisalInput): Promise<{ id: string }> {
  const { staffId, startsOn, endsOn } = input;
  const staff = await lockAggregate(tx, staffAggregate, staffId);
  await authorize(tx, await loadStaffSubject(tx, staff));
  requireSomebodyElse(staffId, viewerStaffId(tx), 'A009');
  await requireStaff(tx, staffId);
  const community = await managedCommunity(tx, staff.communityId);
  const violations: Violation[] = [];
  if (endsOn <= startsOn) violations.push({ path: 'input.endsOn', reason: 'RANGE_EMPTY' });
  if (endsOn > localToday(tx, community.timeZone)) violations.push({ path: 'input.endsOn', reason: 'IN_THE_FUTURE' });
  refuseAll(violations);
  await lockNaturalKeys(tx, `appraisal/${staff.communityId}`);
  if (await isAppraised(tx, staffId, input)) throw new DomainError('CONFLICT', 'APPRAISAL_OVERLAPS', { rule: 'A009' });
  const [appraisal] = await enterAppraisals(tx, community, [staffId], { startsOn, endsOn });
  if (appraisal === undefined) throw new Error('an appraisal that was entered is there');
  return { id: appraisal.id };
}

const unrated = {
  selfScores: null,
  scores: null,
  totalHundredths: null,
  grade: null,
  ratedBy: null,
  ratedAt: null,
  settledAt: null,
  selfCommentSealed: null,
  commentSealed: null,
  appealSealed: null,
  decisionSealed: null,
};

async function enterAppraisals(
  tx: Tx,
  { id: communityId, timeZone: zone }: CommunityReference,
  staffIds: readonly string[],
  { startsOn, endsOn }: Period,
): Promise<Appraisal[]> {
  if (staffIds.length === 0) return [];
  const weights = weightsOf(await resolvePolicy(tx, appraisalPolicy, communityId));
  const { graceMinutes } = await resolvePolicy(tx, payPolicy, communityId);
  const known = await evidenceOf(tx, staffIds, { startsOn, endsOn }, graceMinutes);
  const numbering = { communityId, prefix: conductPrefixes.appraisal, zone, count: staffIds.length };
  const numbers = await nextNumbers(tx, numbering);
  const none = { penaltyPoints: 0, lateCount: 0, absentCount: 0, findingCount: 0, lateReportCount: 0 };
  const fresh = staffIds.map((staffId, index) => {
    const identity = { id: newId(), communityId, number: numbers[index] ?? '', staffId, startsOn, endsOn };
    return { ...identity, status: 'OPEN' as const, weights, evidence: known.get(staffId) ?? none, ...unrated };
  });
  const note = { action: 'openAppraisal', rule: 'A009' };
  const appraisals = await insertAggregates(tx, appraisalAggregate, fresh, note);
  const { ratingDays: amount } = await resolvePolicy(tx, conductPolicy, communityId);
  const escalations = [
    { afterShare: 1, to: { role: 'supervisor' } as const },
    { afterShare: 2, to: { role: 'director' } as const },
  ];
  const clock = { kind: ratingClock, rule: 'A009', span: { amount, unit: 'day' as const }, escalations };
  for (const appraisal of appraisals) {
    const { id: aggregateId, number, staffId } = appraisal;
    publish(tx, appraisal, appraisalEvents.opened, appraisalFact(appraisal));
    await startDeadline(tx, appraisalAggregate, appraisal, clock, { zone });
    const params = { number };
    await notify(tx, { communityId, to: { staffId }, template: 'appraisalOpened', params, aggregateId });
  }
  return appraisals;
}
