import type { DutyRosterKind, ShiftPattern } from './duty-roster.ts';
import { builtInPatterns, type TimetableValues } from './duty-time-policy.ts';

/** A shift with its times of day, summer and otherwise, on one day. */
export type PatternOfDay = {
  code: string;
  kind: DutyRosterKind;
  roles: readonly string[];
  trades: readonly string[];
  isServiceCentre: boolean;
  isNight: boolean;
  isHandoverRequired: boolean;
  start: string;
  end: string;
};

/** The summer time-table holds on both its first and its last day; a range over the turn of the year works as well. */
export function isSummer(day: string, { summerFirstDay: first, summerLastDay: last }: TimetableValues): boolean {
  const at = day.slice(5);
  return first <= last ? first <= at && at <= last : first <= at || at <= last;
}

/** First and last time of the built-in shifts; those of the day fill what noon and night leave (A019). */
function builtInTimes(summer: boolean, figures: TimetableValues): Record<keyof typeof builtInPatterns, string[]> {
  const noonEnd = summer ? figures.noonEndInSummer : figures.noonEnd;
  const nightStart = summer ? figures.nightStartInSummer : figures.nightStart;
  return {
    MORNING: [figures.nightEnd, figures.noonStart],
    NOON: [figures.noonStart, noonEnd],
    AFTERNOON: [noonEnd, nightStart],
    NIGHT: [nightStart, figures.nightEnd],
    MANAGER_DAY: [figures.nightEnd, figures.nightEnd],
  };
}

/** Every shift that is worked in the community on a day, by the figures in force on that day. */
export function patternsOf(day: string, figures: TimetableValues, added: readonly ShiftPattern[]): PatternOfDay[] {
  const summer = isSummer(day, figures);
  const times = builtInTimes(summer, figures);
  const builtIn = Object.entries(builtInPatterns).map(([code, pattern]): PatternOfDay => {
    const [start = '', end = ''] = times[code as keyof typeof builtInPatterns];
    const { roles, trades, isServiceCentre, isNight } = pattern;
    const kind = isServiceCentre ? 'SERVICE_CENTRE' : 'MANAGERS';
    return { code, kind, roles, trades, isServiceCentre, isNight, isHandoverRequired: isServiceCentre, start, end };
  });
  return [...builtIn, ...added.filter((pattern) => holdsOn(pattern, day)).map((one) => addedOn(one, summer))];
}

const holdsOn = ({ validFrom, validTo }: ShiftPattern, day: string): boolean =>
  validFrom <= day && (validTo === null || day < validTo);

const addedOn = (pattern: ShiftPattern, summer: boolean): PatternOfDay => {
  const start = (summer ? pattern.summerStartTime : null) ?? pattern.startTime;
  const end = (summer ? pattern.summerEndTime : null) ?? pattern.endTime;
  const { number: code, kind, roles, tradeCodes: trades, isHandoverRequired } = pattern;
  const isServiceCentre = kind === 'SERVICE_CENTRE';
  const isNight = end <= start;
  return { code, kind, roles, trades, isServiceCentre, isNight, isHandoverRequired, start, end };
};

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** The calendar and the clock of a community's zone. */
export type LocalClock = { startOfDay(day: string): Date; timeOf(at: Date): string };

/** The instant of a time of day in the zone: reckoned, but on a day on which the clock is changed by what it then shows. */
function instantOf(day: string, time: string, clock: LocalClock): Date {
  const midnight = clock.startOfDay(day).getTime();
  const reckoned = new Date(midnight + minutesOf(time) * 60_000);
  if (clock.startOfDay(dayAfter(day)).getTime() - midnight === 86_400_000) return reckoned;
  const shown = clock.timeOf(reckoned).slice(0, 5);
  return new Date(reckoned.getTime() + (minutesOf(time) - minutesOf(shown)) * 60_000);
}

const dayAfter = (day: string): string => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);

/** When a shift of a day begins and ends; an end that is not after the beginning lies on the next day. */
export function timesOf(
  { start, end }: Pick<PatternOfDay, 'start' | 'end'>,
  day: string,
  clock: LocalClock,
): { startsAt: Date; endsAt: Date } {
  const endDay = end <= start ? dayAfter(day) : day;
  return { startsAt: instantOf(day, start, clock), endsAt: instantOf(endDay, end, clock) };
}
