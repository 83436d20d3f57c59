import { addDays, DomainError } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import type { moveInChargeRequested, moveOutChargeRequested, StewardEvent } from '@steward/events';

import { codesWithTariff } from '../db/charge-run-queries.ts';
import { finalSettlementOf } from '../db/final-settlement-queries.ts';
import { freeLines } from '../db/holder-change-queries.ts';
import { accountOfHousehold, isCharged, takenOverCharges, type FreshLine } from '../db/period-fee-queries.ts';
import { lockAccountsOfCharges } from '../db/refund-queries.ts';
import { chargeTypeOf } from '../domain/charge-type-policy.ts';
import type { Cause } from '../domain/charge.ts';
import { periodOf, requireChargeType } from '../domain/cycle-rules.ts';
import { holderChanged } from '../domain/holder-change-rules.ts';
import type { Days } from '../domain/proration-rules.ts';
import { payFromAdvance } from './apply-account-advance.ts';
import { draftOfLine, linesOutsideRun } from './charge-outside-run.ts';
import { followHolders, laterDueDay } from './follow-holders.ts';
import { raiseCharge, raiseCharges } from './raise-charge.ts';
import { settleCharges } from './settle-charges.ts';
import { takeBackCharges } from './take-back-charge.ts';

type MoveIn = ReturnType<(typeof moveInChargeRequested)['data']['parse']>;

/**
 * Reaction: the fee of a household that moves in, from its first day to the end of the cycle, by the tariff (A055). If the
 * cycle is charged already, nothing is left to pay; without a tariff or a holder the fact waits for an operator.
 */
export async function raiseFirstFee(tx: Tx, event: StewardEvent<MoveIn>): Promise<void> {
  const { moveInId, unitId, householdId, chargeTypeCode: code, startsOn } = event.data;
  const communityId = event.communityid ?? '';
  const cause = { service: 'residents', aggregateType: 'move-in', id: moveInId };
  const cycle = periodOf(requireChargeType(code, 'chargeTypeCode'), startsOn);
  if (cycle === null) throw new DomainError('BAD_USER_INPUT', 'CHARGE_TYPE_WITHOUT_TARIFF', { rule: 'A249' });
  const account = await accountOfHousehold(tx, unitId, householdId);
  if (account === null) throw new DomainError('CONFLICT', 'HOLDER_MISSING', { rule: 'A249' });
  const first = { unitId, householdId, code, day: startsOn };
  // Days that it took over from somebody else are what it has to pay before it moves in.
  const takenOver = await takenOverCharges(tx, first);
  const ids = takenOver.map(({ id }) => id);
  await lockAccountsOfCharges(tx, ids);
  await freeLines(tx, ids, txScope(tx).now);
  if (await isCharged(tx, first)) {
    const place = { communityId, unitId, householdId, billingAccountId: account };
    await raiseCharge(tx, { ...place, chargeTypeCode: code, amount: 0, cause });
    return;
  }
  const from = [startsOn, ...takenOver.map(({ periodFrom }) => periodFrom)].sort()[0] as string;
  const period = { from, to: cycle.to };
  const lines = await linesOutsideRun(tx, { communityId, unitIds: [unitId], codes: [code], period });
  const own = lines.filter((line) => line.householdId === householdId);
  if (own.length === 0) throw new DomainError('CONFLICT', 'TARIFF_MISSING', { rule: 'A249' });
  // Whoever else holds it in these days pays for them without being the cause.
  const others = { service: 'billing', aggregateType: 'first-fee', id: moveInId };
  const causeOf = (line: FreshLine): Cause => (line.householdId === householdId ? cause : others);
  const later = await laterDueDay(tx, communityId);
  const dueOf = (line: FreshLine): string => (line.householdId === householdId ? startsOn : later);
  await raiseCharges(
    tx,
    communityId,
    lines.map((line) => draftOfLine(line, communityId, causeOf(line), dueOf(line))),
  );
  await takeBackCharges(tx, ids, { reasonCode: holderChanged });
  await payFromAdvance(
    tx,
    communityId,
    lines.map(({ billingAccountId }) => billingAccountId),
  );
}

type MoveOut = ReturnType<(typeof moveOutChargeRequested)['data']['parse']>;

/**
 * Reaction: what a household that leaves has not been charged yet, up to its last day, and a charge of nothing that is
 * settled as soon as the household owes nothing for the unit any more. Days beyond the last that it was charged for are
 * taken back first.
 */
export async function raiseFinalFee(tx: Tx, event: StewardEvent<MoveOut>): Promise<void> {
  const { moveOutId, unitId, householdId, chargeTypeCode, endsOn } = event.data;
  const communityId = event.communityid ?? '';
  const billingAccountId = await accountOfHousehold(tx, unitId, householdId);
  if (billingAccountId === null) throw new DomainError('CONFLICT', 'HOLDER_MISSING', { rule: 'A249' });
  await followHolders(tx, communityId, [unitId], { householdId, endsOn });
  const later = await laterDueDay(tx, communityId);
  for (const [period, codes] of await lastCycles(tx, communityId, endsOn)) {
    const lines = await linesOutsideRun(tx, { communityId, unitIds: [unitId], codes, period });
    const cause = { service: 'billing', aggregateType: 'final-fee', id: moveOutId };
    // The owner of a flat that a tenant leaves has not been told of anything yet.
    const dueOf = (line: FreshLine): string => (line.householdId === householdId ? endsOn : later);
    await raiseCharges(
      tx,
      communityId,
      lines.map((line) => draftOfLine(line, communityId, cause, dueOf(line))),
    );
  }
  const cause = { service: 'residents', aggregateType: 'move-out', id: moveOutId };
  const place = { communityId, unitId, householdId, billingAccountId };
  await raiseCharge(tx, { ...place, chargeTypeCode, amount: 0, dueOn: endsOn, cause });
  await payFromAdvance(tx, communityId, [billingAccountId]);
  const done = await finalSettlementOf(tx, { unitId, householdId });
  const settled = done.map((charge) => ({ charge, amount: 0 }));
  await settleCharges(tx, settled, { receiptNumber: null });
}

/** The days of the last cycle of each kind up to the last day of a holding, kinds of equal days together. */
async function lastCycles(tx: Tx, communityId: string, endsOn: string): Promise<[Days, string[]][]> {
  const lastDay = addDays(endsOn, -1);
  const found = new Map<string, string[]>();
  for (const code of await codesWithTariff(tx, communityId, { from: lastDay, to: endsOn })) {
    const type = chargeTypeOf(code);
    const cycle = type === undefined ? null : periodOf(type, lastDay);
    if (cycle !== null) found.set(cycle.from, [...(found.get(cycle.from) ?? []), code]);
  }
  return [...found].map(([from, codes]) => [{ from, to: endsOn }, codes]);
}
