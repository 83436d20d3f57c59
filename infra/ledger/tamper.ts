import type pg from 'pg';

import type { SeededRandom } from '../demo/seeded-random.ts';
import { findings } from './ledger-invariants.ts';
import type { KeptHead } from './published-heads.ts';
import { alterEnd } from './rewrite-chain.ts';
import { paperRows, paperTamperings } from './tamper-papers.ts';
import { drop, flipped, set, type Tampering } from './tampering.ts';

const ofCommunity: Record<string, string> = {
  ledger_posting: `select p.ctid from ledger_posting p join ledger_transaction t on t.id = p.transaction_id
                    where t.community_id = $1`,
  ledger_transaction: 'select ctid from ledger_transaction where community_id = $1',
  ledger_block: 'select ctid from ledger_block where community_id = $1',
  ledger_account:
    'select a.ctid from ledger_account a where a.community_id = $1 and exists (select 1 from ledger_posting p where p.account_id = a.id)',
  billing_account:
    'select b.ctid from billing_account b where b.community_id = $1 and exists (select 1 from ledger_account a where a.billing_account_id = b.id)',
  ledger_chain: 'select ctid from ledger_chain where community_id = $1',
  ledger_head: 'select ctid from ledger_head where community_id = $1',
  published_accounts: 'select ctid from published_accounts where community_id = $1',
  published_figure: `select f.ctid from published_figure f join published_accounts a on a.id = f.published_accounts_id
                      where a.community_id = $1`,
  ledger_period: 'select ctid from ledger_period where community_id = $1',
  ledger_period_balance: 'select ctid from ledger_period_balance where community_id = $1',
  charge: 'select ctid from charge where community_id = $1 and amount > 0',
};

/** Every column that means something, and every row as a whole. */
const tamperings: readonly Tampering[] = [
  ...set(
    'ledger_posting',
    'amount = case amount when -1 then 1 else amount + 1 end',
    'amount = -amount',
    'line = line + 1000',
    'occurred_on = occurred_on + 1',
    'charge_id = uuidv7()',
    'account_id = uuidv7()',
    'transaction_id = uuidv7()',
  ),
  drop('ledger_posting'),
  ...set(
    'ledger_transaction',
    `kind = kind || 'X'`,
    'occurred_on = occurred_on + 1',
    `cause_service = cause_service || 'x'`,
    `cause_type = cause_type || 'x'`,
    'cause_id = uuidv7()',
    'reverses_id = uuidv7()',
    'posting_count = posting_count + 1',
    'height = height + 1',
    'id = uuidv7()',
  ),
  drop('ledger_transaction'),
  ...set(
    'ledger_block',
    flipped('hash'),
    flipped('previous_hash'),
    `posted_at = posted_at + interval '1 microsecond'`,
    'transaction_count = transaction_count + 1',
    'posting_count = posting_count + 1',
    'height = height + 100000',
  ),
  drop('ledger_block'),
  ...set(
    'ledger_account',
    `charge_type_code = coalesce(charge_type_code, '') || 'X'`,
    `currency = 'USD'`,
    'billing_account_id = uuidv7()',
    'reference_id = uuidv7()',
    `type = case type when 'CASH_IN_HAND' then 'BANK' else 'CASH_IN_HAND' end`,
  ),
  drop('ledger_account'),
  ...set('billing_account', 'party_id = uuidv7()', 'unit_id = uuidv7()', `party_kind = 'ORGANISATION'`),
  drop('billing_account'),
  ...set('ledger_chain', flipped('hash'), 'height = height - 1', 'height = height + 1', 'closed_to = closed_to + 31'),
  drop('ledger_chain'),
  ...set('ledger_head', flipped('hash'), 'height = height - 1'),
  ...set('published_accounts', flipped('hash'), 'height = height - 1'),
  ...set('published_figure', 'amount = amount + 1', `account_type = 'EXPENSE'`, `charge_type_code = 'X'`),
  drop('published_figure'),
  ...set('ledger_period', flipped('hash'), `ends_on = ends_on + 1`, 'height = height + 1'),
  drop('ledger_period'),
  ...set('ledger_period_balance', 'balance = balance + 1', 'ends_on = ends_on + 1', 'account_id = uuidv7()'),
  drop('ledger_period_balance'),
  ...set(
    'charge',
    'amount = amount + 1',
    'tax_amount = tax_amount + 1',
    `charge_type_code = charge_type_code || 'X'`,
    'billing_account_id = uuidv7()',
    'occurred_on = occurred_on + 1',
    `status = case status when 'OPEN' then 'SETTLED' else 'OPEN' end, settled_at = now(), reversed_at = null, reason_code = null`,
  ),
  drop('charge'),
];

/** Constraints that would refuse an alteration: whoever owns the database takes them away first. */
const guards: readonly [table: string, constraint: string][] = [
  ['ledger_account', 'ledger_account_content'],
  ['billing_account', 'billing_account_content'],
];

export type TamperResult = { tried: number; found: number; missed: string[] };

type Target = { communityId: string; kept: readonly KeptHead[] };

/** Of so many alterations one is of the end of the chain, with all hashes made to fit again. */
const endShare = 0.05;

/** So many are of the papers of the counter instead of the books. */
const paperShare = 0.5;

/** A random row of a table is altered; a table that has none is passed over. */
async function alterRow(
  admin: pg.Client,
  { communityId, rows: source, all }: { communityId: string; rows: Record<string, string>; all: readonly Tampering[] },
  random: SeededRandom,
): Promise<string> {
  for (let attempt = 0; attempt < all.length; attempt += 1) {
    const { table, sql } = random.pick(all);
    const { rows } = await admin.query<{ ctid: string }>(`${source[table]} order by 1`, [communityId]);
    if (rows.length === 0) continue;
    for (const [guarded, name] of guards) {
      if (guarded === table) await admin.query(`alter table ${guarded} drop constraint ${name}`);
    }
    const { rowCount } = await admin.query(sql.replace('$2', '$1'), [random.pick(rows).ctid]);
    if (rowCount !== 1) throw new Error(`nothing was altered: ${sql}`);
    return `${table}: ${sql}`;
  }
  throw new Error('there is nothing to alter');
}

/** One alteration; answers what was done. */
function alter(admin: pg.Client, communityId: string, isPaper: boolean, random: SeededRandom): Promise<string> {
  if (isPaper) return alterRow(admin, { communityId, rows: paperRows, all: paperTamperings }, random);
  if (random.chance(endShare)) return alterEnd(admin, communityId, random);
  return alterRow(admin, { communityId, rows: ofCommunity, all: tamperings }, random);
}

/** Alters the books of a community and the papers of another at random, one at a time, and counts what is found. */
export async function tamperWith(
  admin: pg.Client,
  { books, papers }: { books: Target; papers: Target },
  { count, random }: { count: number; random: SeededRandom },
): Promise<TamperResult> {
  const missed: string[] = [];
  for (let tried = 0; tried < count; tried += 1) {
    const isPaper = random.chance(paperShare);
    const { communityId, kept } = isPaper ? papers : books;
    await admin.query('begin');
    try {
      await admin.query(`set local session_replication_role = replica`);
      const done = await alter(admin, communityId, isPaper, random);
      if ((await findings(admin, communityId, kept)).length === 0) missed.push(done);
    } finally {
      await admin.query('rollback');
    }
  }
  return { tried: count, found: count - missed.length, missed };
}
