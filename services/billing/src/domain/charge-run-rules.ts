import type { Violation } from '@steward/core';

import type { ChargeRun, ChunkTotals } from './charge-run.ts';
import { stepsOf } from './charges-steps.ts';
import { chargeRunTransitions } from './charges-transition-policy.ts';
import { lateFeeCode } from './charge-type-policy.ts';
import { cycleViolations } from './cycle-rules.ts';
import type { Days } from './proration-rules.ts';

export const chargeRunSteps = stepsOf<ChargeRun, keyof typeof chargeRunTransitions>(chargeRunTransitions);

type Asked = {
  chargeTypeCodes: readonly string[];
  period: Days;
  dueOn: string;
  open: readonly string[];
  /** Today in the community. */
  today: string;
};

/** What is wrong with a run that is asked for: its kinds, its period, its last day in time, another run under way. */
export function runViolations({ chargeTypeCodes, period, dueOn, open, today }: Asked): Violation[] {
  const violations = cycleViolations(chargeTypeCodes, period);
  if (chargeTypeCodes.length === 0) violations.push({ path: 'input.chargeTypeCodes', reason: 'NOTHING_TO_CHARGE' });
  if (dueOn < period.from) violations.push({ path: 'input.dueOn', reason: 'DUE_BEFORE_PERIOD', rule: 'A230' });
  // Nobody is late on days that have not come: whoever pays tomorrow is not late from then on.
  if (chargeTypeCodes.includes(lateFeeCode) && period.to > today) {
    const params = { month: period.from.slice(0, 7) };
    violations.push({ path: 'input.periodTo', reason: 'PERIOD_NOT_OVER', rule: 'A230', params });
  }
  chargeTypeCodes.forEach((code, index) => {
    if (!open.includes(code)) return;
    violations.push({
      path: `input.chargeTypeCodes.${index}`,
      reason: 'RUN_UNDER_WAY',
      rule: 'A230',
      params: { code },
    });
  });
  return violations;
}

/** The run after one more step was computed; `isLast` ends the preview. */
export const afterComputed = (run: ChargeRun, totals: ChunkTotals, isLast: boolean): ChargeRun => ({
  ...run,
  status: isLast ? 'PREVIEWED' : 'COMPUTING',
  computedChunks: run.computedChunks + 1,
  lineCount: run.lineCount + totals.lines,
  totalAmount: run.totalAmount + totals.amount,
  taxAmount: run.taxAmount + totals.tax,
  gapCount: run.gapCount + totals.gaps,
});

export const afterPosted = (run: ChargeRun, now: Date): ChargeRun => {
  const postedChunks = run.postedChunks + 1;
  const isLast = postedChunks >= run.computedChunks;
  return { ...run, postedChunks, status: isLast ? 'POSTED' : 'POSTING', postedAt: isLast ? now : null };
};

export const afterReversed = (run: ChargeRun): ChargeRun => {
  const reversedChunks = run.reversedChunks + 1;
  return { ...run, reversedChunks, status: reversedChunks >= run.computedChunks ? 'REVERSED' : 'REVERSING' };
};

/** Why a whole run is taken back. */
export const runReversalReasons: readonly string[] = ['WRONG_TARIFF', 'WRONG_READING', 'WRONG_PERIOD', 'OTHER_ERROR'];
