import { addDays, localDate, monthOf, monthRange, newId, startOfLocalDay, startOfWeek } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { contactListReported } from '@steward/events';
import { lockAggregate, publish, saveAggregate, schedule, type DueTimer } from '@steward/service-kit';

import { findManagedCommunity } from '../db/community-queries.ts';
import { contactListAggregate } from '../db/contact-list-entities.ts';
import { countContactChanges, insertContactReport } from '../db/contact-list-queries.ts';
import { tell } from '../db/notices.ts';
import { contactReportTimer } from '../domain/contact-list-rules.ts';
import type { ContactList, ContactReportPeriod } from '../domain/contact-list.ts';

type Period = { period: ContactReportPeriod; startsOn: string };

/** The instants between which a period lies, by the community's calendar. */
function boundsOf({ period, startsOn }: Period, zone: string): { from: Date; to: Date } {
  if (period === 'MONTH') return monthRange(startsOn.slice(0, 7), zone);
  return { from: startOfLocalDay(startsOn, zone), to: startOfLocalDay(addDays(startsOn, 7), zone) };
}

const periodAt = (period: ContactReportPeriod, at: Date, zone: string): Period => ({
  period,
  startsOn: period === 'WEEK' ? startOfWeek(localDate(at, zone)) : `${monthOf(at, zone)}-01`,
});

async function scheduleReport(tx: Tx, list: ContactList, payload: Period, zone: string): Promise<void> {
  const { to: dueAt } = boundsOf(payload, zone);
  const { id: aggregateId, communityId } = list;
  await schedule(tx, { kind: contactReportTimer, aggregateId, communityId, dueAt, payload });
}

/** The first weekly and the first monthly report of a list. */
export async function scheduleReports(tx: Tx, list: ContactList, zone: string): Promise<void> {
  const { now } = txScope(tx);
  await scheduleReport(tx, list, periodAt('WEEK', now, zone), zone);
  await scheduleReport(tx, list, periodAt('MONTH', now, zone), zone);
}

/** Timer: reports what changed in the week or month that is over (B020), and sets itself for the next. */
export async function reportContactList(tx: Tx, due: DueTimer<Period>): Promise<void> {
  const list = await lockAggregate(tx, contactListAggregate, due.aggregateId ?? '');
  const community = await findManagedCommunity(tx, list.communityId);
  if (community === null) return;
  const { period, startsOn } = due.payload;
  const bounds = boundsOf({ period, startsOn }, community.timeZone);
  await scheduleReport(tx, list, periodAt(period, bounds.to, community.timeZone), community.timeZone);
  const counts = await countContactChanges(tx, list.id, bounds);
  const note = { action: 'reportContactList', reasonCode: period, rule: 'B020' };
  const saved = await saveAggregate(tx, contactListAggregate, list, list, note);
  const report = { id: newId(), contactListId: list.id, period, startsOn, issuedAt: txScope(tx).now, ...counts };
  await insertContactReport(tx, report);
  const fact = { contactListId: list.id, reportId: report.id, period, startsOn, ...counts };
  publish(tx, saved, contactListReported, fact);
  const to = { role: 'supervisor', departmentCode: 'CUSTOMER_SERVICE' } as const;
  await tell(tx, saved, to, 'contactListReported', { period, startsOn, ...counts });
}
