import type { Migration } from '@steward/db';

import { setWiseCheckPostingsSql } from './20261122-1801-post-set-wise.ts';

// What stands to the good of a party is never spent twice, whoever asks: the books refuse an advance and a prepaid balance
// in debit (what is used beyond a balance is charged). Only what takes from such an account is looked at, found in the pass
// that is made anyway, so that a payment costs no more. The chain's row is locked: nobody else posts between the look and
// the commit.
const up = `
${setWiseCheckPostingsSql({
  declared: '\n  v_takes_credit boolean;',
  asked: ', bool_or(w.takes_credit)',
  kept: ', v_takes_credit',
  summed: ' bool_or(s.takes_credit) as takes_credit,',
  seen: ` bool_or(n.amount > 0 and a.type in ('ADVANCE', 'PREPAID')) as takes_credit,`,
  refused: `  if v_takes_credit and exists (
    select 1 from (
      select distinct n.account_id from new_rows n
        join lateral (select * from ledger_account where id = n.account_id limit 1) a on a.type in ('ADVANCE', 'PREPAID')
       where n.amount > 0) taken
     where ledger_balance(taken.account_id) > 0) then
    raise exception 'nobody spends more than stands to their good' using errcode = 'LG008';
  end if;
`,
})}

-- What of a charge was given back, and what a payment of the provider's is booked as.
create index refund_of_charge on refund (charge_id) where charge_id is not null;
create index provider_payment_of_payment on provider_payment (payment_id) where payment_id is not null;
`;

const down = `
drop index provider_payment_of_payment;
drop index refund_of_charge;
${setWiseCheckPostingsSql()}
`;

export const migration: Migration = { name: '20261122-2001-keep-advances-in-credit', up, down };
