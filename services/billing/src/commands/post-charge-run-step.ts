import { txScope, type Tx } from '@steward/db';
import { chargeRunAdvanced, chargeRunPosted } from '@steward/events';
import {
  lockAggregate,
  publish,
  resolvePolicy,
  saveAggregate,
  schedule,
  startDeadline,
  type DueTimer,
} from '@steward/service-kit';

import { chargeRunAggregate } from '../db/charging-aggregates.ts';
import { lockLines, postStep } from '../db/charge-run-queries.ts';
import { dropFeesOfReversed, dropStale, takeStale, totalsOfRun } from '../db/holder-change-queries.ts';
import { communityOfBooks, todayIn } from '../db/reference-queries.ts';
import { afterPosted } from '../domain/charge-run-rules.ts';
import type { ChargeRun } from '../domain/charge-run.ts';
import { lateFeeCode } from '../domain/charge-type-policy.ts';
import { chargesPolicy } from '../domain/charges-policy.ts';
import { chargeRunFact, stepFact } from './charge-run-facts.ts';
import { runAdvancesTimer } from './debt-timers.ts';
import { makeLines, noteGaps } from './make-lines.ts';
import { postStepTimer } from './post-charge-run.ts';

/** What is known of some units has changed since a run was computed: their lines are made again before they are posted. */
async function makeStaleAgain(tx: Tx, run: ChargeRun): Promise<boolean> {
  const { id: runId, communityId, chargeTypeCodes, periodFrom: from, periodTo: to, postedChunks } = run;
  const unitIds = await takeStale(tx, runId);
  if (unitIds.length === 0) return false;
  const lineCount = await dropStale(tx, { runId, unitIds, postedChunks });
  const chunk = postedChunks + 1;
  const step = { communityId, runId, chunk, unitIds, chargeTypeCodes, period: { from, to }, lineCount };
  const { undefinedFor } = await makeLines(tx, step, await resolvePolicy(tx, chargesPolicy, communityId));
  await noteGaps(tx, step, undefinedFor);
  return true;
}

/** The run as it is posted: what is no longer true since it was computed is made again, or left out. */
async function judgeAgain(tx: Tx, run: ChargeRun): Promise<ChargeRun> {
  const { id, communityId, chargeTypeCodes, postedChunks } = run;
  await lockLines(tx, communityId);
  const isMade = await makeStaleAgain(tx, run);
  const isLess = chargeTypeCodes.includes(lateFeeCode) && (await dropFeesOfReversed(tx, id, postedChunks + 1));
  return isMade || isLess ? { ...run, ...(await totalsOfRun(tx, id)) } : run;
}

/** Timer: posts the next step; its charges, their block of the ledger and the mark are one transaction. */
export async function postChargeRunStep(tx: Tx, due: DueTimer): Promise<void> {
  const run = await lockAggregate(tx, chargeRunAggregate, due.aggregateId ?? '');
  if (run.status !== 'POSTING') return;
  const { id: runId, communityId } = run;
  const { now } = txScope(tx);
  const judged = await judgeAgain(tx, run);
  const chunk = run.postedChunks + 1;
  const totals = await postStep(tx, { runId, chunk, now, today: await todayIn(tx, communityId) });
  const note = { action: 'postChargeRun', rule: 'A230' };
  const saved = await saveAggregate(tx, chargeRunAggregate, run, afterPosted(judged, now), note);
  publish(tx, saved, chargeRunAdvanced, stepFact(runId, 'POSTED', chunk, totals));
  if (saved.status === 'POSTING') {
    await schedule(tx, { kind: postStepTimer, aggregateId: runId, communityId, dueAt: now });
    return;
  }
  publish(tx, saved, chargeRunPosted, chargeRunFact(saved));
  await startNotices(tx, saved);
}

/** The households have to be told in time (A254), once advances have paid what they can. */
async function startNotices(tx: Tx, run: ChargeRun): Promise<void> {
  const { id: aggregateId, communityId } = run;
  const { timeZone: zone } = await communityOfBooks(tx, communityId);
  const figures = await resolvePolicy(tx, chargesPolicy, communityId);
  const clerk = { role: 'clerk', departmentCode: 'CUSTOMER_SERVICE' } as const;
  const supervisor = { role: 'supervisor', departmentCode: 'CUSTOMER_SERVICE' } as const;
  const spec = {
    kind: 'PAYMENT_NOTICES',
    rule: 'A254',
    span: { amount: figures.paymentNoticeDays, unit: 'day' as const },
    warnShare: figures.paymentNoticeWarnShare,
    warnTo: clerk,
    escalations: [{ afterShare: 1, to: supervisor }],
  };
  await startDeadline(tx, chargeRunAggregate, run, spec, { zone });
  await schedule(tx, { kind: runAdvancesTimer, aggregateId, communityId, dueAt: txScope(tx).now });
}
