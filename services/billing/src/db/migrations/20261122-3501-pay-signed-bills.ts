import type { Migration } from '@steward/db';

/** Alters a text within a function and fails where the function is another than is thought. */
const within = (name: string, changes: readonly (readonly [string, string])[]): string => `
do $do$
declare body text := pg_get_functiondef('${name}'::regprocedure);
begin
${changes
  .map(
    ([from, to]) => `
  if position($t$${from}$t$ in body) = 0 then raise exception '${name} is another than was thought'; end if;
  body := replace(body, $t$${from}$t$, $t$${to}$t$);`,
  )
  .join('')}
  execute body;
end $do$;`;

const verify = 'verify_ledger_payments(uuid, uuid[])';
const money = [`a.type in ('BANK', 'CASH_IN_HAND') as`, `a.type in ('BANK', 'CASH_IN_HAND', 'ADVANCE') as`] as const;
const place = [
  `case c.place when 'BANK' then 'BANK' else 'CASH_IN_HAND' end`,
  `case c.place when 'TILL' then 'CASH_IN_HAND' else c.place end
           or c.paid_by_payment_id is not null and not exists (
                select 1 from payment b where b.id = c.paid_by_payment_id and b.status = 'RECEIVED'
                   and b.billing_account_id = p.billing_account_id and b.advance_amount >= p.amount)`,
] as const;

const up = `
-- What was signed for is paid by money that came another way: out of the advance that it made, with the payment where it
-- was one alone. There is nothing to validate in a new column, and the owner, whom row-level security binds, could not.
alter table payment_clearing
  add column paid_by_payment_id uuid,
  add foreign key (tenant_id, paid_by_payment_id) references payment (tenant_id, id) not valid,
  drop constraint payment_clearing_place_check,
  add constraint payment_clearing_place_check check (place in ('BANK', 'TILL', 'ADVANCE')),
  drop constraint payment_clearing_check,
  add constraint payment_clearing_check check (place <> 'BANK' or bank_reference is not null),
  add constraint payment_clearing_paid_by check (place = 'ADVANCE' or paid_by_payment_id is null);
create index payment_clearing_paid_by on payment_clearing (paid_by_payment_id)
  where paid_by_payment_id is not null and taken_back_at is null;
${within(verify, [money, place])}
`;

const down = `
${within(verify, [
  [money[1], money[0]],
  [place[1], place[0]],
])}
drop index payment_clearing_paid_by;
alter table payment_clearing
  drop constraint payment_clearing_paid_by,
  drop constraint payment_clearing_check,
  add constraint payment_clearing_check check (place = 'TILL' or bank_reference is not null),
  drop constraint payment_clearing_place_check,
  add constraint payment_clearing_place_check check (place in ('BANK', 'TILL')),
  drop column paid_by_payment_id;
`;

export const migration: Migration = { name: '20261122-3501-pay-signed-bills', up, down };
