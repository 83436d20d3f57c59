import { rows, type Tx } from '@steward/db';

import type { AnnualBudget, BudgetLine } from '../domain/published-accounts.ts';

/** An account of a year: what was planned, what the ledger says, and what it said a year before. */
export type BudgetComparison = {
  accountType: BudgetLine['accountType'];
  code: string;
  plannedAmount: number;
  actualAmount: number;
  lastYearAmount: number;
};

/** Every account that was planned or moved in the year or the one before (A015). */
export const compareBudget = (
  tx: Tx,
  { communityId, year, lines }: Pick<AnnualBudget, 'communityId' | 'year' | 'lines'>,
): Promise<BudgetComparison[]> =>
  rows<BudgetComparison>(
    tx,
    `with moved as (
       select a.type, coalesce(a.charge_type_code, 'OTHER') as code, extract(year from p.occurred_on)::int as year,
              sum(case when a.type = 'REVENUE' then -p.amount else p.amount end) as amount
         from ledger_account a join ledger_posting p on p.account_id = a.id
        where a.community_id = $1 and a.type in ('REVENUE', 'EXPENSE')
          and p.occurred_on >= make_date($2 - 1, 1, 1) and p.occurred_on < make_date($2 + 1, 1, 1)
        group by 1, 2, 3
     ), planned as (
       select "accountType" as type, code, amount
         from jsonb_to_recordset($3::jsonb) as l("accountType" text, code text, amount bigint)
     )
     select k.type as "accountType", k.code, coalesce(max(p.amount), 0)::bigint as "plannedAmount",
            coalesce(max(m.amount) filter (where m.year = $2), 0)::bigint as "actualAmount",
            coalesce(max(m.amount) filter (where m.year = $2 - 1), 0)::bigint as "lastYearAmount"
       from (select type, code from moved union select type, code from planned) k
       left join planned p using (type, code)
       left join moved m using (type, code)
      group by k.type, k.code order by case k.type when 'REVENUE' then 1 else 2 end, k.code`,
    [communityId, year, JSON.stringify(lines)],
  );
