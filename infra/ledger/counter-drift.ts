import type pg from 'pg';

import type { Counter, CounterMutation } from './counter.ts';

const ofCommunity = (table: string, condition: string): string =>
  `select id from ${table} where community_id = $1 and ${condition}`;
const clearings = (outcome: string): string =>
  `select payment_id as id from payment_clearing where community_id = $1 and outcome = '${outcome}' and place <> 'ADVANCE'`;

/** What the answers of mutations say must be there, each once. */
const kept: readonly { mutations: CounterMutation[]; sql: string }[] = [
  { mutations: ['recordPayment', 'topUpMeter'], sql: ofCommunity('payment', 'true') },
  { mutations: ['voidPayment'], sql: ofCommunity('payment', `status = 'VOIDED' and void_reason = 'ENTERED_TWICE'`) },
  { mutations: ['clearMeans'], sql: clearings('CLEARED') },
  { mutations: ['bounceMeans'], sql: clearings('BOUNCED') },
  { mutations: ['requestRefund'], sql: ofCommunity('refund', 'true') },
  { mutations: ['decideRefund'], sql: ofCommunity('refund', 'decided_by is not null') },
  { mutations: ['payRefund'], sql: ofCommunity('refund', `status = 'PAID'`) },
  {
    mutations: ['reverseCharge'],
    sql: ofCommunity('charge', `status = 'REVERSED' and reason_code = 'WRONG_AMOUNT'`),
  },
  {
    mutations: ['readMeter'],
    sql: `select meter_id as id from meter_reading where community_id = $1 and source = 'STAFF'`,
  },
  {
    mutations: ['printReceipt'],
    sql: `select d.aggregate_id as id from printed_document d join payment p on p.id = d.aggregate_id where p.community_id = $1`,
  },
  { mutations: ['startChargeRun'], sql: ofCommunity('charge_run', 'true') },
  {
    mutations: ['postChargeRun'],
    sql: ofCommunity('charge_run', `status in ('POSTING', 'POSTED', 'REVERSING', 'REVERSED')`),
  },
  { mutations: ['discardChargeRun'], sql: ofCommunity('charge_run', `status = 'DISCARDED'`) },
  { mutations: ['reverseChargeRun'], sql: ofCommunity('charge_run', `status in ('REVERSING', 'REVERSED')`) },
  { mutations: ['openCashierSession'], sql: ofCommunity('cashier_session', 'true') },
  { mutations: ['countTill'], sql: ofCommunity('cashier_session', 'counted_at is not null') },
  { mutations: ['dropCash'], sql: ofCommunity('cashier_session', 'dropped_at is not null') },
  { mutations: ['recordSafeMovement'], sql: ofCommunity('safe_movement', 'true') },
  { mutations: ['decideSafeMovement'], sql: ofCommunity('safe_movement', 'decided_at is not null') },
  { mutations: ['handInCash'], sql: ofCommunity('cashier_session', 'handed_in_at is not null') },
];

/** Where what was done differs from what the service has answered. */
export async function counterDrift(admin: pg.Client, { communityId, done }: Counter): Promise<string[]> {
  const faults: string[] = [];
  for (const { mutations, sql } of kept) {
    const { rows } = await admin.query<{ id: string }>(sql, [communityId]);
    const found = rows.map(({ id }) => id).sort();
    const told = mutations.flatMap((mutation) => done.get(mutation) ?? []).sort();
    if (found.join() !== told.join())
      faults.push(`${mutations.join(' and ')}: ${found.length} are there, ${told.length} were told`);
  }
  return faults;
}
