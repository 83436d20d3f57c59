/** A request has to be answered in 15 working days (App 违法违规收集使用个人信息行为认定方法, art. 6). */
export const personDataPolicy = {
  name: 'person-data',
  figures: {
    erasureWorkingDays: { value: 15, unit: 'working day', rule: 'B017', least: 1 },
    erasureWarnShare: { value: 0.8, unit: 'share of the time', rule: 'B017', most: 1 },
  },
} as const;

export const erasureNumberPrefix = 'SC';
export const erasureDeadline = 'ERASURE';

/** At most so many contacts are revealed at once. */
export const mostRevealed = 100;

/** Affairs that stand in the way of an erasure, by the type of what is open; any other is AFFAIR_OPEN. */
export const openReasons: Readonly<Record<string, string>> = {
  custody: 'CUSTODY_OPEN',
  decoration: 'DECORATION_OPEN',
  'move-in': 'MOVE_IN_OPEN',
  'move-out': 'MOVE_OUT_OPEN',
  charge: 'ARREARS_OPEN',
  'dunning-case': 'ARREARS_OPEN',
  'work-order': 'WORK_ORDER_OPEN',
  complaint: 'COMPLAINT_OPEN',
};
