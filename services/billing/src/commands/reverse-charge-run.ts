import { DomainError } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { chargeRunAdvanced, chargeRunReversed, chargeRunReversingStarted } from '@steward/events';
import { lockAggregate, publish, saveAggregate, schedule, type DueTimer } from '@steward/service-kit';

import { chargeRunAggregate } from '../db/charging-aggregates.ts';
import { reverseStep } from '../db/charge-run-queries.ts';
import { finalSettlementsOfStep } from '../db/final-settlement-queries.ts';
import { todayIn } from '../db/reference-queries.ts';
import { afterReversed, chargeRunSteps, runReversalReasons } from '../domain/charge-run-rules.ts';
import type { ReverseChargeRunInput } from '../graphql/generated.ts';
import { chargeRunFact, stepFact } from './charge-run-facts.ts';
import { lockFor, saveAndTell } from './save-charging.ts';
import { settleCharges } from './settle-charges.ts';

export const reverseStepTimer = 'charge-run-reverse-step';

export async function reverseChargeRun(tx: Tx, input: ReverseChargeRunInput): Promise<{ id: string }> {
  const before = await lockFor(tx, chargeRunAggregate, input);
  const after = chargeRunSteps.move(before, 'reverseChargeRun');
  const { reasonCode } = input;
  if (!runReversalReasons.includes(reasonCode)) {
    throw new DomainError('BAD_USER_INPUT', 'REASON_UNKNOWN', { path: 'input.reasonCode' });
  }
  const note = { action: 'reverseChargeRun', reasonCode, rule: 'A230' };
  await saveAndTell(tx, chargeRunAggregate, { before, after, note }, [chargeRunReversingStarted, chargeRunFact]);
  const { id: aggregateId, communityId } = before;
  const timer = { kind: reverseStepTimer, aggregateId, communityId, payload: { reasonCode } };
  await schedule(tx, { ...timer, dueAt: txScope(tx).now });
  return { id: aggregateId };
}

/** Timer: takes the charges of the next step back, with one block of exactly opposite postings. */
export async function reverseChargeRunStep(tx: Tx, due: DueTimer<{ reasonCode: string }>): Promise<void> {
  const run = await lockAggregate(tx, chargeRunAggregate, due.aggregateId ?? '');
  if (run.status !== 'REVERSING') return;
  const { id: runId, communityId } = run;
  const { reasonCode } = due.payload;
  const { now } = txScope(tx);
  const chunk = run.reversedChunks + 1;
  const totals = await reverseStep(tx, { runId, chunk, now, today: await todayIn(tx, communityId), reasonCode });
  const finals = await finalSettlementsOfStep(tx, { runId, chunk });
  const nothing = finals.map((charge) => ({ charge, amount: 0 }));
  await settleCharges(tx, nothing, { receiptNumber: null });
  const note = { action: 'reverseChargeRun', reasonCode, rule: 'A230' };
  const saved = await saveAggregate(tx, chargeRunAggregate, run, afterReversed(run), note);
  publish(tx, saved, chargeRunAdvanced, stepFact(runId, 'REVERSED', chunk, totals));
  if (saved.status === 'REVERSED') {
    publish(tx, saved, chargeRunReversed, chargeRunFact(saved));
    return;
  }
  const timer = { kind: reverseStepTimer, aggregateId: runId, communityId, payload: { reasonCode } };
  await schedule(tx, { ...timer, dueAt: now });
}
