import { rows, type Tx } from '@steward/db';

import type {
  ArrearsGroup,
  ArrearsStatistics,
  ChargeTypeCollection,
  CollectionStatistics,
} from '../domain/collection-report.ts';

type Days = { communityId: string; startsOn: string; endsOn: string };
type Ages = { recentArrearsDays: number; longArrearsDays: number };

/** Parts of charges that were signed for and not collected before a day. */
const signedBefore = (day: string): string => `
    select a.charge_id, sum(a.amount) as amount from promised_payments($1, ${day}::date) s
      join payment_allocation a on a.payment_id = s.payment_id where s.is_signed group by 1`;

/** What was forgiven of charges before a day, and not taken back before it. */
const waivedBefore = (day: string): string => `
    select w.charge_id, -sum(p.amount) as amount
      from waiver w
      join ledger_transaction t on t.id = w.transaction_id or t.reverses_id = w.transaction_id
      join ledger_posting p on p.transaction_id = t.id and p.charge_id = w.charge_id
     where w.community_id = $1 and t.occurred_on < ${day}::date group by 1`;

// A charge is of the days in which it was raised; what was paid on it counts until the last of them.
// What was forgiven is not collected, nor what was signed for before somebody has the money; what was taken over from old books was charged there.
const collected = `
  with signed as (${signedBefore('$3')}), waived as (${waivedBefore('$3')})
  select c.charge_type_code as "chargeTypeCode", sum(c.amount)::bigint as "chargedAmount",
         sum(c.amount - l.outstanding - coalesce(s.amount, 0) - coalesce(w.amount, 0))::bigint as "collectedAmount", count(*) as "chargeCount",
         round(sum(c.amount - l.outstanding - coalesce(s.amount, 0) - coalesce(w.amount, 0))
                 / nullif(sum(c.amount), 0), 4)::text as "collectionRate"
    from charge c
    join lateral (select coalesce(sum(p.amount), 0) as outstanding from ledger_posting p
                   where p.charge_id = c.id and p.occurred_on < $3) l on true
    left join signed s on s.charge_id = c.id left join waived w on w.charge_id = c.id
   where c.community_id = $1 and c.occurred_on >= $2 and c.occurred_on < $3 and c.amount > 0
     and c.cause_type <> 'opening-import'
     and (c.status <> 'REVERSED' or not exists (
           select 1 from ledger_posting p join ledger_transaction t on t.id = p.transaction_id
             join ledger_transaction r on r.id = t.reverses_id and r.kind in ('CHARGE', 'OPENING', 'LATE_FEE')
            where p.charge_id = c.id and t.kind = 'REVERSAL' and t.occurred_on < $3))
   group by c.charge_type_code`;

// Money for debts: as it is taken, and of what was signed for as it is collected.
const received = `
  select m."chargeTypeCode", sum(m.amount)::bigint as "receivedAmount"
    from (select a.charge_type_code as "chargeTypeCode", -p.amount as amount
            from ledger_transaction t
            join ledger_posting p on p.transaction_id = t.id
            join ledger_account a on a.id = p.account_id and a.type = 'RECEIVABLE'
            left join ledger_transaction r on r.id = t.reverses_id
           where t.community_id = $1 and t.occurred_on >= $2 and t.occurred_on < $3
             and coalesce(r.kind, t.kind) in ('PAYMENT', 'ALLOCATION') and t.cause_type <> 'opening-import'
             and not exists (select 1 from ledger_posting x join ledger_account y on y.id = x.account_id
                              where x.transaction_id = t.id and y.type = 'SIGNED_BILLS')
           union all
          select g.charge_type_code, case when t.reverses_id is null then g.amount else -g.amount end
            from ledger_transaction t
            left join ledger_transaction r on r.id = t.reverses_id
            join payment m on m.id = t.cause_id and m.means in ('SIGNED', 'ON_ACCOUNT')
            join payment_allocation g on g.payment_id = m.id
           where t.community_id = $1 and t.occurred_on >= $2 and t.occurred_on < $3
             and coalesce(r.kind, t.kind) = 'CLEARING') m
   group by 1`;

type Collected = Omit<ChargeTypeCollection, 'receivedAmount'>;

const sumOf = (lines: readonly ChargeTypeCollection[], key: 'chargedAmount' | 'collectedAmount' | 'receivedAmount') =>
  lines.reduce((sum, line) => sum + line[key], 0);

/** Charged, collected and received in a range of days, by charge type, with the arrears at its end (A013, A254). */
export async function collectionStatistics(tx: Tx, days: Days, ages: Ages): Promise<CollectionStatistics> {
  const { communityId, startsOn, endsOn } = days;
  const params = [communityId, startsOn, endsOn];
  const charged = new Map((await rows<Collected>(tx, collected, params)).map((line) => [line.chargeTypeCode, line]));
  const paid = await rows<{ chargeTypeCode: string; receivedAmount: number }>(tx, received, params);
  const got = new Map(paid.map(({ chargeTypeCode, receivedAmount }) => [chargeTypeCode, receivedAmount]));
  const codes = [...new Set([...charged.keys(), ...got.keys()])].sort();
  const chargeTypes = codes.map((chargeTypeCode) => ({
    ...(charged.get(chargeTypeCode) ?? nothingCharged(chargeTypeCode)),
    receivedAmount: got.get(chargeTypeCode) ?? 0,
  }));
  const chargedAmount = sumOf(chargeTypes, 'chargedAmount');
  const collectedAmount = sumOf(chargeTypes, 'collectedAmount');
  return {
    startsOn,
    endsOn,
    chargedAmount,
    collectedAmount,
    collectionRate: await rateOf(tx, collectedAmount, chargedAmount),
    receivedAmount: sumOf(chargeTypes, 'receivedAmount'),
    chargeTypes,
    arrears: await arrearsStatistics(tx, communityId, endsOn, ages),
  };
}

const nothingCharged = (chargeTypeCode: string): Collected => ({
  chargeTypeCode,
  chargedAmount: 0,
  collectedAmount: 0,
  collectionRate: null,
  chargeCount: 0,
});

/** Exact, in the database: four decimals, half up; null of nothing. */
async function rateOf(tx: Tx, part: number, whole: number): Promise<string | null> {
  const [found] = await rows<{ rate: string | null }>(
    tx,
    'select round($1::numeric / nullif($2::numeric, 0), 4)::text as rate',
    [part, whole],
  );
  return found?.rate ?? null;
}

const overdue = `
  with signed as (${signedBefore('$2')}),
  overdue as (
    select c.id, c.charge_type_code, c.billing_account_id, coalesce(u.building_path, '') as building,
           l.outstanding + case when c.status = 'REVERSED' then 0 else coalesce(s.amount, 0) end as outstanding,
           $2::date - coalesce(c.due_on, c.occurred_on) as age
      from charge c
      join lateral (select coalesce(sum(p.amount), 0) as outstanding from ledger_posting p
                     where p.charge_id = c.id and p.occurred_on < $2) l on true
      left join signed s on s.charge_id = c.id
      left join unit_reference u on u.id = c.unit_id
     where c.community_id = $1 and c.occurred_on < $2 and coalesce(c.due_on, c.occurred_on) < $2
       and l.outstanding + case when c.status = 'REVERSED' then 0 else coalesce(s.amount, 0) end > 0
  )`;

const figures = `coalesce(sum(outstanding), 0)::bigint as amount, count(*) as "chargeCount",
  count(distinct billing_account_id) as "billingAccountCount"`;

/** What is overdue at the start of a day, of the whole area, by charge type, building and age (A235). */
export async function arrearsStatistics(
  tx: Tx,
  communityId: string,
  onDay: string,
  { recentArrearsDays, longArrearsDays }: Ages,
): Promise<ArrearsStatistics> {
  const params = [communityId, onDay];
  const grouped = (key: string, more: unknown[] = []): Promise<ArrearsGroup[]> =>
    rows<ArrearsGroup>(tx, `${overdue} select ${key} as key, ${figures} from overdue group by 1 order by 1`, [
      ...params,
      ...more,
    ]);
  const [total] = await rows<Omit<ArrearsGroup, 'key'>>(tx, `${overdue} select ${figures} from overdue`, params);
  if (total === undefined) throw new Error('an aggregate over a table has one row');
  const age = `case when age <= $3::int then '0-' || $3::int when age <= $4::int then $3::int || '-' || $4::int
    else '>' || $4::int end`;
  return {
    onDay,
    amount: total.amount,
    billingAccountCount: total.billingAccountCount,
    chargeTypes: await grouped('charge_type_code'),
    buildings: await grouped('building'),
    ages: await grouped(age, [recentArrearsDays, longArrearsDays]),
  };
}
