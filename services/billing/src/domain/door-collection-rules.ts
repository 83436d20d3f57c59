import { refuseAll, type Violation } from '@steward/core';

import { doorItems, type CounterValues, type DoorItem } from './counter-policy.ts';

const rule = 'A077';

/** All five are confirmed and the appointment leaves time to write the receipt and carry it along (A077). */
export function checkAppointment(
  appointment: { confirmed: readonly DoorItem[]; at: Date; amount: number },
  { now, owed, figures }: { now: Date; owed: number; figures: CounterValues },
): void {
  const violations: Violation[] = [];
  const missing = doorItems.filter((item) => !appointment.confirmed.includes(item));
  if (missing.length > 0) {
    const params = { missing: missing.join(', ') };
    violations.push({ path: 'input.confirmed', reason: 'NOT_CONFIRMED', rule, params });
  }
  const earliest = new Date(now.getTime() + figures.doorNoticeHours * 3_600_000);
  if (appointment.at < earliest) {
    const params = { hours: figures.doorNoticeHours };
    violations.push({ path: 'input.appointmentAt', reason: 'APPOINTMENT_TOO_SOON', rule, params });
  }
  if (appointment.amount < 1 || appointment.amount > owed)
    violations.push({ path: 'input.amount', reason: 'AMOUNT_DIFFERS_FROM_DEBT', rule, params: { owed } });
  refuseAll(violations);
}

/** Whether the collector came at the agreed time. */
export const isPunctual = (agreedAt: Date, cameAt: Date, { doorGraceMinutes }: CounterValues): boolean =>
  Math.abs(cameAt.getTime() - agreedAt.getTime()) <= doorGraceMinutes * 60_000;

/** Why nothing was collected. */
export const doorFailures: readonly string[] = ['NOBODY_HOME', 'DECLINED', 'NO_MONEY', 'CANCELLED'];
