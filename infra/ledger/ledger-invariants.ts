import type pg from 'pg';

import { counterInvariants } from './counter-invariants.ts';
import type { CommunityModel } from './ledger-model.ts';
import type { KeptHead } from './published-heads.ts';

/** What must be true of the books whatever happened; each statement answers what is wrong, and is empty when nothing is. */
const invariants: readonly { what: string; sql: string }[] = [
  {
    what: 'a transaction does not sum to zero',
    sql: `select p.transaction_id as id from ledger_posting p join ledger_account a on a.id = p.account_id
           group by p.transaction_id, a.currency having sum(p.amount) <> 0`,
  },
  {
    what: 'a transaction has not the postings that it promises',
    sql: `select t.id from ledger_transaction t left join ledger_posting p on p.transaction_id = t.id
           group by t.id having count(p.line) <> t.posting_count`,
  },
  {
    what: 'a balance is not the sum of its postings',
    sql: `select a.id from ledger_account a
            left join lateral (select coalesce(sum(amount), 0) as amount from ledger_posting where account_id = a.id) p on true
           where ledger_balance(a.id) <> p.amount`,
  },
  {
    what: 'an advance or a prepaid balance is below nothing',
    sql: `select id from ledger_account where type in ('ADVANCE', 'PREPAID') and ledger_balance(id) > 0`,
  },
  {
    what: 'a transaction was taken back twice',
    sql: `select reverses_id as id from ledger_transaction where reverses_id is not null group by 1 having count(*) > 1`,
  },
  {
    what: 'a charge is settled and owed, or open and paid',
    sql: `select c.id from charge c left join charge_outstanding o on o.charge_id = c.id
           where (c.status = 'SETTLED' and o.outstanding > 0) or (c.status = 'OPEN' and o.outstanding <= 0)`,
  },
  {
    what: 'something is owed of a charge that was taken back, or was paid on it and is nowhere else',
    sql: `select c.id from charge c join charge_outstanding o on o.charge_id = c.id
           where c.status = 'REVERSED' and o.outstanding <> 0`,
  },
  {
    what: 'a charge was raised twice or never',
    sql: `select c.id from charge c
            left join ledger_posting p on p.charge_id = c.id and p.amount > 0
            left join ledger_transaction t on t.id = p.transaction_id and t.kind in ('CHARGE', 'LATE_FEE')
           where c.amount > 0 group by c.id having count(t.id) <> 1`,
  },
  {
    what: 'the facts of an aggregate have a gap or a repetition',
    sql: `select aggregate_id as id from outbox group by aggregate_id
          having count(*) <> max(aggregate_version) or min(aggregate_version) <> 1`,
  },
  {
    what: 'the heights of a chain have a gap',
    sql: `select community_id as id from ledger_block group by 1 having count(*) <> max(height)`,
  },
];

/** Whether each of the counter's invariants sees a fault: one is made by hand, and undone again. */
export async function shownInvariants(admin: pg.Client): Promise<{ shown: number; idle: string[]; blind: string[] }> {
  const seen = { shown: 0, idle: [] as string[], blind: [] as string[] };
  for (const { what, sql, spoil } of counterInvariants) {
    await admin.query('begin');
    try {
      await admin.query('set local session_replication_role = replica');
      const { rowCount } = await admin.query(spoil);
      const { rows } = await admin.query(sql);
      if ((rowCount ?? 0) === 0) seen.idle.push(what);
      else if (rows.length === 0) seen.blind.push(what);
      else seen.shown += 1;
    } finally {
      await admin.query('rollback');
    }
  }
  return seen;
}

/** What is wrong, as sentences. */
export async function brokenInvariants(admin: pg.Client): Promise<string[]> {
  const faults: string[] = [];
  for (const { what, sql } of [...invariants, ...counterInvariants]) {
    const { rows } = await admin.query<{ id: string }>(sql);
    if (rows.length > 0) faults.push(`${what}: ${rows.length}, e.g. ${rows[0]?.id}`);
  }
  return faults;
}

/** What the chain and the books of a community say of themselves, and what the kept heads say of them. */
export async function findings(admin: pg.Client, communityId: string, kept: readonly KeptHead[]): Promise<string[]> {
  const { rows } = await admin.query<{ finding: string }>(
    `select finding from verify_ledger_blocks($1, 1, greatest(
         (select coalesce(max(height), 0) from ledger_block where community_id = $1),
         (select coalesce(max(height), 0) from ledger_transaction where community_id = $1),
         (select coalesce(max(height), 0) from ledger_chain where community_id = $1)))
     union all select finding from verify_ledger_heads($1, $2::bigint[], array(select decode(h, 'hex') from unnest($3::text[]) h))
     union all select finding from verify_ledger_books($1)`,
    [communityId, kept.map(({ height }) => height), kept.map(({ hash }) => hash)],
  );
  return rows.map(({ finding }) => finding);
}

/** Where the books differ from what the service has answered. */
export async function drift(admin: pg.Client, model: CommunityModel): Promise<string[]> {
  const { rows: charges } = await admin.query<{ id: string; outstanding: number }>(
    `select c.id, coalesce(o.outstanding, 0)::float8 as outstanding
       from charge c left join charge_outstanding o on o.charge_id = c.id where c.community_id = $1`,
    [model.id],
  );
  const faults = charges
    .filter(({ id, outstanding }) => model.outstanding.get(id) !== outstanding)
    .map(({ id, outstanding }) => `charge ${id}: ${outstanding} is left, ${model.outstanding.get(id)} was told`);
  if (charges.length !== model.outstanding.size)
    faults.push(`${charges.length} charges are there, ${model.outstanding.size} were told`);
  const { rows: sums } = await admin.query<{ advance: number; prepaid: number; cash: number; transactions: number }>(
    `select coalesce(-sum(ledger_balance(id)) filter (where type = 'ADVANCE'), 0)::float8 as advance,
            coalesce(-sum(ledger_balance(id)) filter (where type = 'PREPAID'), 0)::float8 as prepaid,
            coalesce(sum(ledger_balance(id)) filter (where type = 'CASH_IN_HAND'), 0)::float8 as cash,
            (select count(*) from ledger_transaction where community_id = $1)::float8 as transactions
       from ledger_account where community_id = $1`,
    [model.id],
  );
  for (const key of ['advance', 'prepaid', 'cash', 'transactions'] as const) {
    const found = sums[0]?.[key];
    if (found !== model[key]) faults.push(`${key} of ${model.id}: ${found} is there, ${model[key]} was told`);
  }
  return faults;
}
