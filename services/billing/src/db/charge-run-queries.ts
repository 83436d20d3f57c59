import { rows, type Tx } from '@steward/db';

import type { ChunkTotals } from '../domain/charge-run.ts';
import type { Days } from '../domain/proration-rules.ts';
import { feeLines, lateFeeLines, meterLines, shareLines } from './charge-line-sql.ts';
import { chargesOfStep, gapRows, joinAsUsual, joinByHash, postingsOfStep, reversalsOfStep } from './charge-run-sql.ts';

/** A step of a run, or the fees of one unit outside a run. */
export type Step = {
  communityId: string;
  runId: string | null;
  chunk: number;
  unitIds: readonly string[];
  chargeTypeCodes: readonly string[];
  period: Days;
  /** Lines before, so that numbers go on. */
  lineCount: number;
};

/** What lines come to. */
export type Sums = { lines: number; amount: number; tax: number };

/** The next units of a community in the order of their ids. */
export async function unitsAfter(tx: Tx, communityId: string, after: string | null, count: number): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `select id from unit_reference where community_id = $1 and kind = 'UNIT' and ($2::uuid is null or id > $2)
      order by id limit $3`,
    [communityId, after, count],
  );
  return found.map(({ id }) => id);
}

/** Lines are made by one hand at a time in a community, so that nothing is charged twice. */
export const lockLines = (tx: Tx, communityId: string): Promise<unknown> =>
  rows(tx, 'select pg_advisory_xact_lock(hashtextextended($1, 0))', [`charge-lines/${communityId}`]);

/** A formula of a tariff with what it may ask of a unit and a household that answers for it. */
export type FormulaRow = {
  tariffId: string;
  formula: string;
  unitId: string;
  householdId: string;
  area: string | null;
  persons: string;
  usage: string | null;
};

/** Formulas of tariffs for the units of a step and their households on the first day. */
export const formulaRows = (tx: Tx, step: Step): Promise<FormulaRow[]> =>
  rows<FormulaRow>(
    tx,
    `select t.id as "tariffId", t.formula, u.id as "unitId", l.household_id as "householdId", u.area_m2::text as area,
            coalesce(u.usage, '') as usage,
            (select count(*) from household_member m where m.household_id = l.household_id and m.valid_from <= $4
                and (m.valid_to is null or m.valid_to > $4))::text as persons
       from tariff t cross join unnest($2::uuid[]) as c(id) join unit_reference u on u.id = c.id
       join unit_liability l on l.unit_id = u.id and l.community_id = $1
      where t.community_id = $1 and t.status = 'APPROVED' and t.method = 'FORMULA' and t.charge_type_code = any($3)
        and daterange(t.valid_from, t.valid_to) && daterange($4::date, $5::date)
        and daterange(l.valid_from, l.valid_to) && daterange($4::date, $5::date)
        and (t.unit_usages = '{}' or u.usage = any(t.unit_usages))`,
    [step.communityId, step.unitIds, step.chargeTypeCodes, step.period.from, step.period.to],
  );

/** What formulas give, column by column: tariffs, units, households, values. */
export type FormulaColumns = [string[], string[], string[], string[]];

/** What the rules say of the lines of a step. */
export type LineTerms = {
  /** Who answers for each kind of the step, in their order. */
  liable: readonly string[];
  /** Fees by tariff; null: none of the kinds has any. */
  fees: { monthParts: number; custodyCodes: readonly string[]; formulas: FormulaColumns } | null;
  hasShares: boolean;
  /** Permille a day, days of grace and cap in percent; null: none is charged. */
  lateFee: readonly [number, number, number] | null;
};

/** Makes the lines of a step, in at most four statements, and answers what they come to. */
export async function insertLines(tx: Tx, step: Step, terms: LineTerms): Promise<Sums> {
  const { communityId, unitIds, chargeTypeCodes: codes, period } = step;
  const { liable, fees, hasShares, lateFee } = terms;
  const total: Sums = { lines: 0, amount: 0, tax: 0 };
  const frame = [communityId, unitIds, codes, liable, period.from, period.to, step.runId, step.chunk];
  const add = async (sql: string, more: readonly unknown[] = []): Promise<void> => {
    const [made] = await rows<Sums>(tx, sql, [...frame, step.lineCount + total.lines, ...more]);
    total.lines += made?.lines ?? 0;
    total.amount += made?.amount ?? 0;
    total.tax += made?.tax ?? 0;
  };
  await tx.query(joinByHash);
  if (fees !== null) {
    await add(feeLines(fees.monthParts), [fees.custodyCodes, ...fees.formulas]);
    await add(meterLines(fees.monthParts));
  }
  if (hasShares) await add(shareLines);
  if (lateFee !== null) await add(lateFeeLines, lateFee);
  await tx.query(joinAsUsual);
  return total;
}

/** Notes what a step could not charge; `liable` as in its terms. */
export async function insertGaps(tx: Tx, step: Step, liable: readonly string[]): Promise<number> {
  const { communityId, unitIds, chargeTypeCodes: codes, period, runId } = step;
  const params = [communityId, unitIds, codes, liable, period.from, period.to, runId];
  await tx.query(joinByHash);
  const [noted] = await rows<{ gaps: number }>(tx, gapRows, params);
  await tx.query(joinAsUsual);
  return noted?.gaps ?? 0;
}

type Posting = { runId: string; chunk: number; now: Date; today: string };

const sumsOfStep = `
  select count(*)::int as lines, coalesce(sum(amount), 0)::bigint as amount, coalesce(sum(tax_amount), 0)::bigint as tax
    from charge_line where run_id = $1 and chunk = $2`;

/** Posts a step: its charges, then their postings as one block. */
export async function postStep(tx: Tx, { runId, chunk, now, today }: Posting): Promise<ChunkTotals> {
  const params = [runId, chunk, now, today];
  await rows(tx, chargesOfStep, params);
  await rows(tx, postingsOfStep, params);
  const [sums] = await rows<Sums>(tx, sumsOfStep, [runId, chunk]);
  return { lines: 0, amount: 0, tax: 0, ...sums, gaps: 0 };
}

/** Takes the charges of a step back that were not taken back before. */
export async function reverseStep(
  tx: Tx,
  { runId, chunk, now, today, reasonCode }: Posting & { reasonCode: string },
): Promise<ChunkTotals> {
  const [sums] = await rows<Sums>(tx, reversalsOfStep, [runId, chunk, now, today, reasonCode]);
  return { lines: sums?.lines ?? 0, amount: sums?.amount ?? 0, tax: 0, gaps: 0 };
}

/** Kinds of charge that another run of the community is about to charge. */
export async function codesUnderWay(tx: Tx, communityId: string): Promise<string[]> {
  const found = await rows<{ code: string }>(
    tx,
    `select distinct unnest(charge_type_codes) as code from charge_run
      where community_id = $1 and status in ('COMPUTING', 'PREVIEWED', 'POSTING', 'REVERSING')`,
    [communityId],
  );
  return found.map(({ code }) => code);
}

/** Kinds that have a tariff in force on some day of the period. */
export async function codesWithTariff(tx: Tx, communityId: string, period: Days): Promise<string[]> {
  const found = await rows<{ code: string }>(
    tx,
    `select distinct charge_type_code as code from tariff
      where community_id = $1 and status = 'APPROVED'
        and daterange(valid_from, valid_to) && daterange($2::date, $3::date)`,
    [communityId, period.from, period.to],
  );
  return found.map(({ code }) => code);
}

/** A preview that is given up leaves nothing. */
export async function dropLines(tx: Tx, runId: string): Promise<void> {
  await rows(tx, 'delete from charge_line where run_id = $1', [runId]);
  await rows(tx, 'delete from charge_run_gap where run_id = $1', [runId]);
}
