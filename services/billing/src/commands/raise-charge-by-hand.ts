import { addDays } from '@steward/core';
import type { Tx } from '@steward/db';
import { resolvePolicy } from '@steward/service-kit';

import { insertLineByHand, tariffOfDay } from '../db/charge-request-queries.ts';
import { lockLines } from '../db/charge-run-queries.ts';
import { giveWay } from '../db/holder-change-queries.ts';
import { todayIn } from '../db/reference-queries.ts';
import { lockAccounts } from '../db/refund-queries.ts';
import { byHandTypes } from '../domain/charge-request-policy.ts';
import type { ChargeRequest } from '../domain/charge-request.ts';
import type { Charge } from '../domain/charge.ts';
import { chargesPolicy } from '../domain/charges-policy.ts';
import { withTax } from '../domain/line-rules.ts';
import type { Days } from '../domain/proration-rules.ts';
import { checkChargeRequest } from './check-charge-request.ts';
import { raiseCharge } from './raise-charge.ts';
import { taxRateWithinPrice } from './tax-of-charge.ts';

type Taxed = { tariffId: string | null; taxRate: string };

/** Of days the rate of their tariff, else what the company says of the kind; it is within the price. */
async function taxOf(tx: Tx, request: ChargeRequest, from: string): Promise<Taxed> {
  const { communityId, chargeTypeCode, unitId } = request;
  const isOfDays = byHandTypes[chargeTypeCode]?.isOfDays === true;
  const tariff = isOfDays && unitId !== null ? await tariffOfDay(tx, request, from) : null;
  if (tariff !== null) return { tariffId: tariff.id, taxRate: tariff.taxRate };
  return { tariffId: null, taxRate: await taxRateWithinPrice(tx, communityId, chargeTypeCode) };
}

/** Days are charged later than to everybody else (A230); what has none is due at once, as where another service asks. */
async function dueOnOf(tx: Tx, { communityId, chargeTypeCode }: ChargeRequest): Promise<string | null> {
  if (byHandTypes[chargeTypeCode]?.isOfDays !== true) return null;
  const { laterDueDays } = await resolvePolicy(tx, chargesPolicy, communityId);
  return addDays(await todayIn(tx, communityId), laterDueDays);
}

/** What runs would charge makes way: nobody else makes lines or posts them until the transaction ends. */
async function holdDays(tx: Tx, { communityId, chargeTypeCode, unitId }: ChargeRequest, period: Days): Promise<void> {
  await lockLines(tx, communityId);
  if (unitId !== null) await giveWay(tx, { communityId, unitIds: [unitId], codes: [chargeTypeCode], period });
}

/**
 * The charge of a request that was approved, with its line; what has no period is of the day of the books. Whoever owes it
 * is held from here on, after the lines.
 */
export async function raiseChargeByHand(tx: Tx, request: ChargeRequest): Promise<Charge> {
  const { id, communityId, billingAccountId, unitId, householdId, chargeTypeCode, amount, quantity, rate } = request;
  const occurredOn = request.occurredOn ?? (await todayIn(tx, communityId));
  const periodFrom = request.periodFrom ?? occurredOn;
  const periodTo = request.periodTo ?? addDays(occurredOn, 1);
  if (byHandTypes[chargeTypeCode]?.isOfDays === true) await holdDays(tx, request, { from: periodFrom, to: periodTo });
  await lockAccounts(tx, [billingAccountId]);
  await checkChargeRequest(tx, request, 'input.id');
  const tax = await taxOf(tx, request, periodFrom);
  const { taxAmount } = withTax(amount, { taxRate: tax.taxRate, isTaxIncluded: true });
  const cause = { service: 'billing', aggregateType: 'charge-request', id };
  const owed = { communityId, billingAccountId, unitId, householdId, chargeTypeCode, amount, taxAmount };
  const days = { occurredOn, periodFrom, periodTo, dueOn: await dueOnOf(tx, request) };
  const charge = await raiseCharge(tx, { ...owed, ...days, cause });
  await insertLineByHand(tx, charge, { quantity, rate, ...tax, requestId: id });
  return charge;
}
