import { addDays } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { resolvePolicy } from '@steward/service-kit';

import { lockLines } from '../db/charge-run-queries.ts';
import {
  chargesOfOthersDays,
  freeLines,
  markStale,
  openLateFeesOn,
  unitsOfHouseholds,
  type Leaving,
  type MovedCharge,
} from '../db/holder-change-queries.ts';
import type { FreshLine } from '../db/period-fee-queries.ts';
import { lockAccountsOfCharges } from '../db/refund-queries.ts';
import { todayIn } from '../db/reference-queries.ts';
import { liableKinds } from '../domain/charge-type-policy.ts';
import type { Charge } from '../domain/charge.ts';
import { chargesPolicy } from '../domain/charges-policy.ts';
import { holderChanged, recharges, type Recharge } from '../domain/holder-change-rules.ts';
import { payFromAdvance } from './apply-account-advance.ts';
import { draftOfLine, linesOutsideRun } from './charge-outside-run.ts';
import { raiseCharges, type ChargeDraft } from './raise-charge.ts';
import { takeBackCharges } from './take-back-charge.ts';

/**
 * Makes the charges of units follow who answers for their days: a charge of days that became somebody else's is taken back,
 * and the days are charged again, each to whom they belong. What was paid too much is an advance of who paid it; what was
 * owed for days before stays owed. Days that nobody is known for yet are charged as soon as somebody is. Doing it twice
 * does nothing. `leaving`: a household that gives a unit up on a day, though it still holds it.
 */
export async function followHolders(
  tx: Tx,
  communityId: string,
  unitIds: readonly string[],
  leaving: Leaving | null = null,
): Promise<void> {
  if (unitIds.length === 0) return;
  // After this no step of a run and nobody else makes lines or posts them until the holders are known to all.
  await lockLines(tx, communityId);
  await markStale(tx, communityId, unitIds);
  const moved = await chargesOfOthersDays(tx, { communityId, unitIds }, liableKinds, leaving);
  await chargeDaysAgain(tx, communityId, moved, { reasonCode: holderChanged, leaving });
}

type Again = { reasonCode: string; leaving?: Leaving | null };

/** Takes charges back and charges their days again, as what is known of them now says. The lines are locked by the caller. */
export async function chargeDaysAgain(
  tx: Tx,
  communityId: string,
  moved: readonly MovedCharge[],
  { reasonCode, leaving = null }: Again,
): Promise<void> {
  if (moved.length === 0) return;
  const wrong = moved.filter(({ isTakenBack }) => !isTakenBack);
  const wrongIds = wrong.map(({ id }) => id);
  await lockAccountsOfCharges(tx, wrongIds);
  await freeLines(tx, wrongIds, txScope(tx).now);
  // The new charges first: whoever still owes for days of their own goes on owing, and is dunned from the same day on.
  const lateFees = await openLateFeesOn(tx, wrongIds);
  const raised = await chargeAgain(tx, communityId, moved, leaving);
  await takeBackCharges(tx, [...wrongIds, ...lateFees], { reasonCode });
  const accounts = [...raised, ...wrong].map(({ billingAccountId }) => billingAccountId);
  await payFromAdvance(tx, communityId, accounts);
}

/** The same days again, in as few goes as their periods and kinds allow. */
async function chargeAgain(
  tx: Tx,
  communityId: string,
  moved: readonly MovedCharge[],
  leaving: Leaving | null,
): Promise<Charge[]> {
  const raised: Charge[] = [];
  for (const recharge of recharges(moved, leaving?.endsOn ?? null)) {
    const { codes, period, householdIds } = recharge;
    // What a household pays once may now be for another of its units.
    const others = householdIds.length === 0 ? [] : await unitsOfHouseholds(tx, householdIds);
    const unitIds = [...new Set([...recharge.unitIds, ...others])];
    const lines = await linesOutsideRun(tx, { communityId, unitIds, codes, period });
    const drafts: ChargeDraft[] = [];
    for (const line of lines) drafts.push(await draftFor(tx, communityId, line, recharge));
    raised.push(...(await raiseCharges(tx, communityId, drafts)));
  }
  return raised;
}

/** The last day in time of what somebody is charged with who did not know of it. */
export async function laterDueDay(tx: Tx, communityId: string): Promise<string> {
  const { laterDueDays } = await resolvePolicy(tx, chargesPolicy, communityId);
  return addDays(await todayIn(tx, communityId), laterDueDays);
}

/** It stands in the place of the charge that it follows, and is due no earlier than whoever did not know of it can pay. */
async function draftFor(tx: Tx, communityId: string, line: FreshLine, { charges }: Recharge): Promise<ChargeDraft> {
  const ofKind = charges.filter(({ chargeTypeCode }) => chargeTypeCode === line.chargeTypeCode);
  const former = ofKind.find(({ unitId }) => unitId === line.unitId) ?? ofKind[0] ?? charges[0];
  if (former === undefined) throw new Error('days are charged again because of a charge');
  const cause = { service: 'billing', aggregateType: 'charge', id: former.id };
  if (former.billingAccountId === line.billingAccountId) return draftOfLine(line, communityId, cause, former.dueOn);
  const soonest = await laterDueDay(tx, communityId);
  const dueOn = former.dueOn !== null && former.dueOn > soonest ? former.dueOn : soonest;
  return draftOfLine(line, communityId, cause, dueOn);
}
