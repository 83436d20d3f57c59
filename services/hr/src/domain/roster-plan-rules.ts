import {
  fitnessRefusals,
  patternRefusals,
  timeRefusals,
  type Assignable,
  type TakenShift,
} from './assignment-rules.ts';
import type { PatternOfDay } from './timetable-rules.ts';

/** A shift of one day with how many work it and who takes turns. */
export type PlanSlot = {
  day: string;
  pattern: PatternOfDay;
  startsAt: Date;
  endsAt: Date;
  perDay: number;
  staffIds: readonly string[];
};

export type PlannedShift = { slot: PlanSlot; staffId: string };
export type UnfilledSlot = { on: string; patternCode: string; missingCount: number };

/** What of somebody changes as shifts are given out. */
type Turn = { one: Assignable; taken: TakenShift[]; minutes: number; order: number };

/** A night and the rest after it are over within two days: what ended before that cannot stand in the way. */
const memory = 2 * 86_400_000;

/**
 * Gives out shifts day by day in the order of their beginnings, each to whoever of those that may has worked least so
 * far; of equals to whoever stands first in the list. The same input gives the same roster.
 */
export function planRoster(
  slots: readonly PlanSlot[],
  staff: ReadonlyMap<string, Assignable>,
  { communityId, restHours }: { communityId: string; restHours: number },
): { shifts: PlannedShift[]; unfilled: UnfilledSlot[] } {
  const turns = new Map<string, Turn>();
  for (const [id, one] of staff) turns.set(id, { one, taken: [...one.taken], minutes: 0, order: turns.size });
  const shifts: PlannedShift[] = [];
  const unfilled: UnfilledSlot[] = [];
  const inOrder = slots.toSorted((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
  for (const slot of inOrder) {
    const group = slot.staffIds.map((id) => turns.get(id)).filter((turn) => turn !== undefined);
    let missing = slot.perDay;
    for (; missing > 0; missing -= 1) {
      const next = nextTurn(group, slot, communityId, restHours);
      if (next === null) break;
      take(next, slot);
      shifts.push({ slot, staffId: next.one.id });
    }
    if (missing > 0) unfilled.push({ on: slot.day, patternCode: slot.pattern.code, missingCount: missing });
  }
  return { shifts, unfilled };
}

/** Whoever may work the slot and has worked least. */
function nextTurn(group: readonly Turn[], slot: PlanSlot, communityId: string, restHours: number): Turn | null {
  let best: Turn | null = null;
  for (const turn of group) {
    const isBehind =
      best !== null && (turn.minutes > best.minutes || (turn.minutes === best.minutes && turn.order > best.order));
    if (!isBehind && mayTake(turn, slot, communityId, restHours)) best = turn;
  }
  return best;
}

function mayTake(
  { one, taken }: Turn,
  { pattern, day, startsAt, endsAt }: PlanSlot,
  communityId: string,
  restHours: number,
) {
  const shift = { from: startsAt.getTime(), to: endsAt.getTime(), isNight: pattern.isNight };
  return (
    timeRefusals(taken, shift, restHours).length === 0 &&
    patternRefusals(one, pattern, communityId, day).length === 0 &&
    fitnessRefusals(one, day).length === 0
  );
}

function take(turn: Turn, { pattern, startsAt, endsAt }: PlanSlot): void {
  const from = startsAt.getTime();
  turn.minutes += (endsAt.getTime() - from) / 60_000;
  turn.taken = turn.taken.filter(({ to }) => to > from - memory);
  turn.taken.push({ from, to: endsAt.getTime(), isNight: pattern.isNight });
}
