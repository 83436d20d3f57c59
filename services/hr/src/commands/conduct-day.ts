import { localDate, nextMidnight } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { communityOfTimer, schedule, scheduleUnlessWaiting, type DueTimer } from '@steward/service-kit';

import { isFirstOfMonth, isMonday, monthsBefore } from '../domain/period-rules.ts';
import { openAppraisals } from './open-appraisal.ts';
import { openDutyReports } from './open-duty-report.ts';
import { openDormitoryRound, openGroomingRound, openSpotCheckRound, skipAbsent } from './open-staff-check-round.ts';

export const conductDayTimer = 'conduct-day';

/** From the first roster, form, room or report on, each midnight opens what the day wants. */
export const startConductDays = (tx: Tx, communityId: string, zone: string): Promise<void> =>
  scheduleUnlessWaiting(tx, { kind: conductDayTimer, communityId, dueAt: nextMidnight(txScope(tx).now, zone) });

/**
 * Timer: the day's grooming checks (A308), on Mondays spot checks (B052), on the first of a month dormitories (B007) and
 * appraisals (A009), and the reports of every period that has ended (B051).
 */
export async function runConductDay(tx: Tx, due: DueTimer): Promise<void> {
  const community = await communityOfTimer(tx, due);
  if (community === null) return;
  const { id: communityId, timeZone: zone } = community;
  const day = localDate(due.dueAt, zone);
  await schedule(tx, { kind: conductDayTimer, communityId, dueAt: nextMidnight(due.dueAt, zone) });
  await skipAbsent(tx, communityId, day);
  // Nobody can be looked at any more on a day that is over, when timers come late.
  if (day === localDate(txScope(tx).now, zone)) await openGroomingRound(tx, community, day);
  if (isMonday(day)) await openSpotCheckRound(tx, community, day);
  if (isFirstOfMonth(day)) await openDormitoryRound(tx, community, { startsOn: day, endsOn: monthsBefore(day, -1) });
  await openAppraisals(tx, community, day);
  await openDutyReports(tx, community, day);
}
