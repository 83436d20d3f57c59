import { DomainError, localDate, newId, refuseAll, type Violation } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { meterRegistered } from '@steward/events';
import {
  authorize,
  insertAggregate,
  invocationOf,
  managedCommunity,
  publish,
  type CommunityReference,
} from '@steward/service-kit';

import { meterAggregate } from '../db/charging-aggregates.ts';
import { insertReading, lockMetersByPlate } from '../db/meter-queries.ts';
import { findUnit } from '../db/reference-queries.ts';
import { requireChargeType } from '../domain/cycle-rules.ts';
import { newMeterViolations, usualChargeType } from '../domain/meter-rules.ts';
import type { Meter } from '../domain/meter.ts';
import type { RegisterMeterInput } from '../graphql/generated.ts';
import { meterFact } from './credit-prepaid.ts';

export async function registerMeter(tx: Tx, input: RegisterMeterInput): Promise<{ id: string }> {
  await authorize(tx, { communityId: input.communityId });
  const community = await managedCommunity(tx, input.communityId);
  const { kind, digits = 5, multiplier = '1', isPrepaid = false, baseValue, installedOn } = input;
  const meter = await enterMeter(tx, community, {
    kind,
    digits,
    multiplier,
    isPrepaid,
    baseValue,
    installedOn,
    number: input.number.trim(),
    unitId: input.unitId ?? null,
    chargeTypeCode: input.chargeTypeCode ?? usualChargeType[kind],
  });
  return { id: meter.id };
}

type Terms = Pick<
  Meter,
  'kind' | 'digits' | 'multiplier' | 'isPrepaid' | 'installedOn' | 'number' | 'unitId' | 'chargeTypeCode'
> & { baseValue: string };

/** A meter with its base reading. */
export async function enterMeter(tx: Tx, community: CommunityReference, terms: Terms): Promise<Meter> {
  const { id: communityId, timeZone } = community;
  const { baseValue, ...meterTerms } = terms;
  const { kind, number, unitId, chargeTypeCode, isPrepaid, installedOn } = terms;
  requireChargeType(chargeTypeCode, 'input.chargeTypeCode');
  const today = localDate(txScope(tx).now, timeZone);
  refuseAll([...newMeterViolations(terms, today), ...(await unitViolations(tx, unitId, communityId))]);
  if ((await lockMetersByPlate(tx, communityId, [{ kind, number }])).size > 0) {
    throw new DomainError('CONFLICT', 'METER_KNOWN', { path: 'input.number', rule: 'A249' });
  }
  const counter = { lastValue: baseValue, lastReadOn: installedOn, cumulative: '0', readingCount: 0 };
  const money = { billingAccountId: null, balance: 0, lowToldAt: null };
  const fresh = { ...meterTerms, ...counter, ...money, id: newId(), communityId, removedOn: null };
  const meter = await insertAggregate(tx, meterAggregate, fresh, { action: 'registerMeter', rule: 'A249' });
  await insertBase(tx, meter.id, communityId, { value: baseValue, on: installedOn });
  publish(tx, meter, meterRegistered, { ...meterFact(meter), isPrepaid, value: baseValue, readOn: installedOn });
  return meter;
}

async function unitViolations(tx: Tx, unitId: string | null, communityId: string): Promise<Violation[]> {
  if (unitId === null) return [];
  const unit = await findUnit(tx, unitId);
  const fits = unit?.kind === 'UNIT' && unit.communityId === communityId;
  return fits ? [] : [{ path: 'input.unitId', reason: 'UNIT_UNKNOWN', rule: 'A249' }];
}

/** The reading that use is counted from. */
async function insertBase(
  tx: Tx,
  meterId: string,
  communityId: string,
  { value, on }: { value: string; on: string },
): Promise<void> {
  await insertReading(tx, {
    communityId,
    meterId,
    value,
    since: on,
    takenOn: on,
    used: '0',
    cumulative: '0',
    isRollover: false,
    isConfirmed: false,
    source: 'BASE',
    readBy: invocationOf(tx).viewer.staffId ?? null,
  });
}
