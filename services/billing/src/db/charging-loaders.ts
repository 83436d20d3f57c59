import { byId, deadlineColumns, listBy, type Context, type DeadlineRow } from '@steward/service-kit';

import {
  apportionmentEntity,
  chargeRequestEntity,
  chargeRunEntity,
  meterEntity,
  openingImportEntity,
  tariffEntity,
  waiverEntity,
} from './charging-entities.ts';

/** Why a charge is what it is. */
export type ChargeLine = {
  id: string;
  communityId: string;
  runId: string | null;
  billingAccountId: string;
  unitId: string | null;
  householdId: string | null;
  chargeTypeCode: string;
  method: string;
  tariffId: string | null;
  sourceId: string | null;
  periodFrom: string;
  periodTo: string;
  quantity: string;
  rate: string | null;
  share: string;
  monthParts: number;
  amount: number;
  taxRate: string;
  taxAmount: number;
  reversedAt: Date | null;
  /** Of a line that went through tiers: use of the span before it, and the months that limits were for with and without it. */
  usedBefore: string | null;
  tierMonths: number | null;
  tierMonthsBefore: number | null;
};

export const chargeLineColumns = `
  l.id, l.community_id as "communityId", l.run_id as "runId", l.billing_account_id as "billingAccountId",
  l.unit_id as "unitId", l.household_id as "householdId", l.charge_type_code as "chargeTypeCode", l.method,
  l.tariff_id as "tariffId", l.source_id as "sourceId", l.period_from as "periodFrom", l.period_to as "periodTo",
  l.quantity::text as quantity, l.rate::text as rate, l.share::text as share, l.month_parts as "monthParts", l.amount,
  l.tax_rate::text as "taxRate", l.tax_amount as "taxAmount", l.reversed_at as "reversedAt",
  l.used_before::text as "usedBefore", l.tier_months as "tierMonths", l.tier_months_before as "tierMonthsBefore"`;

const linesById = `select ${chargeLineColumns} from charge_line l where l.id = any($1::uuid[])`;

export type RunTotal = { runId: string; chargeTypeCode: string; lineCount: number; amount: number; taxAmount: number };

const totalsOfRuns = `
  select run_id as "runId", charge_type_code as "chargeTypeCode", count(*)::int as "lineCount",
         sum(amount)::bigint as amount, sum(tax_amount)::bigint as "taxAmount"
    from charge_line where run_id = any($1::uuid[]) group by run_id, charge_type_code order by charge_type_code`;

export type PrepaidNotice = { id: string; meterId: string; balance: number; limitAmount: number; toldAt: Date };

const noticesOfMeters = `
  select id, meter_id as "meterId", balance, limit_amount as "limitAmount", told_at as "toldAt"
    from prepaid_notice where meter_id = any($1::uuid[]) order by told_at desc, id desc`;

const deadlines = `
  select ${deadlineColumns} from deadline where aggregate_id = any($1::uuid[]) order by started_at, id`;

/** One read per kind and request, however many objects ask. */
export const chargingLoaders = (ctx: Context) => ({
  tariff: byId(ctx, tariffEntity),
  meter: byId(ctx, meterEntity),
  apportionment: byId(ctx, apportionmentEntity),
  chargeRun: byId(ctx, chargeRunEntity),
  openingImport: byId(ctx, openingImportEntity),
  chargeRequest: byId(ctx, chargeRequestEntity),
  waiver: byId(ctx, waiverEntity),
  chargeLines: listBy<ChargeLine>(ctx, linesById, ({ id }) => id),
  chargeRunTotals: listBy<RunTotal>(ctx, totalsOfRuns, ({ runId }) => runId),
  prepaidNotices: listBy<PrepaidNotice>(ctx, noticesOfMeters, ({ meterId }) => meterId),
  chargeRunDeadlines: listBy<DeadlineRow>(ctx, deadlines, ({ aggregateId }) => aggregateId),
});
