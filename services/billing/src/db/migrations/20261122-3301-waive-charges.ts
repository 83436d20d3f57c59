import { tenantTableSql, type Migration } from '@steward/db';

import { causes, causesSqlOf, chargePapersSql } from './20261122-2901-verify-papers.ts';

const anew = (sql: string): string => sql.replace('create function', 'create or replace function');

// What stands as forgiven of a charge, against what was posted as forgiven of it and not taken back.
const withWaivers = chargePapersSql.replace(
  /;\s*end \$\$;\s*$/,
  () => `
  union all
  select 'CHARGE_ALTERED', coalesce(w.charge_id, y.charge_id)::text
    from (select v.charge_id, sum(v.amount) as amount, sum(v.tax_amount) as tax from waiver v
           where v.charge_id = any(p_charges) and v.status = 'APPROVED' group by 1) w
    full join (
      select p.charge_id, -sum(p.amount) as amount, sum(x.tax) as tax
        from ledger_posting p join ledger_transaction t on t.id = p.transaction_id and t.kind = 'WAIVER'
       cross join lateral (
         select coalesce(sum(q.amount), 0) as tax from ledger_posting q join ledger_account a on a.id = q.account_id
          where q.transaction_id = t.id and a.type = 'TAX_PAYABLE') x
       where p.charge_id = any(p_charges)
         and not exists (select 1 from ledger_transaction r where r.reverses_id = t.id)
       group by 1) y on y.charge_id = w.charge_id
   where (w.amount, w.tax) is distinct from (y.amount, y.tax);
end $$;`,
);

const up = `
-- What of a charge is forgiven: asked for by one, decided by another (A018).
create table waiver (
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  number text not null,
  version int not null,
  created_at timestamptz not null,
  status text not null check (status in ('REQUESTED', 'APPROVED', 'REJECTED', 'WITHDRAWN', 'REVERSED')),
  charge_id uuid not null,
  billing_account_id uuid not null,
  charge_type_code text not null,
  amount bigint not null check (amount > 0),
  tax_amount bigint not null check (tax_amount between 0 and amount),
  currency text not null,
  occurred_on date,
  reason_code text not null,
  explanation_sealed text not null,
  approver_role text not null check (approver_role in ('supervisor', 'director')),
  requested_by text not null,
  decided_by text,
  decided_at timestamptz,
  transaction_id uuid,
  reversed_at timestamptz,
  reversal_reason_code text,
  unique (tenant_id, id),
  constraint waiver_number_unique unique (tenant_id, community_id, number),
  check (decided_by is null or decided_by <> requested_by),
  check ((status in ('APPROVED', 'REJECTED', 'REVERSED')) = (decided_at is not null)),
  check ((decided_at is null) = (decided_by is null)),
  check ((status in ('APPROVED', 'REVERSED')) = (transaction_id is not null)),
  check (transaction_id is null or occurred_on is not null),
  check ((status = 'REVERSED') = (reversed_at is not null)),
  check ((reversed_at is null) = (reversal_reason_code is null)),
  foreign key (tenant_id, charge_id) references charge (tenant_id, id),
  foreign key (tenant_id, billing_account_id) references billing_account (tenant_id, id)
);
create index waiver_newest on waiver (community_id, created_at, id);
create index waiver_of_charge on waiver (charge_id);
create index waiver_of_account on waiver (billing_account_id);
${tenantTableSql('waiver')}
revoke delete on waiver from {{service}};
${anew(causesSqlOf({ ...causes, waiver: 'waiver' }))}
${anew(withWaivers)}
`;

const down = `
${anew(chargePapersSql)}
${anew(causesSqlOf(causes))}
drop table waiver;
`;

export const migration: Migration = { name: '20261122-3301-waive-charges', up, down };
