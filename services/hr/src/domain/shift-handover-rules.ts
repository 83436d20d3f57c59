import { DomainError, refuseAll, type Violation } from '@steward/core';

import { leftOverReasons, patrolRecords } from './attendance-policy.ts';
import type { ShiftHandover, ShiftHandoverItem, ShiftHandoverNoteKind } from './duty-attendance.ts';
import type { DutyShift } from './duty-roster.ts';

export type HandoverNoteTerms = {
  kind: ShiftHandoverNoteKind;
  text: string;
  reasonCode?: string | null;
  isSolvable?: boolean;
  itemId?: string | null;
};

/** What is wrong with notes: what the shift could do itself is not left over, the rest has a reason (A026). */
export function noteViolations(notes: readonly HandoverNoteTerms[]): Violation[] {
  const { codes, rule } = leftOverReasons;
  return notes.flatMap(({ kind, text, reasonCode, isSolvable = false }, index): Violation[] => {
    const path = `input.notes.${index}`;
    const violations: Violation[] = [];
    if (text.trim() === '') violations.push({ path: `${path}.text`, reason: 'TEXT_REQUIRED' });
    if (isSolvable) violations.push({ path: `${path}.isSolvable`, reason: 'LEFT_OVER_SOLVABLE', rule });
    const isGiven = codes.some((code) => code === reasonCode);
    if (kind === 'LEFT_OVER' && !isGiven)
      violations.push({ path: `${path}.reasonCode`, reason: 'LEFT_OVER_REASON_UNKNOWN', rule });
    return violations;
  });
}

type Ends = Pick<DutyShift, 'communityId' | 'staffId' | 'startsAt' | 'endsAt' | 'isServiceCentre' | 'status'>;

const day = 86_400_000;

/** A relief is somebody else's shift of the same kind that begins after this one has, a day after its end at the latest. */
export function requireRelief(outgoing: Ends, incoming: Ends): void {
  const isFit =
    incoming.communityId === outgoing.communityId &&
    incoming.staffId !== outgoing.staffId &&
    incoming.isServiceCentre === outgoing.isServiceCentre &&
    incoming.startsAt > outgoing.startsAt &&
    incoming.startsAt.getTime() <= outgoing.endsAt.getTime() + day &&
    (incoming.status === 'PLANNED' || incoming.status === 'STARTED');
  if (!isFit) throw new DomainError('CONFLICT', 'RELIEF_UNFIT', { rule: 'A031', path: 'input.incomingShiftId' });
}

/** Guards hand over with a record of their patrol (A315). */
export function requirePatrolRecord(roles: readonly string[], patrolRecord: string | null): void {
  const isNeeded = patrolRecords.roles.some((role) => roles.includes(role));
  if (!isNeeded || (patrolRecord ?? '').trim() !== '') return;
  throw new DomainError('BAD_USER_INPUT', 'PATROL_RECORD_MISSING', { rule: 'A315', path: 'input.patrolRecord' });
}

export type ToolCount = { toolCode: string; countedCount: number; borrowerId?: string | null };

/** Tools with who answers for what is missing: whoever borrowed it, else the leaver (A029). */
export function countTools(
  counted: readonly ToolCount[],
  expected: ReadonlyMap<string, number>,
  leaverId: string,
): { toolCode: string; expectedCount: number; countedCount: number; liableStaffId: string | null }[] {
  const codes = new Set(counted.map(({ toolCode }) => toolCode));
  refuseAll([
    ...[...expected.keys()]
      .filter((code) => !codes.has(code))
      .map((code) => ({ path: 'input.tools', reason: 'TOOLS_MISSING_IN_COUNT', rule: 'A029', params: { code } })),
    ...counted.flatMap(({ toolCode, countedCount }, index) =>
      /^[A-Z][A-Z0-9_]{0,39}$/.test(toolCode) && countedCount >= 0 && countedCount <= 10_000
        ? []
        : [{ path: `input.tools.${index}`, reason: 'CODE_MALFORMED' }],
    ),
  ]);
  return counted.map(({ toolCode, countedCount, borrowerId = null }) => {
    const expectedCount = expected.get(toolCode) ?? countedCount;
    const liableStaffId = countedCount < expectedCount ? (borrowerId ?? leaverId) : null;
    return { toolCode, expectedCount, countedCount, liableStaffId };
  });
}

type Acceptance = {
  isReliefThere: boolean;
  items: readonly ShiftHandoverItem[];
  notedItemIds: ReadonlySet<string>;
};

/**
 * Everything that keeps the relief from taking over: being there (A027), tools counted (A029), a clean place (A030),
 * and a written note on each emergency and major complaint (A028).
 */
export function acceptanceViolations(
  { toolsCountedAt, isCleaningPassed }: Pick<ShiftHandover, 'toolsCountedAt' | 'isCleaningPassed'>,
  { isReliefThere, items, notedItemIds }: Acceptance,
): Violation[] {
  const violations: Violation[] = [];
  if (!isReliefThere) violations.push({ reason: 'RELIEF_NOT_THERE', rule: 'A031' });
  if (toolsCountedAt === null) violations.push({ reason: 'TOOLS_NOT_COUNTED', rule: 'A029' });
  if (isCleaningPassed !== true) violations.push({ reason: 'CLEANING_NOT_PASSED', rule: 'A030' });
  for (const { id, number, isUrgent } of items) {
    if (isUrgent && !notedItemIds.has(id))
      violations.push({ reason: 'WRITTEN_RECORD_MISSING', rule: 'A028', params: { number } });
  }
  return violations;
}

/** Only the relief looks at the place and takes over. */
export function requireReliefItself(handover: Pick<ShiftHandover, 'incomingStaffId'>, staffId: string | null): void {
  if (handover.incomingStaffId !== staffId) throw new DomainError('FORBIDDEN', 'ONLY_RELIEF', { rule: 'A030' });
}
