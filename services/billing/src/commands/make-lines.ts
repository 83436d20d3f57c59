import type { Tx } from '@steward/db';
import { resolvePolicy } from '@steward/service-kit';

import {
  formulaRows,
  insertGaps,
  insertLines,
  type FormulaColumns,
  type FormulaRow,
  type Step,
  type Sums,
} from '../db/charge-run-queries.ts';
import { chargeTypeOf, custodyChargeTypes, lateFeeCode, sharedChargeTypes } from '../domain/charge-type-policy.ts';
import { taxPolicy, type ChargeValues } from '../domain/charges-policy.ts';
import { isPrice } from '../domain/tariff-rules.ts';
import { formulaValue, readFormula } from '../domain/formula-rules.ts';
import { monthParts } from '../domain/proration-rules.ts';
import { rateOfPercent } from './tax-of-charge.ts';

/** Kinds that are shared out or charged by the community's terms. */
const isWithoutTariff = (code: string): boolean => sharedChargeTypes.includes(code) || code === lateFeeCode;

const liableOf = (codes: readonly string[]): string[] => codes.map((code) => chargeTypeOf(code)?.liable ?? 'OWNER');

/** A unit and a kind of charge that a formula gives nothing for. */
export type Undefined = { unitId: string; chargeTypeCode: string };

/** What formulas of tariffs give; a unit without an area, a division by zero or what no price can be gives nothing. */
function formulaValues(found: readonly FormulaRow[]): { values: FormulaColumns; undefinedFor: Undefined[] } {
  const formulas = new Map(found.map(({ tariffId, formula }) => [tariffId, formula]));
  const readers = new Map([...formulas].map(([id, formula]) => [id, readFormula(formula)]));
  const values: FormulaColumns = [[], [], [], [], []];
  const undefinedFor: Undefined[] = [];
  for (const { tariffId, unitId, householdId, chargeTypeCode, periodFrom, area, persons, usage } of found) {
    const reader = readers.get(tariffId);
    // Without an area there is a gap of that reason.
    if (reader === undefined || area === null) continue;
    const value = formulaValue(reader, { area, persons, usage });
    if (value === null || !isPrice(value)) undefinedFor.push({ unitId, chargeTypeCode });
    else [tariffId, unitId, householdId, periodFrom, value].forEach((part, index) => values[index]?.push(part));
  }
  return { values, undefinedFor };
}

/** What lines come to, and what formulas gave nothing for. */
export type Made = { sums: Sums; undefinedFor: Undefined[] };

/** Makes the lines of a step by the rules of its kinds. */
export async function makeLines(tx: Tx, step: Step, figures: ChargeValues): Promise<Made> {
  const codes = step.chargeTypeCodes;
  const liable = liableOf(codes);
  const asked = { liable, custodyCodes: custodyChargeTypes };
  const { values: formulas, undefinedFor } = formulaValues(await formulaRows(tx, step, asked));
  const hasFees = codes.some((code) => !isWithoutTariff(code));
  const { lateFeeDailyPermille, lateFeeGraceDays, lateFeeCapPercent } = figures;
  const { sharedCostTaxPercent, lateFeeTaxPercent } = await resolvePolicy(tx, taxPolicy, step.communityId);
  const hasLateFee = codes.includes(lateFeeCode) && lateFeeDailyPermille > 0;
  const sums = await insertLines(tx, step, {
    liable,
    fees: hasFees ? { monthParts, custodyCodes: custodyChargeTypes, formulas } : null,
    shareTax: codes.some((code) => sharedChargeTypes.includes(code)) ? rateOfPercent(sharedCostTaxPercent) : null,
    lateFee: hasLateFee
      ? [lateFeeDailyPermille, lateFeeGraceDays, lateFeeCapPercent, rateOfPercent(lateFeeTaxPercent)]
      : null,
  });
  return { sums, undefinedFor };
}

/** Notes what a step could not charge. */
export const noteGaps = (tx: Tx, step: Step, undefinedFor: readonly Undefined[]): Promise<number> =>
  insertGaps(tx, step, {
    liable: liableOf(step.chargeTypeCodes),
    tariffCodes: step.chargeTypeCodes.filter((code) => !isWithoutTariff(code)),
    undefinedFor,
  });
