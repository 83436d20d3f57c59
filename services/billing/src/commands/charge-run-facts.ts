import type { ChargeRun, ChunkTotals } from '../domain/charge-run.ts';

/** What facts tell of a run. */
export const chargeRunFact = (run: ChargeRun) => ({
  runId: run.id,
  chargeTypeCodes: run.chargeTypeCodes,
  periodFrom: run.periodFrom,
  periodTo: run.periodTo,
  lineCount: run.lineCount,
  total: run.totalAmount,
});

type Phase = 'COMPUTED' | 'POSTED' | 'REVERSED';

/** What facts tell of one step. */
export const stepFact = (runId: string, phase: Phase, step: number, { lines, amount }: ChunkTotals) => ({
  runId,
  phase,
  step,
  lineCount: lines,
  total: amount,
});
