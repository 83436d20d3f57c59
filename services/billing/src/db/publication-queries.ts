import { rows, type Tx } from '@steward/db';

import type { LedgerAccountType } from '../domain/ledger.ts';
import type { PostingView } from '../domain/posting-view.ts';
import { postingColumns, postingTables } from './posting-queries.ts';

type Days = { communityId: string; startsOn: string; endsOn: string };
export type AccountSum = { accountType: LedgerAccountType; chargeTypeCode: string | null; amount: number };

/** What was earned, waived and spent in a range of days, by account; income and costs are both positive. */
export const incomeAndExpenditure = (tx: Tx, { communityId, startsOn, endsOn }: Days): Promise<AccountSum[]> =>
  rows<AccountSum>(
    tx,
    `select a.type as "accountType", a.charge_type_code as "chargeTypeCode",
            sum(case when a.type = 'REVENUE' then -p.amount else p.amount end)::bigint as amount
       from ledger_account a join ledger_posting p on p.account_id = a.id
      where a.community_id = $1 and a.type in ('REVENUE', 'WAIVER', 'EXPENSE')
        and p.occurred_on >= $2 and p.occurred_on < $3
      group by 1, 2 order by case a.type when 'REVENUE' then 1 when 'WAIVER' then 2 else 3 end, 2`,
    [communityId, startsOn, endsOn],
  );

type Figure = Days & Pick<AccountSum, 'accountType' | 'chargeTypeCode'>;

/** The postings that a figure is the sum of, in the order of the books, after one of them. */
export const postingsOfFigure = (
  tx: Tx,
  { communityId, startsOn, endsOn, accountType, chargeTypeCode }: Figure,
  page: { after: readonly [transactionId: string, line: string] | null; limit: number },
): Promise<PostingView[]> =>
  rows<PostingView>(
    tx,
    `select ${postingColumns} ${postingTables}
      where a.community_id = $1 and a.type = $2 and a.charge_type_code is not distinct from $3
        and p.occurred_on >= $4 and p.occurred_on < $5
        and ($6::uuid is null or (p.transaction_id, p.line) > ($6::uuid, $7::int))
      order by p.transaction_id, p.line limit $8`,
    [
      communityId,
      accountType,
      chargeTypeCode,
      startsOn,
      endsOn,
      page.after?.[0] ?? null,
      page.after?.[1] ?? null,
      page.limit,
    ],
  );

/** How many postings a figure is the sum of. */
export async function countOfFigure(tx: Tx, figure: Figure): Promise<number> {
  const { communityId, startsOn, endsOn, accountType, chargeTypeCode } = figure;
  const [found] = await rows<{ count: number }>(
    tx,
    `select count(*) as count from ledger_account a join ledger_posting p on p.account_id = a.id
      where a.community_id = $1 and a.type = $2 and a.charge_type_code is not distinct from $3
        and p.occurred_on >= $4 and p.occurred_on < $5`,
    [communityId, accountType, chargeTypeCode, startsOn, endsOn],
  );
  return found?.count ?? 0;
}
