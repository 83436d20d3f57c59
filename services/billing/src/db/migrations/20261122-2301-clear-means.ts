import { tenantTableSql, type Migration } from '@steward/db';

const up = `
-- That the money of a payment has reached the bank or the till, or that it never will (B045). A row stands until it is
-- taken back; a payment has one that stands.
create table payment_clearing (
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  payment_id uuid not null,
  outcome text not null check (outcome in ('CLEARED', 'BOUNCED')),
  place text not null check (place in ('BANK', 'TILL')),
  cleared_on date not null,
  bank_reference text,
  withheld_amount bigint not null check (withheld_amount >= 0),
  proof_file_ids uuid[] not null,
  transaction_id uuid,
  entered_by text not null,
  entered_at timestamptz not null,
  taken_back_at timestamptz,
  unique (tenant_id, id),
  check (place = 'TILL' or bank_reference is not null),
  foreign key (tenant_id, payment_id) references payment (tenant_id, id)
);
create unique index payment_clearing_standing on payment_clearing (payment_id) where taken_back_at is null;
${tenantTableSql('payment_clearing', { appendOnly: true })}
grant update (taken_back_at) on payment_clearing to {{service}};

create index payment_promised on payment (community_id, billing_account_id)
  where means in ('CHEQUE', 'SIGNED', 'ON_ACCOUNT');
create index payment_allocation_of_charge on payment_allocation (charge_id);

-- Payments in promises, cheques and signed bills, of which there was no money yet before a day: each lies in an account of
-- its own, so that the ledger says what was open on any day.
create function promised_payments(p_community uuid, p_before date)
  returns table (payment_id uuid, billing_account_id uuid, advance_amount bigint, is_signed boolean)
  language sql stable as $$
  select p.id, p.billing_account_id, p.advance_amount, p.means <> 'CHEQUE' from payment p
   where p.community_id = p_community and p.means in ('CHEQUE', 'SIGNED', 'ON_ACCOUNT')
     and ledger_balance_before(
           ledger_account_id(p.community_id, p.currency, case p.means when 'CHEQUE' then 'CHEQUES' else 'SIGNED_BILLS' end,
                             p.billing_account_id, null, p.id), p_before) > 0
$$;
`;

const down = `
drop function promised_payments(uuid, date);
drop index payment_allocation_of_charge;
drop index payment_promised;
drop table payment_clearing;
`;

export const migration: Migration = { name: '20261122-2301-clear-means', up, down };
