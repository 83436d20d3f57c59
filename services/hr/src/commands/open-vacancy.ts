import { DomainError, newId, refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { jobApplicationEvents, vacancyEvents } from '@steward/events';
import {
  authorize,
  insertAndTell,
  lockAggregates,
  lockAuthorized,
  lockNaturalKeys,
  managedCommunity,
  nextNumber,
  publish,
  saveAggregates,
  saveAndTell,
} from '@steward/service-kit';

import { loadDirectory } from '../db/directory-queries.ts';
import { jobApplicationAggregate, vacancyAggregate } from '../db/position-aggregates.ts';
import { openApplications, positionByCode, staffingOf } from '../db/position-queries.ts';
import { moveBy } from '../domain/duty-transition-rules.ts';
import { applicationFact, vacancyFact } from '../domain/position-facts.ts';
import { positionPrefixes } from '../domain/position-policy.ts';
import { rangeViolations, requireGiven, requireHeadcount } from '../domain/position-rules.ts';
import { departmentOf } from '../domain/post-rules.ts';
import type { CloseVacancyInput, OpenVacancyInput } from '../graphql/generated.ts';
import { todayIn } from './require-authority.ts';

/** Refuses more people for a position than are planned (A203); nobody else asks at the same time. */
export async function requirePlanned(
  tx: Tx,
  communityId: string,
  positionId: string,
  wanted: { more: number; isAdvertised: boolean },
): Promise<void> {
  await lockNaturalKeys(tx, `headcount/${communityId}`);
  const staffing = await staffingOf(tx, communityId, await todayIn(tx, communityId));
  const found = staffing.find((row) => row.positionId === positionId);
  if (found === undefined) throw new DomainError('BAD_USER_INPUT', 'POSITION_UNKNOWN', { path: 'input.positionCode' });
  requireHeadcount({ ...found, openCount: wanted.isAdvertised ? 0 : found.openCount }, wanted.more);
}

/** Within the planned headcount (A203). */
export async function openVacancy(tx: Tx, input: OpenVacancyInput): Promise<{ id: string }> {
  const { communityId, positionCode, openingCount = 1, closesOn } = input;
  await authorize(tx, { communityId });
  const { timeZone: zone } = await managedCommunity(tx, communityId);
  const position = requireGiven(await positionByCode(tx, positionCode), 'input.positionCode');
  const department = departmentOf(await loadDirectory(tx, [communityId]), input.departmentCode);
  const isPast = closesOn < (await todayIn(tx, communityId));
  refuseAll([
    ...(department === undefined ? [{ path: 'input.departmentCode', reason: 'DEPARTMENT_UNKNOWN' }] : []),
    ...rangeViolations([['input.openingCount', openingCount, 1, 1000]]),
    ...(isPast ? [{ path: 'input.closesOn', reason: 'RANGE_EMPTY' }] : []),
  ]);
  await requirePlanned(tx, communityId, position.id, { more: openingCount, isAdvertised: false });
  const number = await nextNumber(tx, communityId, positionPrefixes.vacancy, zone);
  const what = { positionId: position.id, positionCode, departmentId: department?.id ?? '' };
  const state = { openingCount, filledCount: 0, closesOn, status: 'OPEN' as const, endedBecause: null };
  const fresh = { id: newId(), communityId, number, ...what, ...state };
  const note = { action: 'openVacancy', rule: 'A203' };
  return { id: (await insertAndTell(tx, vacancyAggregate, fresh, note, [vacancyEvents.opened, vacancyFact])).id };
}

/** Given up; whoever applied is told by their application's end. */
export async function closeVacancy(tx: Tx, input: CloseVacancyInput): Promise<{ id: string }> {
  const vacancy = await lockAuthorized(tx, vacancyAggregate, input);
  const after = { ...moveBy(vacancy, 'closeVacancy', 'CLOSED'), endedBecause: input.because };
  const note = { action: 'closeVacancy', reason: input.because, rule: 'A203' };
  await saveAndTell(tx, vacancyAggregate, { before: vacancy, after, note }, [vacancyEvents.closed, vacancyFact]);
  const open = await lockAggregates(tx, jobApplicationAggregate, await openApplications(tx, vacancy.id));
  const end = { endedBecause: 'VACANCY_CLOSED' as const, decidedAt: txScope(tx).now };
  const pairs = [...open.values()].map((before) => ({
    before,
    after: { ...moveBy(before, 'rejectJobApplication', 'REJECTED'), ...end },
  }));
  for (const application of await saveAggregates(tx, jobApplicationAggregate, pairs, note))
    publish(tx, application, jobApplicationEvents.rejected, applicationFact(application));
  return { id: vacancy.id };
}
