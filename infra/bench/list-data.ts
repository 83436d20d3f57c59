import type pg from 'pg';

/** Fixed ids, so that filters can name what the SQL below makes. */
export const benchTenant = '019b76da-a800-7001-8000-0000000b0001';
const foreignTenant = '019b76da-a800-7001-8000-0000000b0002';

/** The n-th community of ten, the n-th worker of two hundred. */
export const benchCommunity = (n: number): string => `019b76da-a800-7002-8000-${n.toString(16).padStart(12, '0')}`;
export const benchWorker = (n: number): string => `019b76da-a800-7003-8000-${n.toString(16).padStart(12, '0')}`;

/** Orders of a year end here. */
export const benchEnd = new Date('2026-03-01T00:00:00Z');

const communities = 10;

const id = (kind: number, n: string): string =>
  `('019b76da-a800-7${String(kind).padStart(3, '0')}-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`;

const oneOf = (choices: readonly string[], by: string): string =>
  `(array[${choices.map((choice) => `'${choice}'`).join(', ')}])[1 + ${by} % ${choices.length}]`;

/**
 * Rows that satisfy the table's checks, in one statement. What columns hold follows from the row's number by steps
 * that share no factor, so that no two filters mean the same rows. `$1` tenant, `$2` count, `$3` first number, `$4` end.
 */
const insertOrders = `
  insert into work_order (id, tenant_id, community_id, number, version, created_at, received_at, status, priority,
    channel_code, trade_code, problem_code, part, department_code, place_id, unit_id, household_id,
    contact_name_sealed, contact_name_masked, contact_phone_sealed, contact_phone_masked, contact_phone_index,
    description_sealed, assignee_id, dispatch_count, assigned_at, arrived_at, completed_at, due_at, paused_at,
    paused_until, pause_reason_code, status_before_pause, responsible_party, responsibility_basis, is_paid, currency,
    charge_state, return_visit_kind, accepted_at, return_visit_outcome, return_visited_at, return_visit_attempts,
    rework_count, opinion_rating, urge_count, closed_at, cancelled_at, cancel_reason_code)
  select ${id(9, 'n')}, $1, ${id(2, `1 + (n % ${communities})::int`)}, 'WX-' || to_char(at, 'YYYYMMDD') || '-' || n, 6, at, at,
    status, case when n % 19 = 0 then 'EMERGENCY' else 'NORMAL' end,
    ${oneOf(['PHONE', 'APP', 'WEB', 'VISIT'], '(n / 10)::int')},
    ${oneOf(['PLUMBING', 'ELECTRICAL', 'CARPENTRY', 'HEATING', 'LOCKS'], '(n / 40)::int')}, 'OTHER_REPAIR', 'AS_DELIVERED',
    'MAINTENANCE', ${id(8, '(n % 20011)::int')}, ${id(8, '(n % 20011)::int')}, ${id(5, '(n % 20011)::int')},
    repeat('s', 60), '张*', repeat('s', 60), '142****0000', md5((n % 20011)::text), repeat('s', 120),
    case when status <> 'RECEIVED' and status <> 'CANCELLED' then ${id(3, '1 + (n % 199)::int')} end, 1, at, at,
    case when status in ('COMPLETED', 'ACCEPTED', 'CLOSED') then at + interval '5 hours' end,
    case when status <> 'RECEIVED' then at + interval '1 day' end,
    case when status = 'PAUSED' then at end, case when status = 'PAUSED' then at + interval '2 days' end,
    case when status = 'PAUSED' then 'WEATHER' end, case when status = 'PAUSED' then 'ASSIGNED' end,
    'OWN_STAFF', 'NO_WARRANTY', false, 'CNY', 'NONE', 'OTHER',
    case when status in ('ACCEPTED', 'CLOSED') then at + interval '6 hours' end,
    case when status = 'CLOSED' then 'SATISFIED' end, case when status = 'CLOSED' then at + interval '1 day' end,
    case when status = 'CLOSED' then 1 else 0 end, 0, case when status = 'CLOSED' then 5 end, 0,
    case when status = 'CLOSED' then at + interval '1 day' end, case when status = 'CANCELLED' then at end,
    case when status = 'CANCELLED' then 'DUPLICATE' end
  from (
    select n,
      date_trunc('milliseconds', $4::timestamptz - (n - $3 + 1) * (interval '365 days' / ($2 + 1))) as at,
      case when n % 101 = 0 then 'RECEIVED' when n % 103 = 0 then 'ASSIGNED' when n % 107 = 0 then 'ON_SITE'
        when n % 109 = 0 then 'PAUSED' when n % 113 = 0 then 'COMPLETED' when n % 127 = 0 then 'ACCEPTED'
        when n % 23 = 0 then 'CANCELLED' else 'CLOSED' end as status
    from generate_series($3::bigint, $3::bigint + $2 - 1) as n
  ) as orders`;

/** Fills the table `work_order`: `orders` of the tenant that is asked for, a tenth as many of another one. */
export async function fillWorkOrders(admin: pg.Client, orders: number): Promise<void> {
  await admin.query(insertOrders, [benchTenant, orders, 1, benchEnd]);
  await admin.query(insertOrders, [foreignTenant, Math.ceil(orders / 10), orders + 1, benchEnd]);
  await admin.query(
    `insert into community_reference (id, tenant_id, time_zone, currency, status)
     select ${id(2, 'n')}, $1, 'Asia/Shanghai', 'CNY', 'ACTIVE' from generate_series(1, ${communities}) as n`,
    [benchTenant],
  );
  // What autovacuum has long done to a table that grew over a year.
  await admin.query('vacuum (analyze) work_order');
}
