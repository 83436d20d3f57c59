import { DomainError, newId, refuseAll } from '@steward/core';
import type { Tx } from '@steward/db';
import { apportionmentComputed } from '@steward/events';
import { authorize, insertAggregate, invocationOf, managedCommunity, nextNumber, publish } from '@steward/service-kit';

import { bearingUnits, insertShares, isShared, sharesDigest } from '../db/apportionment-queries.ts';
import { apportionmentAggregate } from '../db/charging-aggregates.ts';
import { findUnit } from '../db/reference-queries.ts';
import { apportionmentViolations, sharesOf } from '../domain/apportionment-terms.ts';
import { chargeTypeOf } from '../domain/charge-type-policy.ts';
import { chargesPrefixes } from '../domain/charges-policy.ts';
import type { ComputeApportionmentInput } from '../graphql/generated.ts';
import { apportionmentFact } from './apportionment-facts.ts';

export async function computeApportionment(tx: Tx, input: ComputeApportionmentInput): Promise<{ id: string }> {
  await authorize(tx, { communityId: input.communityId });
  const { id: communityId, timeZone: zone, currency } = await managedCommunity(tx, input.communityId);
  const { chargeTypeCode, basis, periodFrom, periodTo, totalAmount, bearers = [] } = input;
  const terms = { chargeTypeCode, basis, formula: input.formula ?? null, totalAmount, bearers };
  const violations = apportionmentViolations({ ...terms, period: { from: periodFrom, to: periodTo } });
  const placeId = input.placeId ?? null;
  if (placeId !== null && (await findUnit(tx, placeId))?.communityId !== communityId) {
    violations.push({ path: 'input.placeId', reason: 'UNIT_UNKNOWN', rule: 'A014' });
  }
  refuseAll(violations);
  const asked = { communityId, chargeTypeCode, placeId, periodFrom, periodTo, basis, totalAmount };
  const onlyOwners = chargeTypeOf(chargeTypeCode)?.liable === 'OWNER';
  const units = basis === 'GIVEN' ? [] : await bearingUnits(tx, asked, { onlyOwners });
  const shares = sharesOf(terms, units);
  const sharesSha256 = sharesDigest(asked, shares);
  if (await isShared(tx, communityId, sharesSha256))
    throw new DomainError('CONFLICT', 'SHARED_ALREADY', { rule: 'A014' });
  const fresh = {
    ...asked,
    id: newId(),
    number: await nextNumber(tx, communityId, chargesPrefixes.apportionment, zone),
    status: 'DRAFT' as const,
    formula: terms.formula,
    currency,
    bearerCount: shares.length,
    sharesSha256,
    draftedBy: invocationOf(tx).viewer.sub,
    confirmedBy: null,
    confirmedAt: null,
  };
  const row = await insertAggregate(tx, apportionmentAggregate, fresh, {
    action: 'computeApportionment',
    rule: 'A014',
  });
  await insertShares(tx, row.id, shares, new Map(units.map((unit) => [unit.id, unit])));
  publish(tx, row, apportionmentComputed, apportionmentFact(row));
  return { id: row.id };
}
