import { DomainError, newId, refuseAll } from '@steward/core';
import type { Tx } from '@steward/db';
import { shiftPatternEvents } from '@steward/events';
import {
  authorize,
  insertAndTell,
  lockAuthorized,
  lockNaturalKeys,
  managedCommunity,
  saveAndTell,
} from '@steward/service-kit';

import { shiftPatternAggregate } from '../db/roster-aggregates.ts';
import { patternsOfCommunity } from '../db/roster-queries.ts';
import { patternFact } from '../domain/duty-facts.ts';
import { daysOverlap } from '../domain/post-rules.ts';
import { patternViolations, retire } from '../domain/shift-pattern-rules.ts';
import { staffRoles } from '../domain/staff-policy.ts';
import type { RegisterShiftPatternInput, RetireShiftPatternInput } from '../graphql/generated.ts';

const shortTime = (time: string): string => time.slice(0, 5);

export async function registerShiftPattern(tx: Tx, input: RegisterShiftPatternInput): Promise<{ id: string }> {
  const { communityId, code, kind, validFrom } = input;
  await authorize(tx, { communityId });
  await managedCommunity(tx, communityId);
  refuseAll(patternViolations(input));
  await lockNaturalKeys(tx, `shift-pattern/${communityId}`);
  const known = await patternsOfCommunity(tx, communityId);
  if (known.some((one) => one.number === code && daysOverlap(one, { validFrom, validTo: null })))
    throw new DomainError('CONFLICT', 'SHIFT_PATTERN_CODE_TAKEN', { path: 'input.code' });
  const times = {
    startTime: shortTime(input.startTime),
    endTime: shortTime(input.endTime),
    summerStartTime: input.summerStartTime == null ? null : shortTime(input.summerStartTime),
    summerEndTime: input.summerEndTime == null ? null : shortTime(input.summerEndTime),
  };
  const fit = { roles: input.roles.map((role) => staffRoles[role]), tradeCodes: [...(input.tradeCodes ?? [])] };
  const base = { id: newId(), communityId, number: code, name: input.name.trim(), kind, ...fit, ...times };
  const { isHandoverRequired = false } = input;
  const fresh = { ...base, isHandoverRequired, validFrom, validTo: null, status: 'ACTIVE' as const };
  const note = { action: 'registerShiftPattern', rule: 'A308' };
  const told = [shiftPatternEvents.registered, patternFact] as const;
  return { id: (await insertAndTell(tx, shiftPatternAggregate, fresh, note, told)).id };
}

export async function retireShiftPattern(tx: Tx, input: RetireShiftPatternInput): Promise<{ id: string }> {
  const pattern = await lockAuthorized(tx, shiftPatternAggregate, input);
  const retired = retire(pattern, input.validTo);
  const note = { action: 'retireShiftPattern', rule: 'A253' };
  const told = [shiftPatternEvents.retired, patternFact] as const;
  return { id: (await saveAndTell(tx, shiftPatternAggregate, { before: pattern, after: retired, note }, told)).id };
}
