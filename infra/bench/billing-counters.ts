import { randomUUID } from 'node:crypto';

import { confirmationItems } from '@steward/billing/counter-policy';

import { runCommunity } from './billing-data.ts';
import type { BillingProcess, Colleague } from './billing-service.ts';
import { quantile } from './measure.ts';
import { cpuSeconds, mostMemory } from './process-figures.ts';

const open = `mutation ($input: OpenCashierSessionInput!) { openCashierSession(input: $input) { cashierSession { id } } }`;
const pay = `mutation ($input: RecordPaymentInput!) { recordPayment(input: $input) { payment { id } } }`;

const usualFloat = [{ denomination: 10_000, count: 5 }];

type Debt = { billingAccountId: string; amount: number };

export type CounterFigures = {
  counters: number;
  payments: number;
  /** Sent again because the answer was that the service is busy. */
  repeated: number;
  perSecond: number;
  p50ms: number;
  p99ms: number;
  /** Processor time of the service for one payment. */
  cpuMs: number | undefined;
  memoryMb: number | undefined;
};

/** Flats that owe what the run charged, each of which pays all of it at once. */
async function debtsOf(service: BillingProcess, count: number): Promise<Debt[]> {
  const { rows } = await service.admin.query<Debt>(
    `select billing_account_id as "billingAccountId", sum(amount)::float8 as amount from charge
      where community_id = $1 and status = 'OPEN' group by 1 order by 1 limit $2`,
    [runCommunity, count],
  );
  return rows;
}

/** Cash for so many floats lies in the safe. */
const fillSafe = (service: BillingProcess, count: number): Promise<unknown> =>
  service.admin.query(
    `select post_block($1, now(), (
       select array_agg(row(t.id, e.line, 'CASH_MOVEMENT', current_date, 'billing', 'bench', t.id, null, e.type, null,
                            null, null, e.amount, null)::ledger_entry)
         from (values (1, 'CASH_IN_SAFE', $2::bigint), (2, 'BANK', -$2::bigint)) as e(line, type, amount)
        cross join (select uuidv7() as id) t))
       from (select set_config('app.tenant_id', tenant_id::text, false) from community_reference where id = $1) tenant`,
    [runCommunity, count * 50_000],
  );

/** Tills of one community, whose one chain they all post to. */
async function openTills(service: BillingProcess, count: number): Promise<Colleague[]> {
  await fillSafe(service, count);
  const cashiers = Array.from({ length: count }, () => ({ role: 'cashier' as const, staffId: randomUUID() }));
  for (const [index, cashier] of cashiers.entries()) {
    const input = { communityId: runCommunity, book: `T${String(index + 1).padStart(2, '0')}`, pieces: usualFloat };
    await service.ask(cashier, open, { input });
  }
  return cashiers;
}

const mostRepetitions = 5;

type Taken = { times: number[]; repeated: number };

/** Each cashier takes the next payment when the last one is answered. */
async function takePayments(
  service: BillingProcess,
  cashiers: readonly Colleague[],
  { debts, seconds }: { debts: Debt[]; seconds: number },
): Promise<Taken> {
  const times: number[] = [];
  let repeated = 0;
  const endsAt = performance.now() + seconds * 1000;
  const counter = async (cashier: Colleague): Promise<void> => {
    while (performance.now() < endsAt) {
      const debt = debts.pop();
      if (debt === undefined) throw new Error('everybody has paid: more households are needed');
      const startedAt = performance.now();
      const money = { means: 'CASH', ...debt, tendered: debt.amount, confirmed: confirmationItems };
      const input = { communityId: runCommunity, ...money, idempotencyKey: randomUUID() };
      repeated += await untilTaken(service, cashier, input);
      times.push(performance.now() - startedAt);
    }
  };
  await Promise.all(cashiers.map(counter));
  return { times, repeated };
}

/** As a desk does that was asked to try again: the same payment with its key. Answers how often it had to. */
async function untilTaken(service: BillingProcess, cashier: Colleague, input: object): Promise<number> {
  for (let repeated = 0; ; repeated += 1) {
    const isTaken = await service.ask(cashier, pay, { input }).then(
      () => true,
      () => repeated === mostRepetitions && Promise.reject(new Error('a payment was refused again and again')),
    );
    if (isTaken) return repeated;
  }
}

/** Payments in cash, a quarter's five charges each, at counters that all work at once. */
export async function measureCounters(
  service: BillingProcess,
  { counters, seconds }: { counters: number; seconds: number },
): Promise<CounterFigures> {
  await service.startService();
  const cashiers = await openTills(service, counters);
  const debts = await debtsOf(service, 1_000 * seconds);
  // What a process learns in its first seconds is not measured, nor the minute until autovacuum has looked at tables that
  // were empty: until then the database goes through all payments to check a key that points at one.
  await takePayments(service, cashiers, { debts, seconds: Math.min(3, seconds) });
  await service.admin.query('analyze');
  const startedAt = performance.now();
  const usedBefore = cpuSeconds(service.pid());
  const { result, mostMb: memoryMb } = await mostMemory(
    service.pid(),
    takePayments(service, cashiers, { debts, seconds }),
  );
  const { times, repeated } = result;
  const perSecond = Math.round((times.length * 1000) / (performance.now() - startedAt));
  const used = cpuSeconds(service.pid());
  const cpuMs = used === undefined ? undefined : Math.round(((used - (usedBefore ?? 0)) * 1000) / times.length);
  await service.stopService();
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): number => Math.round(quantile(sorted, share));
  return { counters, payments: times.length, repeated, perSecond, p50ms: at(0.5), p99ms: at(0.99), cpuMs, memoryMb };
}
