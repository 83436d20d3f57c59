import { localDate, startOfLocalDay } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import type { communityRegistered, StewardEvent } from '@steward/events';
import {
  communityOfTimer,
  keepCommunity,
  notify,
  schedule,
  scheduleUnlessWaiting,
  type DueTimer,
} from '@steward/service-kit';

import { wasIssued } from '../db/survey-queries.ts';
import { surveyValues } from './survey-values.ts';

export const opinionTimer = 'opinion-form-reminder';
export const satisfactionTimer = 'satisfaction-survey-reminder';

type CommunityData = ReturnType<(typeof communityRegistered)['data']['parse']>;

/** Reaction: keeps a community, and watches over its yearly form (A101) and its surveys of satisfaction (A210). */
export async function keepOurCommunity(tx: Tx, event: StewardEvent<CommunityData>): Promise<void> {
  await keepCommunity(tx, event);
  const { communityId, timeZone, status } = event.data;
  if (status === 'LEFT') return;
  const { now } = txScope(tx);
  const figures = await surveyValues(tx, communityId);
  const opinionDue = endOfMonth(now, figures.opinionReminderMonth, timeZone);
  await scheduleUnlessWaiting(tx, { kind: opinionTimer, communityId, dueAt: opinionDue });
  const satisfactionDue = monthsLater(now, figures.satisfactionMonths, timeZone);
  await scheduleUnlessWaiting(tx, { kind: satisfactionTimer, communityId, dueAt: satisfactionDue });
}

/** When a month of the year is next over. */
function endOfMonth(at: Date, month: number, zone: string): Date {
  const year = Number(localDate(at, zone).slice(0, 4));
  const end = (of: number): Date =>
    startOfLocalDay(month === 12 ? `${of + 1}-01-01` : `${of}-${String(month + 1).padStart(2, '0')}-01`, zone);
  return end(year) > at ? end(year) : end(year + 1);
}

/** The first day of the month so many months on. */
function monthsLater(at: Date, months: number, zone: string): Date {
  const [year = 0, month = 0] = localDate(at, zone).split('-').map(Number);
  const index = year * 12 + (month - 1) + months;
  const day = `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}-01`;
  return startOfLocalDay(day, zone);
}

async function tell(tx: Tx, communityId: string, template: string): Promise<void> {
  const supervisor = { role: 'supervisor' as const, departmentCode: 'CUSTOMER_SERVICE' };
  for (const to of [supervisor, { role: 'director' as const }])
    await notify(tx, { communityId, to, template, params: {} });
}

/** Timer: no opinion form went out this year (A101). Sets itself for the next year. */
export async function remindOfOpinionForm(tx: Tx, due: DueTimer): Promise<void> {
  const community = await communityOfTimer(tx, due);
  if (community === null) return;
  const { id: communityId, timeZone } = community;
  const dayBefore = new Date(due.dueAt.getTime() - 1);
  const from = startOfLocalDay(`${localDate(dayBefore, timeZone).slice(0, 4)}-01-01`, timeZone);
  if (!(await wasIssued(tx, communityId, 'OPINION', from, due.dueAt)))
    await tell(tx, communityId, 'opinionFormMissing');
  const { opinionReminderMonth } = await surveyValues(tx, communityId);
  await schedule(tx, { kind: opinionTimer, communityId, dueAt: endOfMonth(due.dueAt, opinionReminderMonth, timeZone) });
}

/** Timer: no survey of satisfaction went out for so many months (A210). Sets itself for the next time. */
export async function remindOfSatisfactionSurvey(tx: Tx, due: DueTimer): Promise<void> {
  const community = await communityOfTimer(tx, due);
  if (community === null) return;
  const { id: communityId, timeZone } = community;
  const { satisfactionMonths } = await surveyValues(tx, communityId);
  const from = monthsLater(due.dueAt, -satisfactionMonths, timeZone);
  if (!(await wasIssued(tx, communityId, 'SATISFACTION', from, due.dueAt))) {
    await tell(tx, communityId, 'satisfactionSurveyMissing');
  }
  const dueAt = monthsLater(due.dueAt, satisfactionMonths, timeZone);
  await schedule(tx, { kind: satisfactionTimer, communityId, dueAt });
}
