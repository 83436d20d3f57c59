import type { Tx } from '@steward/db';

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
import type { ChargeValues } from '../domain/charges-policy.ts';
import { formulaValue, readFormula } from '../domain/formula-rules.ts';
import { monthParts } from '../domain/proration-rules.ts';

const liableOf = (codes: readonly string[]): string[] => codes.map((code) => chargeTypeOf(code)?.liable ?? 'OWNER');

/** What formulas of tariffs give; a unit without an area or a division by zero gives nothing. */
function formulaValues(found: readonly FormulaRow[]): FormulaColumns {
  const formulas = new Map(found.map(({ tariffId, formula }) => [tariffId, formula]));
  const readers = new Map([...formulas].map(([id, formula]) => [id, readFormula(formula)]));
  const values: FormulaColumns = [[], [], [], []];
  for (const { tariffId, unitId, householdId, area, persons, usage } of found) {
    const reader = readers.get(tariffId);
    if (reader === undefined || area === null) continue;
    const value = formulaValue(reader, { area, persons, usage: usage ?? '' });
    if (value === null) continue;
    [tariffId, unitId, householdId, value].forEach((part, index) => values[index]?.push(part));
  }
  return values;
}

/** Makes the lines of a step by the rules of its kinds, and answers what they come to. */
export async function makeLines(tx: Tx, step: Step, figures: ChargeValues): Promise<Sums> {
  const codes = step.chargeTypeCodes;
  const formulas = formulaValues(await formulaRows(tx, step));
  const hasFees = codes.some((code) => !sharedChargeTypes.includes(code) && code !== lateFeeCode);
  const { lateFeeDailyPermille, lateFeeGraceDays, lateFeeCapPercent } = figures;
  const hasLateFee = codes.includes(lateFeeCode) && lateFeeDailyPermille > 0;
  return insertLines(tx, step, {
    liable: liableOf(codes),
    fees: hasFees ? { monthParts, custodyCodes: custodyChargeTypes, formulas } : null,
    hasShares: codes.some((code) => sharedChargeTypes.includes(code)),
    lateFee: hasLateFee ? [lateFeeDailyPermille, lateFeeGraceDays, lateFeeCapPercent] : null,
  });
}

/** Notes what a step could not charge. */
export const noteGaps = (tx: Tx, step: Step): Promise<number> => insertGaps(tx, step, liableOf(step.chargeTypeCodes));
