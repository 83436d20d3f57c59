import { txScope, type Tx } from '@steward/db';
import { chargeRunAdvanced, chargeRunPreviewed } from '@steward/events';
import {
  lockAggregate,
  notify,
  publish,
  resolvePolicy,
  saveAggregate,
  schedule,
  type DueTimer,
} from '@steward/service-kit';

import { chargeRunAggregate } from '../db/charging-aggregates.ts';
import { lockLines, unitsAfter } from '../db/charge-run-queries.ts';
import { afterComputed } from '../domain/charge-run-rules.ts';
import { chargesLimits, chargesPolicy } from '../domain/charges-policy.ts';
import { chargeRunFact, stepFact } from './charge-run-facts.ts';
import { makeLines, noteGaps } from './make-lines.ts';
import { computeStepTimer } from './start-charge-run.ts';

/**
 * Timer: computes the lines of the next units and sets itself for the ones after them. A step is one transaction with the
 * mark that it was done, so a run that was cut off goes on where it stood.
 */
export async function computeChargeRunStep(tx: Tx, due: DueTimer<{ after?: string }>): Promise<void> {
  const run = await lockAggregate(tx, chargeRunAggregate, due.aggregateId ?? '');
  if (run.status !== 'COMPUTING') return;
  const { communityId } = run;
  await lockLines(tx, communityId);
  const { chunkUnits } = chargesLimits;
  const unitIds = await unitsAfter(tx, communityId, due.payload.after ?? null, chunkUnits);
  const { id: runId, chargeTypeCodes, lineCount } = run;
  const period = { from: run.periodFrom, to: run.periodTo };
  const chunk = run.computedChunks + 1;
  const step = { communityId, runId, chunk, unitIds, chargeTypeCodes, period, lineCount };
  const made = await makeLines(tx, step, await resolvePolicy(tx, chargesPolicy, communityId));
  const totals = { ...made.sums, gaps: await noteGaps(tx, step, made.undefinedFor) };
  const isLast = unitIds.length < chunkUnits;
  const note = { action: 'computeChargeRun', rule: 'A230' };
  const saved = await saveAggregate(tx, chargeRunAggregate, run, afterComputed(run, totals, isLast), note);
  publish(tx, saved, chargeRunAdvanced, stepFact(runId, 'COMPUTED', chunk, totals));
  if (!isLast) {
    const after = unitIds.at(-1) as string;
    await schedule(tx, {
      kind: computeStepTimer,
      aggregateId: runId,
      communityId,
      dueAt: txScope(tx).now,
      payload: { after },
    });
    return;
  }
  publish(tx, saved, chargeRunPreviewed, chargeRunFact(saved));
  const params = { number: saved.number, lines: saved.lineCount, gaps: saved.gapCount };
  const to = { role: 'supervisor', departmentCode: 'CUSTOMER_SERVICE' } as const;
  await notify(tx, { communityId, to, template: 'chargeRunPreviewed', params, aggregateId: runId });
}
