import { rows, type Tx } from '@steward/db';

import type { BlockRange, PagedStage } from '../domain/book-comparison.ts';
import type { LedgerFinding } from '../domain/ledger-period.ts';

/** What is verified page by page: its rows in an order that an index has, and what verifies a page. */
type Paged = {
  table: string;
  order: readonly [string, string];
  types: readonly [string, string];
  checks: readonly string[];
};

const newest = { order: ['created_at', 'id'], types: ['timestamptz', 'uuid'] } as const;

const paged: Record<PagedStage, Paged> = {
  CHARGES: { table: 'charge', ...newest, checks: ['verify_ledger_charges', 'verify_ledger_charge_papers'] },
  PAYMENTS: { ...newest, table: 'payment', order: ['received_at', 'id'], checks: ['verify_ledger_payments'] },
  RECEIPTS: {
    table: 'receipt',
    order: ['book', 'sequence'],
    types: ['text', 'int'],
    checks: ['verify_ledger_receipts'],
  },
  REFUNDS: { table: 'refund', ...newest, checks: ['verify_ledger_refunds'] },
  TILLS: { ...newest, table: 'cashier_session', order: ['opened_at', 'id'], checks: ['verify_ledger_tills'] },
  METERS: { table: 'meter', ...newest, checks: ['verify_ledger_meters'] },
};

/** A row's place in the order of its table; an instant as text, since it is finer than a `Date`. */
export type RowPlace = readonly [string, string];

const afterPlace = ({ order, types }: Paged): string =>
  `($2::${types[0]} is null or (${order.join(', ')}) > ($2::${types[0]}, $3::${types[1]}))`;

const placeOf = (after: RowPlace | null): (string | null)[] => [after?.[0] ?? null, after?.[1] ?? null];

/** The last row of a page after one, with how many it has; null where none is left. */
export async function endOfPage(
  tx: Tx,
  stage: PagedStage,
  { communityId, after }: { communityId: string; after: RowPlace | null },
  count: number,
): Promise<{ place: RowPlace; rows: number } | null> {
  const { table, order } = paged[stage];
  const [one, other] = order;
  const [last] = await rows<{ one: string; other: string; rows: number }>(
    tx,
    `select ${one}::text as one, ${other}::text as other, count(*) over ()::int as rows from (
       select ${one}, ${other} from ${table}
        where community_id = $1 and ${afterPlace(paged[stage])} order by ${one}, ${other} limit $4) page
      order by page.${one} desc, page.${other} desc limit 1`,
    [communityId, ...placeOf(after), count],
  );
  return last === undefined ? null : { place: [last.one, last.other], rows: last.rows };
}

const checked = (checks: readonly string[], ids: string): string =>
  `with page as materialized (select array(${ids}) as ids)
   ${checks
     .map(
       (check) =>
         `select v.finding, null::bigint as height, v.subject from page cross join lateral ${check}($1, page.ids) v`,
     )
     .join(' union all ')}`;

/** The rows of a table after one and up to another against the ledger. */
export function findAlteredPage(
  tx: Tx,
  stage: PagedStage,
  { communityId, after }: { communityId: string; after: RowPlace | null },
  upTo: RowPlace,
): Promise<LedgerFinding[]> {
  const { table, order, types, checks } = paged[stage];
  const ids = `select id from ${table} where community_id = $1 and ${afterPlace(paged[stage])}
                  and (${order.join(', ')}) <= ($4::${types[0]}, $5::${types[1]})`;
  return rows<LedgerFinding>(tx, checked(checks, ids), [communityId, ...placeOf(after), ...upTo]);
}

const postedIn = `ledger_transaction t join ledger_posting p on p.transaction_id = t.id
        where t.community_id = $1 and t.height between $2 and $3`;
const causedIn = (type: string): string => `
  select distinct t.cause_id from ledger_transaction t
   where t.community_id = $1 and t.height between $2 and $3 and t.cause_service = 'billing' and t.cause_type = '${type}'`;
const heldIn = (type: string): string => `
  select distinct a.reference_id from ledger_transaction t join ledger_posting p on p.transaction_id = t.id
    join ledger_account a on a.id = p.account_id and a.type = '${type}' and a.reference_id is not null
   where t.community_id = $1 and t.height between $2 and $3`;

/** What a range of blocks posts to or is posted for. */
const touched: Partial<Record<PagedStage, string>> = {
  CHARGES: `select distinct p.charge_id from ${postedIn} and p.charge_id is not null`,
  PAYMENTS: causedIn('payment'),
  REFUNDS: causedIn('refund'),
  TILLS: heldIn('CASH_IN_HAND'),
  METERS: heldIn('PREPAID'),
};

/** Charges and papers that a range of blocks posts to or is posted for, against the ledger. */
export async function findAlteredPapersOf(
  tx: Tx,
  communityId: string,
  { from, to }: BlockRange,
): Promise<LedgerFinding[]> {
  const findings: LedgerFinding[] = [];
  for (const [stage, ids] of Object.entries(touched) as [PagedStage, string][])
    findings.push(...(await rows<LedgerFinding>(tx, checked(paged[stage].checks, ids), [communityId, from, to])));
  return findings;
}
