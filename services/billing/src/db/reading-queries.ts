import { entityRows, rows, type Tx } from '@steward/db';

import type { MeterReading } from '../domain/meter.ts';
import { meterReadingEntity } from './charging-entities.ts';

/** The last readings of a meter that stand, the newest first; of several of a day the one that was taken last. */
export function lastReadings(tx: Tx, meterId: string, count: number): Promise<MeterReading[]> {
  return entityRows(
    tx,
    meterReadingEntity,
    'where e.meter_id = $1 and e.voided_at is null order by e.taken_on desc, e.since desc limit $2',
    [meterId, count],
  );
}

/** Whether a meter has a reading that stands. */
export const hasReading = async (tx: Tx, meterId: string, id: string): Promise<boolean> =>
  (await rows(tx, 'select 1 from meter_reading where id = $2 and meter_id = $1 and voided_at is null', [meterId, id]))
    .length > 0;

export const voidReading = (tx: Tx, id: string, reasonCode: string, now: Date): Promise<unknown> =>
  rows(tx, 'update meter_reading set voided_at = $2, void_reason_code = $3 where id = $1', [id, now, reasonCode]);

/** What was charged for a reading and stands: by a line, or for what a balance did not pay. */
export async function chargesOfReading(tx: Tx, readingId: string): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `select c.id from charge c where c.status <> 'REVERSED' and (
        c.id in (select l.id from charge_line l where l.source_id = $1 and l.method = 'METER' and l.reversed_at is null)
        or c.cause_id = $1 and c.cause_service = 'billing' and c.cause_type = 'meter-reading')
      order by c.id`,
    [readingId],
  );
  return found.map(({ id }) => id);
}

/** Takes the line of a reading out of a run that is not posted yet. */
export const dropPreviewOfReading = (tx: Tx, readingId: string): Promise<unknown> =>
  rows(
    tx,
    `delete from charge_line l where l.source_id = $1 and l.method = 'METER' and l.reversed_at is null
        and not exists (select 1 from charge c where c.id = l.id)`,
    [readingId],
  );

/** What a balance paid for a reading: whose, how much, and by which transaction. */
export type PaidUse = { billingAccountId: string; amount: number; transactionId: string };

/** What a balance paid for a reading; null if nothing. Older uses are found by the instant at which both were written. */
export async function paidUseOf(tx: Tx, readingId: string): Promise<PaidUse | null> {
  const [found] = await rows<PaidUse>(
    tx,
    `select e.billing_account_id as "billingAccountId", -e.amount as amount, t.id as "transactionId"
       from prepaid_entry e
       join ledger_transaction t on t.kind = 'CONSUMPTION' and t.cause_id in (e.reading_id, e.meter_id)
       join ledger_block b on b.community_id = t.community_id and b.height = t.height
      where e.reading_id = $1 and e.kind = 'USE' and e.amount < 0
        and (t.cause_id = e.reading_id or b.posted_at = e.occurred_at)
      order by t.cause_id = e.reading_id desc limit 1`,
    [readingId],
  );
  return found ?? null;
}
