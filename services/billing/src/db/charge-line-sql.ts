// Lines are made in the database, a few thousand units in a statement. The same arithmetic stands in domain/line-rules.ts;
// a test holds the two against each other.

/** What every statement starts from: $1 community, $2 units, $3 codes, $4 who is liable, $5 from, $6 to. */
const frame = `
  unit as (
    select u.id, u.area_m2, u.usage from unit_reference u
     where u.id = any($2::uuid[]) and u.community_id = $1 and u.kind = 'UNIT'),
  kind as (select * from unnest($3::text[], $4::text[]) as k(code, liable)),
  period as (select daterange($5::date, $6::date) as days)`;

const useFits = `(t.unit_usages = '{}' or u.usage = any(t.unit_usages))`;

/** $7 run, $8 step, $9 lines before; the columns of `made` in the order of the table, and what some lines have besides. */
const keepWith = (more: string): string => `
  kept as (
    insert into charge_line (tenant_id, community_id, run_id, chunk, line, billing_account_id, unit_id, household_id,
        charge_type_code, method, tariff_id, source_id, period_from, period_to, quantity, rate, share, month_parts,
        amount, tax_rate, tax_amount${more})
    select current_setting('app.tenant_id')::uuid, $1, $7::uuid, $8::int,
           $9::int + row_number() over (order by unit_id, code, period_from, source_id), billing_account_id, unit_id,
           household_id, code, method, tariff_id, source_id, period_from, period_to, quantity, rate, share, parts,
           amount, tax_rate, tax_amount${more}
      from made where amount > 0
    returning amount, tax_amount)
  select count(*)::int as lines, coalesce(sum(amount), 0)::bigint as amount,
         coalesce(sum(tax_amount), 0)::bigint as tax from kept`;

const keep = keepWith('');

/** Tax out of a price that includes it, or on top; \`net\` is rounded before. */
const taxed = `
  made as materialized (
    select n.*, n.net + case when n.is_tax_included then 0 else rounded_quotient(n.tax_rate * n.net, 1) end as amount,
           case when n.is_tax_included then rounded_quotient(n.tax_rate * n.net, 1 + n.tax_rate)
                else rounded_quotient(n.tax_rate * n.net, 1) end as tax_amount
      from netted n)`;

/**
 * Who answers for the units on which days of the period: owners, and occupants where somebody rents. Where a kind is paid
 * by the household, the other units of the same households are looked at too.
 */
const holders = `
  place as (
    select u.id, u.area_m2, u.usage from unit_reference u
     where u.community_id = $1 and u.kind = 'UNIT' and u.id = any($2::uuid[] || array(
       select o.unit_id from unit_liability o cross join period p
        where o.community_id = $1 and daterange(o.valid_from, o.valid_to) && p.days
          and exists (select 1 from tariff t where t.community_id = $1 and t.status = 'APPROVED'
                         and t.charge_type_code = any($3) and t.method in ('HOUSEHOLD', 'PERSON')
                         and daterange(t.valid_from, t.valid_to) && p.days)
          and o.household_id = any(array(
            select l.household_id from unit_liability l cross join period p
             where l.community_id = $1 and l.unit_id = any($2::uuid[])
               and daterange(l.valid_from, l.valid_to) && p.days))))),
  liability as (
    select l.unit_id, l.household_id, l.billing_account_id, l.tenure, l.valid_from,
           daterange(l.valid_from, l.valid_to) * p.days as span
      from unit_liability l cross join period p
     where l.community_id = $1 and l.unit_id = any(array(select id from place))
       and daterange(l.valid_from, l.valid_to) && p.days),
  rented as (select unit_id, range_agg(span) as spans from liability where tenure = 'RENTED' group by unit_id),
  -- Several may rent one unit: what is of the unit is charged once a day, to the one of them who came first.
  tenant as (
    select unit_id, household_id, billing_account_id, span, range_agg(span) over (
             partition by unit_id order by valid_from, household_id, billing_account_id
             rows between unbounded preceding and 1 preceding) as before
      from liability where tenure = 'RENTED'),
  holder as (
    select 'OWNER' as liable, unit_id, household_id, billing_account_id, datemultirange(span) as spans,
           datemultirange(span) as unit_spans
      from liability where tenure = 'OWNED'
    union all
    select 'OCCUPANT', unit_id, household_id, billing_account_id, datemultirange(span),
           datemultirange(span) - coalesce(before, '{}'::datemultirange)
      from tenant
    union all
    select 'OCCUPANT', l.unit_id, l.household_id, l.billing_account_id, v.spans, v.spans
      from liability l left join rented r on r.unit_id = l.unit_id
     cross join lateral (select datemultirange(l.span) - coalesce(r.spans, '{}'::datemultirange) as spans) v
     where l.tenure = 'OWNED')`;

/** The days that a tariff still has to charge: held, in force, and not charged before. */
const due = `
  -- What was charged in the books that were taken over is charged, too.
  spoken_for as (
    select l.unit_id, l.billing_account_id, l.charge_type_code as code, l.method in ('AREA', 'FIXED', 'FORMULA') as of_unit,
           daterange(l.period_from, l.period_to) as span
      from charge_line l cross join period p
     where l.unit_id = any($2::uuid[]) and l.charge_type_code = any($3) and l.reversed_at is null
       and l.method not in ('METER', 'SHARE', 'LATE_FEE') and daterange(l.period_from, l.period_to) && p.days
    union all
    select c.unit_id, c.billing_account_id, c.charge_type_code, false, daterange(c.period_from, c.period_to)
      from charge c cross join period p
     where c.unit_id = any($2::uuid[]) and c.cause_type = 'opening-import' and c.status <> 'REVERSED'
       and c.charge_type_code = any($3) and c.period_from is not null
       and daterange(c.period_from, c.period_to) && p.days),
  charged as (
    select unit_id, billing_account_id, code, range_agg(span) as spans
      from spoken_for group by unit_id, billing_account_id, code),
  charged_unit as (
    select unit_id, code, range_agg(span) as spans from spoken_for where of_unit group by unit_id, code),
  charged_once as (
    select l.household_id, l.charge_type_code as code, range_agg(daterange(l.period_from, l.period_to)) as spans
      from charge_line l cross join period p
     where l.unit_id = any(array(select id from place)) and l.charge_type_code = any($3) and l.reversed_at is null
       and l.method in ('HOUSEHOLD', 'PERSON') and daterange(l.period_from, l.period_to) && p.days
     group by l.household_id, l.charge_type_code),
  fitting as (
    select h.unit_id, h.household_id, h.billing_account_id, k.code, k.code = any($10::text[]) as in_custody,
           t.id as tariff_id, t.method, t.rate, t.tax_rate, t.is_tax_included, u.area_m2,
           t.method in ('HOUSEHOLD', 'PERSON') as is_once,
           case when t.method in ('HOUSEHOLD', 'PERSON') then h.spans else h.unit_spans end
             * datemultirange(daterange(t.valid_from, t.valid_to)) as spans
      from holder h join kind k on k.liable = h.liable join place u on u.id = h.unit_id cross join period p
      join tariff t on t.community_id = $1 and t.status = 'APPROVED' and t.charge_type_code = k.code
                   and t.method <> 'METER' and daterange(t.valid_from, t.valid_to) && p.days and ${useFits}),
  -- A household with several units pays once what it pays as a household: each day with the first that it holds then.
  once as (
    select f.*, range_agg(f.spans) over (
             partition by f.household_id, f.code order by f.unit_id, f.tariff_id, f.billing_account_id
             rows between unbounded preceding and 1 preceding) as elsewhere
      from fitting f where f.is_once and not isempty(f.spans)),
  due as (
    select f.unit_id, f.household_id, f.billing_account_id, f.code, f.in_custody, f.tariff_id, f.method, f.rate,
           f.tax_rate, f.is_tax_included, f.area_m2,
           f.spans - coalesce(f.elsewhere, '{}') - coalesce(c.spans, '{}') - coalesce(v.spans, '{}') - coalesce(o.spans, '{}')
             as spans
      from (select *, null::datemultirange as elsewhere from fitting where not is_once
            union all select * from once) f
      join unit u on u.id = f.unit_id
      left join charged c on c.unit_id = f.unit_id and c.billing_account_id = f.billing_account_id and c.code = f.code
      left join charged_unit v on not f.is_once and v.unit_id = f.unit_id and v.code = f.code
      left join charged_once o on f.is_once and o.household_id = f.household_id and o.code = f.code)`;

/** The days in custody pay a share, the others all of it. */
const pieces = `
  custody as (
    select c.unit_id, range_agg(daterange(c.valid_from, c.valid_to)) as spans
      from unit_custody c where c.unit_id = any($2::uuid[]) group by c.unit_id),
  portion as (
    select d.*, 1::numeric as share,
           case when d.in_custody and cu.spans is not null then d.spans - cu.spans else d.spans end as days
      from due d left join custody cu on cu.unit_id = d.unit_id
    union all
    select d.*, c.share, d.spans * datemultirange(daterange(c.valid_from, c.valid_to))
      from due d join unit_custody c on c.unit_id = d.unit_id where d.in_custody),
  piece as (
    select d.*, lower(span) as period_from, upper(span) as period_to
      from portion d cross join lateral unnest(d.days) as span),
  stretch as materialized (
    select period_from, period_to, month_parts(period_from, period_to) as parts
      from (select distinct period_from, period_to from piece) p)`;

/** What formulas may ask of each piece that they are to price, counted on its first day; $7 kinds with a custody share. */
export const formulaPieces = `
  with ${frame}, ${holders}, ${due.replace('$10', '$7')}, ${pieces}
  select distinct p.tariff_id as "tariffId", t.formula, p.unit_id as "unitId", p.household_id as "householdId",
         p.code as "chargeTypeCode", p.period_from as "periodFrom", u.area_m2::text as area,
         coalesce(u.usage, '') as usage,
         (select count(*) from household_member m where m.household_id = p.household_id
             and m.valid_from <= p.period_from and (m.valid_to is null or m.valid_to > p.period_from))::text as persons
    from piece p join tariff t on t.id = p.tariff_id join unit u on u.id = p.unit_id
   where p.method = 'FORMULA'`;

/**
 * Fees for days, of so many parts of a month; $10 kinds with a custody share, $11-$15 values of formulas by tariff, unit,
 * household and first day.
 */
export const feeLines = (monthParts: number): string => `
  with ${frame}, ${holders}, ${due}, ${pieces},
  formula as (select * from unnest($11::uuid[], $12::uuid[], $13::uuid[], $14::date[], $15::numeric[])
                           as f(tariff_id, unit_id, household_id, period_from, value)),
  headcount as (
    select p.household_id, p.period_from, count(m.id) as persons
      from (select distinct household_id, period_from from piece where method = 'PERSON') p
      left join household_member m
        on m.household_id = p.household_id and m.household_id = any(array(select household_id from liability))
       and m.valid_from <= p.period_from and (m.valid_to is null or m.valid_to > p.period_from)
     group by p.household_id, p.period_from),
  measured as materialized (
    select p.*, s.parts, case when p.method = 'FORMULA' then f.value else p.rate end as price,
           case p.method when 'AREA' then p.area_m2 when 'PERSON' then h.persons else 1 end as quantity
      from piece p join stretch s on s.period_from = p.period_from and s.period_to = p.period_to
      left join headcount h on h.household_id = p.household_id and h.period_from = p.period_from
      left join formula f on f.tariff_id = p.tariff_id and f.unit_id = p.unit_id and f.household_id = p.household_id
                         and f.period_from = p.period_from),
  netted as materialized (
    select m.unit_id, m.household_id, m.billing_account_id, m.code, m.method, m.tariff_id, null::uuid as source_id,
           m.period_from, m.period_to, m.quantity, m.price as rate, m.share, m.parts, m.tax_rate, m.is_tax_included,
           rounded_quotient(m.price * m.quantity * m.share * m.parts, ${monthParts}) as net
      from measured m where m.price is not null and m.quantity is not null),
  ${taxed}, ${keep}`;

/** The tariff of a reading's last day of use. */
const meterTariff = `
  tariff t on t.community_id = $1 and t.status = 'APPROVED' and t.charge_type_code = u.code
          and t.method = 'METER' and daterange(t.valid_from, t.valid_to) @> (u.taken_on - 1) and ${useFits}`;

/**
 * One line per reading: what was used since the one before, at the tariff and of whoever was liable on its last day.
 * Readings of one holder that end in the same month, or year, of the tariff go through its tiers together, however often
 * the meter is read. Limits of a month grow with the months read; those of a year are for the months left of it when the
 * holder came or the meter was put in, computed in twelfths.
 */
export const meterLines = (monthParts: number): string => `
  with ${frame},
  reading as (
    select r.id, r.meter_id, r.since, r.taken_on, r.used, m.charge_type_code as code, k.liable, u.id as unit_id, u.usage
      from unit u join meter m on m.unit_id = u.id and m.unit_id = any($2::uuid[])
      join kind k on k.code = m.charge_type_code
      join meter_reading r
        on r.meter_id = m.id and r.meter_id = any(array(select id from meter where unit_id = any($2::uuid[])))
     where not m.is_prepaid and r.source <> 'BASE' and r.used > 0 and r.taken_on <= $6::date and r.voided_at is null
       and not exists (select 1 from charge_line l where l.source_id = r.id and l.unit_id = u.id
                          and l.unit_id = any($2::uuid[]) and l.method = 'METER' and l.reversed_at is null)),
  owed as (
    select u.*, h.household_id, h.billing_account_id, t.id as tariff_id, t.method, t.rate, t.tiers, t.tax_rate,
           t.is_tax_included, case t.tier_span when 'YEAR' then 12 else 1 end as scale, b.used as used_before,
           coalesce(b.since, u.since) as starts, case t.tier_span when 'YEAR' then 13 - extract(month from
             greatest(h.valid_from, i.since, date_trunc('year', (u.taken_on - 1)::timestamp)::date))::int end as year_months
      from reading u
      cross join lateral (
        select l.household_id, l.billing_account_id, l.valid_from from unit_liability l
         where l.unit_id = u.unit_id and l.community_id = $1
           and daterange(l.valid_from, l.valid_to) @> (u.taken_on - 1)
           and (u.liable = 'OCCUPANT' or l.tenure = 'OWNED')
         order by l.tenure desc, l.valid_from, l.household_id, l.id limit 1) h
      join ${meterTariff}
      cross join lateral (
        select min(o.taken_on) as since from meter_reading o
         where o.meter_id = u.meter_id and o.source = 'BASE' and o.voided_at is null) i
      cross join lateral (
        select coalesce(sum(o.used), 0) as used, min(o.since) as since from meter_reading o
         where o.meter_id = u.meter_id and o.taken_on <= u.since and o.since >= h.valid_from and o.source <> 'BASE'
           and o.voided_at is null and o.taken_on > date_trunc(t.tier_span, (u.taken_on - 1)::timestamp)::date) b),
  stretch as materialized (
    select starts, taken_on, greatest(1, round(month_parts(starts, taken_on) / ${monthParts}.0))::int as months
      from (select starts, taken_on from owed union select starts, since from owed where since > starts) r),
  spanned as (
    select u.*, coalesce(u.year_months, s.months) as months, coalesce(u.year_months, e.months) as months_before
      from owed u join stretch s on s.starts = u.starts and s.taken_on = u.taken_on
      left join stretch e on e.starts = u.starts and e.taken_on = u.since and u.used_before > 0),
  netted as materialized (
    select u.unit_id, u.household_id, u.billing_account_id, u.code, u.method, u.tariff_id, u.id as source_id,
           u.since as period_from, u.taken_on as period_to, u.used as quantity, u.rate, 1::numeric as share,
           month_parts(u.since, u.taken_on) as parts, u.tax_rate, u.is_tax_included,
           case when u.rate is null then u.used_before end as used_before,
           case when u.rate is null then u.months end as tier_months,
           case when u.rate is null then u.months_before end as tier_months_before,
           case when u.rate is not null then rounded_quotient(u.used * u.rate, 1)
                else rounded_quotient(greatest(0, tiered_fee((u.used_before + u.used) * u.scale, u.tiers, u.months)
                  - coalesce(tiered_fee(u.used_before * u.scale, u.tiers, u.months_before), 0)), u.scale) end as net
      from spanned u),
  ${taxed}, ${keepWith(', used_before, tier_months, tier_months_before')}`;

/** Confirmed shares of the period's common costs; $10 the tax rate within them. */
export const shareLines = `
  with ${frame},
  made as (
    select s.unit_id, s.household_id, s.billing_account_id, a.charge_type_code as code, 'SHARE' as method,
           null::uuid as tariff_id, a.id as source_id, a.period_from, a.period_to, s.weight as quantity,
           null::numeric as rate, 1::numeric as share, 0 as parts, s.amount, $10::numeric as tax_rate,
           rounded_quotient($10::numeric * s.amount, 1 + $10::numeric) as tax_amount
      from unit u join apportionment_share s on s.unit_id = u.id and s.unit_id = any($2::uuid[])
      join apportionment a on a.id = s.apportionment_id
      join kind k on k.code = a.charge_type_code cross join period p
     where a.community_id = $1 and a.status = 'CONFIRMED' and daterange(a.period_from, a.period_to) <@ p.days
       and not exists (select 1 from charge_line l where l.source_id = a.id and l.unit_id = u.id
                          and l.unit_id = any($2::uuid[]) and l.method = 'SHARE' and l.reversed_at is null)),
  ${keep}`;

// Each posting of a charge counts from its own day, also of charges settled within the period; as in late-fee-rules.ts.
/** Late fees up to the end of the period; $10 permille a day, $11 days of grace, $12 cap in percent, $13 tax rate. */
export const lateFeeLines = `
  with ${frame},
  overdue as (
    select c.id, c.unit_id, c.household_id, c.billing_account_id, o.overdue, o.day_sum, f.since, coalesce(b.charged, 0) as charged
      from unit u join charge c on c.unit_id = u.id and c.unit_id = any($2::uuid[])
      cross join lateral (select max(l.period_to) as until, sum(l.amount) as charged from charge_line l
                           where l.source_id = c.id and l.method = 'LATE_FEE' and l.reversed_at is null) b
      cross join lateral (select greatest(c.due_on + 1 + $11::int, c.occurred_on, coalesce(b.until, c.due_on)) as since) f
      cross join lateral (
        select greatest(sum(p.amount) filter (where p.occurred_on <= greatest(c.due_on, c.occurred_on)), sum(p.amount)) as overdue,
               sum(p.amount * greatest(0, $6::date - greatest(f.since, p.occurred_on))) as day_sum,
               max(p.occurred_on) as moved_on from ledger_posting p where p.charge_id = c.id and p.occurred_on < $6::date) o
     where c.community_id = $1 and c.charge_type_code <> 'LATE_FEE' and c.household_id is not null and c.due_on < $6::date
       and (c.status = 'OPEN' or (c.status = 'SETTLED' and c.settled_at >= $5::date - 1 and o.moved_on >= $5::date))),
  fee as (
    select o.*, k.code, least(rounded_quotient(o.day_sum * $10::numeric, 1000),
                              rounded_quotient(o.overdue * $12::numeric, 100) - o.charged)::bigint as amount
      from overdue o join kind k on k.code = 'LATE_FEE' where o.since < $6::date and o.day_sum > 0),
  made as (
    select f.unit_id, f.household_id, f.billing_account_id, f.code, 'LATE_FEE' as method, null::uuid as tariff_id,
           f.id as source_id, f.since as period_from, $6::date as period_to, f.overdue::numeric as quantity,
           $10::numeric / 1000 as rate, 1::numeric as share, 0 as parts, $13::numeric as tax_rate, f.amount,
           rounded_quotient($13::numeric * f.amount, 1 + $13::numeric) as tax_amount
      from fee f),
  ${keep}`;
