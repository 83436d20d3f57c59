import { rows, type Tx } from '@steward/db';

import type { ChunkTotals } from '../domain/charge-run.ts';
import type { Days } from '../domain/proration-rules.ts';
import { feeLines, formulaPieces, lateFeeLines, meterLines, shareLines } from './charge-line-sql.ts';
import {
  accountsOfStep,
  chargesOfStep,
  gapRows,
  joinAsUsual,
  joinByHash,
  lockedOfStep,
  postingsOfStep,
  reversalsOfStep,
} from './charge-run-sql.ts';

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

/** A formula of a tariff with what it may ask of a unit and a household for days from `periodFrom` on. */
export type FormulaRow = {
  tariffId: string;
  formula: string;
  unitId: string;
  householdId: string;
  chargeTypeCode: string;
  periodFrom: string;
  area: string | null;
  persons: string;
  usage: string;
};

/** What formulas of tariffs have to price in a step; `liable` and `custodyCodes` as in its terms. */
export async function formulaRows(
  tx: Tx,
  { communityId, unitIds, chargeTypeCodes, period }: Step,
  { liable, custodyCodes }: { liable: readonly string[]; custodyCodes: readonly string[] },
): Promise<FormulaRow[]> {
  const [known] = await rows<{ hasFormula: boolean }>(
    tx,
    `select exists (select 1 from tariff where community_id = $1 and status = 'APPROVED' and method = 'FORMULA'
        and charge_type_code = any($2)) as "hasFormula"`,
    [communityId, chargeTypeCodes],
  );
  if (known?.hasFormula !== true) return [];
  await tx.query(joinByHash);
  const params = [communityId, unitIds, chargeTypeCodes, liable, period.from, period.to, custodyCodes];
  const found = await rows<FormulaRow>(tx, formulaPieces, params);
  await tx.query(joinAsUsual);
  return found;
}

/** What formulas give, column by column: tariffs, units, households, first days, values. */
export type FormulaColumns = [string[], string[], string[], string[], string[]];

/** What the rules say of the lines of a step. */
export type LineTerms = {
  /** Who answers for each kind of the step, in their order. */
  liable: readonly string[];
  /** Fees by tariff; null: none of the kinds has any. */
  fees: { monthParts: number; custodyCodes: readonly string[]; formulas: FormulaColumns } | null;
  /** The tax rate within shares; null: no kind is shared out. */
  shareTax: string | null;
  /** Permille a day, days of grace, cap in percent and tax rate; null: none is charged. */
  lateFee: readonly [number, number, number, string] | null;
};

/** Makes the lines of a step, in at most four statements, and answers what they come to. */
export async function insertLines(tx: Tx, step: Step, terms: LineTerms): Promise<Sums> {
  const { communityId, unitIds, chargeTypeCodes: codes, period } = step;
  const { liable, fees, shareTax, lateFee } = terms;
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
  if (shareTax !== null) await add(shareLines, [shareTax]);
  if (lateFee !== null) await add(lateFeeLines, lateFee);
  await tx.query(joinAsUsual);
  return total;
}

type GapTerms = {
  liable: readonly string[];
  /** The kinds of the step that need a tariff. */
  tariffCodes: readonly string[];
  undefinedFor: readonly { unitId: string; chargeTypeCode: string }[];
};

/** Notes what a step could not charge. */
export async function insertGaps(tx: Tx, step: Step, terms: GapTerms): Promise<number> {
  const { communityId, unitIds, chargeTypeCodes: codes, period, runId } = step;
  const { liable, tariffCodes, undefinedFor } = terms;
  const params = [communityId, unitIds, codes, liable, period.from, period.to, runId, tariffCodes];
  const without = [undefinedFor.map(({ unitId }) => unitId), undefinedFor.map(({ chargeTypeCode }) => chargeTypeCode)];
  await tx.query(joinByHash);
  const [noted] = await rows<{ gaps: number }>(tx, gapRows, [...params, ...without]);
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

/** What a step that was taken back came to, and which of its charges facts of their own had told of. */
export type Reversed = { totals: ChunkTotals; told: string[] };

/** Takes the charges of a step back that were not taken back before; what was paid on them becomes an advance. */
export async function reverseStep(
  tx: Tx,
  { runId, chunk, now, today, reasonCode }: Posting & { reasonCode: string },
): Promise<Reversed> {
  // Statements of their own: what is read after them sees the payments that they have waited for.
  await rows(tx, accountsOfStep, [runId, chunk]);
  await rows(tx, lockedOfStep, [runId, chunk]);
  const params = [runId, chunk, now, today, reasonCode];
  const [sums] = await rows<Sums & { told: string[] }>(tx, reversalsOfStep, params);
  const { lines = 0, amount = 0, told = [] } = sums ?? {};
  return { totals: { lines, amount, tax: 0, gaps: 0 }, told };
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
  await rows(tx, 'delete from charge_run_stale where run_id = $1', [runId]);
}
