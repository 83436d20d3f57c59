import { DomainError, refuseAll, type Violation } from '@steward/core';

import { conductLimits, moveOutChecks } from './conduct-policy.ts';
import type { Dormitory, DormitoryRoom } from './conduct.ts';

export function dormitoryViolations({ name, rules }: { name: string; rules: readonly string[] }): Violation[] {
  const violations: Violation[] = [];
  if (name.trim() === '') violations.push({ path: 'input.name', reason: 'TEXT_REQUIRED' });
  if (!rules.some((line) => line.trim() !== ''))
    violations.push({ path: 'input.rules', reason: 'TEXT_REQUIRED', rule: 'B007' });
  return violations;
}

export function roomViolations({ name, bedCount }: { name: string; bedCount: number }): Violation[] {
  const most = conductLimits.beds.value;
  const violations: Violation[] = [];
  if (name.trim() === '') violations.push({ path: 'input.name', reason: 'TEXT_REQUIRED' });
  if (bedCount < 1 || bedCount > most)
    violations.push({ path: 'input.bedCount', reason: 'BED_COUNT', params: { most } });
  return violations;
}

type MovingIn = { bed: number; isRulesAccepted: boolean; isBedTaken: boolean };

/** Everything that stands in the way of moving into a bed. */
export function requireFreeBed(
  dormitory: Pick<Dormitory, 'status'>,
  room: Pick<DormitoryRoom, 'status' | 'bedCount'>,
  { bed, isRulesAccepted, isBedTaken }: MovingIn,
): void {
  const rule = 'B007';
  if (dormitory.status !== 'OPEN' || room.status !== 'ACTIVE')
    throw new DomainError('CONFLICT', 'DORMITORY_CLOSED', { path: 'input.roomId', rule });
  const violations: Violation[] = [];
  if (bed < 1 || bed > room.bedCount) violations.push({ path: 'input.bed', reason: 'BED_UNKNOWN', rule });
  if (isBedTaken) violations.push({ path: 'input.bed', reason: 'BED_TAKEN', rule });
  if (!isRulesAccepted) violations.push({ path: 'input.isRulesAccepted', reason: 'DORMITORY_RULES_UNACCEPTED', rule });
  refuseAll(violations);
}

/** Nobody has moved out before the key is back, the bed cleared and the room clean; all that is missing at once. */
export function requireMoveOut(codes: readonly string[]): void {
  const { codes: wanted, rule } = moveOutChecks;
  refuseAll(
    wanted
      .filter((code) => !codes.includes(code))
      .map((code): Violation => ({ path: 'input.checkedCodes', reason: 'MOVE_OUT_MISSING', rule, params: { code } })),
  );
}
