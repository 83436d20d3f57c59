import { rows, type Tx } from '@steward/db';
import {
  byId,
  deadlineColumns,
  listBy,
  loader,
  pagesByParent,
  type Context,
  type DeadlineRow,
} from '@steward/service-kit';

import type { Charge, ChargeServiceLine } from '../domain/charge.ts';
import type { PostingView } from '../domain/posting-view.ts';
import type { PublishedFigure } from '../domain/published-accounts.ts';
import { billingAccountEntity, chargeEntity } from './charge-entities.ts';
import { bookReconciliationEntity, ledgerPeriodEntity } from './period-entities.ts';
import { postingColumns, postingTables } from './posting-queries.ts';
import { annualBudgetEntity, collectionReportEntity, publishedAccountsEntity } from './report-entities.ts';

const serviceLines = `
  select id, tenant_id as "tenantId", charge_id as "chargeId", position, service_code as "serviceCode",
         quantity::text as quantity, unit, unit_price_amount as "unitPriceAmount", amount
    from charge_service_line where charge_id = any($1::uuid[]) order by position`;

const deadlines = `
  select ${deadlineColumns} from deadline where aggregate_id = any($1::uuid[]) order by started_at, id`;

const figures = `
  select id, tenant_id as "tenantId", published_accounts_id as "publishedAccountsId", position,
         account_type as "accountType", charge_type_code as "chargeTypeCode", amount
    from published_figure where published_accounts_id = any($1::uuid[]) order by position`;

const postings = `
  select ${postingColumns} ${postingTables} where p.charge_id = any($1::uuid[]) order by b.height, t.id, p.line`;

/** Sums by key from SQL that takes the keys as `$1` and answers `key, sum`; 0 for a key without a row. */
const sumBy = (ctx: Context, sql: string) =>
  loader<string, number>(ctx, async (tx: Tx, keys) => {
    const found = await rows<{ key: string; sum: number }>(tx, sql, [keys]);
    const sums = new Map(found.map(({ key, sum }) => [key, sum]));
    return keys.map((key) => sums.get(key) ?? 0);
  });

const ofType = (type: string): string => `
  select a.billing_account_id as key, sum(ledger_balance(a.id))::bigint as sum from ledger_account a
   where a.billing_account_id = any($1::uuid[]) and a.type = '${type}' group by 1`;

export const ledgerLoaders = (ctx: Context) => ({
  billingAccount: byId(ctx, billingAccountEntity),
  charge: byId(ctx, chargeEntity),
  bookReconciliation: byId(ctx, bookReconciliationEntity),
  ledgerPeriod: byId(ctx, ledgerPeriodEntity),
  collectionReport: byId(ctx, collectionReportEntity),
  publishedAccounts: byId(ctx, publishedAccountsEntity),
  annualBudget: byId(ctx, annualBudgetEntity),
  ledgerDeadlines: listBy<DeadlineRow>(ctx, deadlines, ({ aggregateId }) => aggregateId),
  publishedFigures: listBy<PublishedFigure>(ctx, figures, ({ publishedAccountsId }) => publishedAccountsId),
  chargesBelow: pagesByParent<Charge>(ctx),
  serviceLines: listBy<ChargeServiceLine>(ctx, serviceLines, ({ chargeId }) => chargeId),
  postingsOfCharge: listBy<PostingView>(ctx, postings, ({ chargeId }) => chargeId ?? ''),
  outstandingOfCharge: sumBy(
    ctx,
    'select charge_id as key, outstanding as sum from charge_outstanding where charge_id = any($1::uuid[])',
  ),
  outstandingOfAccount: sumBy(ctx, ofType('RECEIVABLE')),
  advanceOfAccount: sumBy(ctx, ofType('ADVANCE')),
  currencyOfCommunity: loader<string, string>(ctx, async (tx, ids) => {
    const found = await rows<{ id: string; currency: string }>(
      tx,
      'select id, currency from community_reference where id = any($1::uuid[])',
      [ids],
    );
    const currencies = new Map(found.map(({ id, currency }) => [id, currency]));
    return ids.map((id) => currencies.get(id) ?? null);
  }),
});
