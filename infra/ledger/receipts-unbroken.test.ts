import { expect, test } from '@jest/globals';
import type { Viewer } from '@steward/auth';
import { newId } from '@steward/core';
import { testServers } from '@steward/test-kit';
import pg from 'pg';

import { startServiceProcess, type ServiceProcess } from './service-process.ts';

const tenantId = '00000000-0000-4000-8000-0000000000b2';
const communityId = newId();
const count = 60;
const atOnce = 8;

const cashier: Viewer = {
  sub: 'till',
  tenantId,
  actor: 'staff',
  staffId: newId(),
  roles: ['cashier'],
  departments: [],
  communityIds: 'all',
  audience: 'billing',
};

async function asAdmin<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** A community and who pays in it, as its projections would have them. */
const openBooks = (url: string): Promise<string> =>
  asAdmin(url, async (admin) => {
    await admin.query(
      `insert into community_reference (id, tenant_id, time_zone, currency, status) values ($1, $2, 'UTC', 'CNY', 'ACTIVE')`,
      [communityId, tenantId],
    );
    const { rows } = await admin.query<{ id: string }>(
      `insert into billing_account (id, tenant_id, community_id, number, version, created_at, party_kind, party_id)
       select billing_account_id($2, null, 'PERSON', $3), $1, $2, 'ZH-1', 1, now(), 'PERSON', $3 returning id`,
      [tenantId, communityId, newId()],
    );
    // The float comes out of the safe.
    await admin.query(
      `select post_block($2, now(), (
         select array_agg(row(t.id, e.line, 'CASH_MOVEMENT', current_date, 'billing', 'test', t.id, null, e.type, null,
                              null, null, e.amount, null)::ledger_entry)
           from (values (1, 'CASH_IN_SAFE', 50000), (2, 'BANK', -50000)) as e(line, type, amount)
          cross join (select uuidv7() as id) t))
         from (select set_config('app.tenant_id', $1, false)) tenant`,
      [tenantId, communityId],
    );
    return rows[0]?.id ?? '';
  });

const taking = `mutation ($input: RecordPaymentInput!) { recordPayment(input: $input) { payment { receipt { number } } } }`;
const opening = `mutation ($input: OpenCashierSessionInput!) { openCashierSession(input: $input) { cashierSession { id } } }`;

type Taken = { recordPayment: { payment: { receipt: { number: string } } } };

/** Takes one payment, asked for again under its key until somebody answers. */
async function take(service: ServiceProcess, billingAccountId: string, amount: number): Promise<string> {
  const paid = { communityId, billingAccountId, means: 'CASH', amount, tendered: amount };
  const confirmed = ['NAME', 'ADDRESS', 'PAID_SO_FAR', 'MONTHS_DUE', 'AMOUNT'];
  const input = { ...paid, confirmed, idempotencyKey: newId() };
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const answer = await service.ask<Taken>(taking, { input }).catch(() => null);
    const number = answer?.data?.recordPayment.payment.receipt.number;
    if (number !== undefined) return number;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('nobody answers');
}

type Found = { payments: number; receipts: number; entries: number; sequences: number[]; next: number; till: number };

const found = (url: string): Promise<Found> =>
  asAdmin(url, async (admin) => {
    const { rows } = await admin.query<Found>(
      `select (select count(*) from payment)::int as payments, (select count(*) from receipt)::int as receipts,
              (select count(*) from cash_entry where kind = 'RECEIPT')::int as entries,
              (select array_agg(sequence order by sequence) from receipt) as sequences,
              (select next_sequence from receipt_book where prefix = 'A01') as next,
              (select sum(p.amount) from ledger_posting p join ledger_account a on a.id = p.account_id
                where a.type = 'CASH_IN_HAND')::int as till`,
    );
    return rows[0] as Found;
  });

test('[A076] receipts of a book have no gap and no double, through parallel payments, refusals and SIGKILLs of the service', async () => {
  const { postgres, nats } = testServers();
  const name = `receipts_${newId().replaceAll('-', '')}`;
  await asAdmin(postgres, (admin) => admin.query(`create database ${name}`));
  const url = Object.assign(new URL(postgres), { pathname: `/${name}` }).href;
  const main = '../../services/billing/src/main.ts';
  const service = await startServiceProcess({
    main,
    service: 'billing',
    databaseUrl: url,
    natsUrl: nats,
    viewer: cashier,
  });
  try {
    const billingAccountId = await openBooks(url);
    const float = [{ denomination: 10_000, count: 5 }];
    const opened = await service.ask(opening, { input: { communityId, book: 'A01', pieces: float } });
    expect(opened.errors).toBeUndefined();
    const numbers: string[] = [];
    let begun = 0;
    const work = async (): Promise<void> => {
      for (let mine = begun++; mine < count; mine = begun++) {
        // A payment that is refused after it had its place gives the place back.
        if (mine % 5 === 0) {
          const bad = { communityId, billingAccountId, means: 'CASH', amount: 1, tendered: 1, confirmed: [] };
          await service.ask(taking, { input: bad }).catch(() => null);
        }
        numbers.push(await take(service, billingAccountId, mine + 1));
        if (mine === count / 3 || mine === (2 * count) / 3) await service.crash();
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    const places = Array.from({ length: count }, (_, index) => index + 1);
    expect(await found(url)).toEqual({
      payments: count,
      receipts: count,
      entries: count,
      sequences: places,
      next: count + 1,
      till: 50_000 + (count * (count + 1)) / 2,
    });
    expect([...numbers].sort()).toEqual(places.map((place) => `A01-${String(place).padStart(8, '0')}`));
  } finally {
    await service.stop();
    await asAdmin(postgres, (admin) => admin.query(`drop database ${name} with (force)`));
  }
}, 300_000);
