// Steps of a run after its lines are there: what is missing, the charges with their postings, and taking them back.

/**
 * What could not be charged: $1 community, $2 units, $3 codes, $4 who is liable, $5 from, $6 to, $7 run, $8 kinds that need
 * a tariff, $9 and $10 units and kinds that a formula gave nothing for. A kind that is counted by meters needs a tariff
 * where there is a meter; every other one for every unit that somebody holds, on all the days.
 */
export const gapRows = `
  with unit as (
    select u.* from unit_reference u
     where u.id = any($2::uuid[]) and u.community_id = $1 and u.kind = 'UNIT'),
  kind as (select * from unnest($3::text[], $4::text[]) as k(code, liable)),
  period as (select daterange($5::date, $6::date) as days),
  liability as (
    select l.unit_id, l.tenure, daterange(l.valid_from, l.valid_to) * p.days as span
      from unit_liability l cross join period p
     where l.community_id = $1 and l.unit_id = any($2::uuid[]) and daterange(l.valid_from, l.valid_to) && p.days),
  held as (
    select 'OCCUPANT' as liable, unit_id, range_agg(span) as spans from liability group by unit_id
    union all
    select 'OWNER', unit_id, range_agg(span) from liability where tenure = 'OWNED' group by unit_id),
  tariffs as (
    select t.id, t.charge_type_code as code, t.method, t.unit_usages, daterange(t.valid_from, t.valid_to) as days
      from tariff t cross join period p
     where t.community_id = $1 and t.status = 'APPROVED' and t.charge_type_code = any($3)
       and daterange(t.valid_from, t.valid_to) && p.days),
  fitting as (
    select u.id as unit_id, u.area_m2, t.code, t.method, t.days
      from unit u join tariffs t on t.unit_usages = '{}' or u.usage = any(t.unit_usages)),
  priced as (
    select unit_id, code, range_agg(days) as spans from fitting where method <> 'METER' group by unit_id, code),
  reading as (
    select m.id as meter_id, m.unit_id, m.charge_type_code as code, r.used, r.taken_on - 1 as last_day
      from unit u join meter m on m.unit_id = u.id and m.unit_id = any($2::uuid[])
      join meter_reading r
        on r.meter_id = m.id and r.meter_id = any(array(select id from meter where unit_id = any($2::uuid[])))
     where m.charge_type_code = any($3) and not m.is_prepaid and r.voided_at is null
       and r.taken_on > $5::date and r.taken_on <= $6::date),
  found as (
    select distinct f.unit_id, f.code, 'NO_HOLDER' as reason
      from fitting f join kind k on k.code = f.code cross join period p
      left join held h on h.unit_id = f.unit_id and h.liable = k.liable
     where case when f.method = 'METER' then h.unit_id is null
                else not coalesce(h.spans, '{}') @> (f.days * p.days) end
    union
    -- Others may have held it in the period: what was used is owed by whoever did on the last day.
    select r.unit_id, r.code, 'NO_HOLDER'
      from reading r join kind k on k.code = r.code
      left join held h on h.unit_id = r.unit_id and h.liable = k.liable
     where r.used > 0 and not coalesce(h.spans, '{}') @> r.last_day
    union
    select f.unit_id, f.code, 'NO_AREA' from fitting f
     where f.method in ('AREA', 'FORMULA') and f.area_m2 is null
    union
    select *, 'FORMULA_UNDEFINED' from unnest($9::uuid[], $10::text[])
    union
    select h.unit_id, k.code, 'NO_TARIFF'
      from kind k join held h on h.liable = k.liable
      left join priced d on d.unit_id = h.unit_id and d.code = k.code
     where k.code = any($8) and not coalesce(d.spans, '{}') @> h.spans
       and not exists (select 1 from tariffs t where t.code = k.code and t.method = 'METER')
    union
    select r.unit_id, r.code, 'NO_TARIFF'
      from reading r left join fitting f
        on f.unit_id = r.unit_id and f.code = r.code and f.method = 'METER' and f.days @> r.last_day
     where r.code = any($8) and r.used > 0 and f.unit_id is null
    union
    select m.unit_id, m.charge_type_code, 'NO_READING' from unit u
      join meter m on m.unit_id = u.id and m.unit_id = any($2::uuid[])
      left join (select distinct meter_id from reading) r on r.meter_id = m.id
     where m.charge_type_code = any($3) and not m.is_prepaid and m.removed_on is null and r.meter_id is null),
  kept as (
    insert into charge_run_gap (tenant_id, run_id, unit_id, charge_type_code, reason)
    select current_setting('app.tenant_id')::uuid, $7::uuid, unit_id, code, reason from found returning 1)
  select count(*)::int as gaps from kept`;

/** $1 run, $2 step, $3 now, $4 today: the charges of a step, version 0, because the run tells of them. */
export const chargesOfStep = `
  insert into charge (id, tenant_id, community_id, number, version, created_at, billing_account_id, unit_id,
      household_id, charge_type_code, amount, tax_amount, currency, occurred_on, due_on, period_from, period_to, status,
      cause_service, cause_type, cause_id, run_id)
  select l.id, l.tenant_id, l.community_id, r.number || '-' || l.line, 0, $3::timestamptz, l.billing_account_id,
         l.unit_id, l.household_id, l.charge_type_code, l.amount, l.tax_amount, r.currency, $4::date, r.due_on,
         l.period_from, l.period_to, 'OPEN', 'billing', 'charge-run', r.id, r.id
    from charge_run r join charge_line l on l.run_id = r.id and l.chunk = $2
   where r.id = $1`;

const entry = (columns: string): string => `row(${columns})::ledger_entry`;

/** The same parameters: one transaction per charge, under the charge's own id. */
export const postingsOfStep = `
  select post_block((select community_id from charge_run where id = $1), $3::timestamptz, array_agg(e.entry))
    from charge_line l cross join lateral (
      select ${entry(`l.id, 1, 'CHARGE', $4::date, 'billing', 'charge-run', l.run_id, null, 'RECEIVABLE',
        l.billing_account_id, l.charge_type_code, null, l.amount, l.id`)} as entry
      union all
      select ${entry(`l.id, 2, 'CHARGE', $4::date, 'billing', 'charge-run', l.run_id, null, 'REVENUE',
        null, l.charge_type_code, null, l.tax_amount - l.amount, null`)}
      union all
      select ${entry(`l.id, 3, 'CHARGE', $4::date, 'billing', 'charge-run', l.run_id, null, 'TAX_PAYABLE',
        null, l.charge_type_code, null, -l.tax_amount, null`)} where l.tax_amount <> 0) e
   where l.run_id = $1 and l.chunk = $2
  having count(*) > 0`;

/** $1 run, $2 step: whoever owes the charges of a step, locked before the charges, and these, both in the order of ids. */
export const accountsOfStep = `
  select id from billing_account
   where id in (select billing_account_id from charge_line where run_id = $1 and chunk = $2)
   order by id for no key update`;
export const lockedOfStep = `
  select c.id from charge c join charge_line l on l.id = c.id
   where l.run_id = $1 and l.chunk = $2 order by c.id for update of c`;

/**
 * $1 run, $2 step, $3 now, $4 today, $5 reason: takes the charges of a step back, with exactly opposite postings, and moves
 * what was paid on them to the advance of who paid, as taking back a single charge does. `told` are those with a version:
 * facts of their own have told of them.
 */
export const reversalsOfStep = `
  with taken as (
    update charge c set status = 'REVERSED', reversed_at = $3, reason_code = $5
      from charge_line l
     where l.run_id = $1 and l.chunk = $2 and c.id = l.id and c.status <> 'REVERSED'
    returning c.id, c.community_id, c.amount, c.version, c.billing_account_id, c.charge_type_code),
  reversal as materialized (select t.*, uuidv7() as transaction_id from taken t),
  paid as materialized (
    select r.*, uuidv7() as credit_id, m.paid, g.kept, g.tax
      from reversal r
     cross join lateral (
       select coalesce(-sum(p.amount), 0)::bigint as paid
         from ledger_posting p join ledger_transaction t on t.id = p.transaction_id
        where p.charge_id = r.id and t.kind in ('PAYMENT', 'ALLOCATION')
          and not exists (select 1 from ledger_transaction v where v.reverses_id = t.id)) m
     cross join lateral (
       select coalesce(sum(p.amount) filter (where a.type = 'REVENUE'), 0)::bigint as kept,
              coalesce(sum(p.amount) filter (where a.type = 'TAX_PAYABLE'), 0)::bigint as tax
         from refund f join ledger_transaction t on t.cause_id = f.id and t.kind = 'REFUND'
         join ledger_posting p on p.transaction_id = t.id join ledger_account a on a.id = p.account_id
        where f.charge_id = r.id) g
     where m.paid > 0),
  entries as (
    select row(r.transaction_id, p.line, 'REVERSAL', $4::date, 'billing', 'charge-run', $1::uuid, r.id, a.type,
               a.billing_account_id, a.charge_type_code, a.reference_id, -p.amount, p.charge_id)::ledger_entry as entry
      from reversal r join ledger_posting p on p.transaction_id = r.id join ledger_account a on a.id = p.account_id
    union all
    select row(p.credit_id, row_number() over (partition by p.credit_id order by l.place), 'ALLOCATION', $4::date,
               'billing', 'charge-run', $1::uuid, null, l.type, l.account, l.code, null, l.amount, l.charge)::ledger_entry
      from paid p cross join lateral (values
        (1, 'RECEIVABLE', p.billing_account_id, p.charge_type_code, p.paid, p.id),
        (2, 'REVENUE', null, p.charge_type_code, -p.kept, null),
        (3, 'TAX_PAYABLE', null, p.charge_type_code, -p.tax, null),
        (4, 'ADVANCE', p.billing_account_id, null, p.kept + p.tax - p.paid, null)) l(place, type, account, code, amount, charge)
     where l.amount <> 0),
  posted as (
    select post_block((select community_id from charge_run where id = $1), $3::timestamptz, array_agg(entry)) from entries
    having count(*) > 0)
  select count(*)::int as lines, coalesce(sum(amount), 0)::bigint as amount, (select count(*) from posted) as blocks,
         coalesce(array_agg(id) filter (where version > 0), '{}') as told
    from reversal`;

/**
 * Before the lines of a step: the planner guesses one row where ranges meet and would go through thousands of rows once
 * for each of thousands; joined by hash they are read once. What is large is reached by the ids of the step. After it: back.
 */
export const joinByHash = `set local enable_nestloop = off; set local jit = off`;
export const joinAsUsual = `set local enable_nestloop to default; set local jit to default`;
