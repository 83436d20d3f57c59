import { localDate, newId, refuseAll, type Violation } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { activityPlanned } from '@steward/events';
import {
  authorize,
  findColleague,
  insertAggregate,
  managedCommunity,
  nextNumber,
  openChecklist,
  publish,
} from '@steward/service-kit';

import { activityAggregate } from '../db/aggregates.ts';
import { replacePrizes } from '../db/activity-queries.ts';
import { planFact } from '../domain/activity-facts.ts';
import { merchantProcedures, numberPrefixes, procedureChecklist } from '../domain/activity-policy.ts';
import type { Activity } from '../domain/activity.ts';
import { timesViolations } from '../domain/plan-rules.ts';
import type { PlanActivityInput } from '../graphql/generated.ts';
import { bookForActivity, venueRefusals } from './settle-venue.ts';

const rule = 'A105';

type Plan = Pick<Activity, 'communityId' | 'venueId' | 'startsAt' | 'endsAt' | 'capacity' | 'budgetAmount'>;

/** What is wrong with the fields of a plan that are there; empty ones are asked for when it is put forward. */
export async function planViolations(tx: Tx, plan: Plan, activityId: string | null): Promise<Violation[]> {
  const { communityId, venueId, startsAt, endsAt, capacity, budgetAmount } = plan;
  const violations = timesViolations({ startsAt, endsAt }, txScope(tx).now, rule);
  if (capacity !== null && capacity < 1) {
    violations.push({ path: 'input.capacity', reason: 'CAPACITY_TOO_SMALL', rule });
  }
  if (budgetAmount !== null && budgetAmount < 0) {
    violations.push({ path: 'input.budgetAmount', reason: 'AMOUNT_NEGATIVE', rule });
  }
  const time = violations.length === 0 && startsAt !== null && endsAt !== null ? { startsAt, endsAt } : null;
  const wanted = { communityId, capacity, time, activityId };
  if (venueId !== null) violations.push(...(await venueRefusals(tx, { ...wanted, venueId }, rule)));
  return violations;
}

export const prizeViolations = (prizes: readonly { name: string; quantity: number }[]): Violation[] =>
  prizes.flatMap(({ name, quantity }, index) => [
    ...(name.trim() === '' ? [{ path: `input.prizes.${index}.name`, reason: 'TEXT_REQUIRED', rule }] : []),
    ...(quantity < 1 ? [{ path: `input.prizes.${index}.quantity`, reason: 'QUANTITY_TOO_SMALL', rule }] : []),
  ]);

async function organiserViolations(tx: Tx, staffId: string, communityId: string, day: string): Promise<Violation[]> {
  const found = await findColleague(tx, staffId);
  const path = 'input.organiserId';
  if (found === null || (found.staff.leftOn !== null && found.staff.leftOn <= day)) {
    return [{ path, reason: 'STAFF_UNKNOWN', rule }];
  }
  const works = found.posts.some(
    (post) =>
      post.communityId === communityId && post.validFrom <= day && (post.validTo === null || day < post.validTo),
  );
  return works ? [] : [{ path, reason: 'STAFF_NOT_OF_COMMUNITY', rule }];
}

const words = (text: string | null | undefined): string | null => text?.trim() || null;

export async function planActivity(tx: Tx, input: PlanActivityInput): Promise<{ id: string }> {
  await authorize(tx, { communityId: input.communityId });
  const community = await managedCommunity(tx, input.communityId);
  const { id: communityId, timeZone, currency } = community;
  const prizes = input.prizes ?? [];
  const plan: Omit<Activity, 'tenantId' | 'version' | 'createdAt' | 'number'> = {
    id: newId(),
    communityId,
    status: 'PLANNED',
    kind: input.merchantId == null ? 'COMMUNITY' : 'MERCHANT',
    merchantId: input.merchantId ?? null,
    organiserId: input.organiserId,
    theme: words(input.theme),
    programme: (input.programme ?? []).map((item) => item.trim()).filter((item) => item !== ''),
    budgetAmount: input.budgetAmount ?? null,
    currency,
    venueId: input.venueId ?? null,
    startsAt: input.startsAt ?? null,
    endsAt: input.endsAt ?? null,
    audience: words(input.audience),
    capacity: input.capacity ?? null,
    agenda: words(input.agenda),
    departmentCodes: [...new Set(input.departmentCodes ?? [])],
    isWithoutPrizes: input.isWithoutPrizes ?? false,
    prizeCount: prizes.length,
    approvalId: null,
    approvedAt: null,
    dutyCount: 0,
    openDutyCount: 0,
    startedAt: null,
    finishedAt: null,
    attendanceCount: null,
    actualAmount: 0,
    recordKinds: [],
    archivedAt: null,
    cancelledAt: null,
    cancelReasonCode: null,
  };
  const day = localDate(txScope(tx).now, timeZone);
  refuseAll([
    ...(await organiserViolations(tx, plan.organiserId, communityId, day)),
    ...(await planViolations(tx, plan, null)),
    ...prizeViolations(prizes),
  ]);
  const number = await nextNumber(tx, communityId, numberPrefixes.activity, timeZone);
  const saved = await insertAggregate(tx, activityAggregate, { ...plan, number }, { action: 'planActivity', rule });
  await replacePrizes(tx, saved.id, prizes);
  if (saved.kind === 'MERCHANT')
    await openChecklist(tx, activityAggregate, saved, procedureChecklist, merchantProcedures);
  publish(tx, saved, activityPlanned, planFact(saved));
  await bookForActivity(tx, saved, 'planActivity');
  return { id: saved.id };
}
