import { DomainError } from '@steward/core';
import { entityRows, txScope, type Tx } from '@steward/db';
import { chargeReversed, chargeRunAdvanced, chargeRunReversed, chargeRunReversingStarted } from '@steward/events';
import {
  lockAggregate,
  lockAuthorized,
  publish,
  saveAggregate,
  saveAggregates,
  saveAndTell,
  schedule,
  type DueTimer,
} from '@steward/service-kit';

import { chargeEntity } from '../db/charge-entities.ts';
import { chargeRunAggregate } from '../db/charging-aggregates.ts';
import { reverseStep } from '../db/charge-run-queries.ts';
import { lateFeesOfStep, lateFeesOn, replacementsOfStep } from '../db/holder-change-queries.ts';
import { chargeAggregate } from '../db/ledger-aggregates.ts';
import { todayIn } from '../db/reference-queries.ts';
import { chargesWaivedInStep } from '../db/waiver-queries.ts';
import { afterReversed, chargeRunSteps, runReversalReasons } from '../domain/charge-run-rules.ts';
import type { Charge } from '../domain/charge.ts';
import type { ReverseChargeRunInput } from '../graphql/generated.ts';
import { chargeFact } from './charge-facts.ts';
import { chargeRunFact, stepFact } from './charge-run-facts.ts';
import { scheduleDunningEnd } from './end-dunning.ts';
import { reverseWaiversOf } from './reverse-waiver.ts';
import { takeBackCharges } from './take-back-charge.ts';
import { takeBackLateFees } from './take-back-late-fees.ts';

export const reverseStepTimer = 'charge-run-reverse-step';

export async function reverseChargeRun(tx: Tx, input: ReverseChargeRunInput): Promise<{ id: string }> {
  const before = await lockAuthorized(tx, chargeRunAggregate, input);
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

type ReversalNote = { action: string; reasonCode: string; rule: string };

/** What a charge was before it was taken back. */
const beforeReversal = (charge: Charge): Charge => ({
  ...charge,
  status: charge.settledAt === null ? 'OPEN' : 'SETTLED',
  reversedAt: null,
  reasonCode: null,
});

/** Whoever heard of a charge by a fact of its own, that it was paid or is owed again, hears of its end by one too. */
async function tellReversed(tx: Tx, told: readonly string[], note: ReversalNote): Promise<void> {
  const { now } = txScope(tx);
  const { reasonCode } = note;
  const reversed = await entityRows(tx, chargeEntity, 'where e.id = any($1::uuid[]) order by e.id', [told]);
  const pairs = reversed.map((after) => ({ before: beforeReversal(after), after }));
  for (const charge of await saveAggregates(tx, chargeAggregate, pairs, note))
    publish(tx, charge, chargeReversed, { ...chargeFact(charge), reversedAt: now.toISOString(), reasonCode });
}

/**
 * Timer: takes the charges of the next step back, with one block of exactly opposite postings. A final settlement that is
 * open goes on waiting: the days are charged anew by the run that corrects this one. One that is settled stays so.
 */
export async function reverseChargeRunStep(tx: Tx, due: DueTimer<{ reasonCode: string }>): Promise<void> {
  const run = await lockAggregate(tx, chargeRunAggregate, due.aggregateId ?? '');
  if (run.status !== 'REVERSING') return;
  const { id: runId, communityId } = run;
  const { reasonCode } = due.payload;
  const { now } = txScope(tx);
  const chunk = run.reversedChunks + 1;
  const note = { action: 'reverseChargeRun', reasonCode, rule: 'A230' };
  const today = await todayIn(tx, communityId);
  const { totals, told } = await reverseStep(tx, { runId, chunk, now, today, reasonCode });
  await tellReversed(tx, told, note);
  await reverseWaiversOf(tx, await chargesWaivedInStep(tx, runId, chunk));
  // What was divided anew since, because the holder changed, was charged by the same terms.
  const replacements = await replacementsOfStep(tx, runId, chunk);
  await takeBackCharges(tx, replacements, { reasonCode });
  const lateFees = [...(await lateFeesOfStep(tx, runId, chunk)), ...(await lateFeesOn(tx, replacements))];
  await takeBackLateFees(tx, lateFees, reasonCode);
  const saved = await saveAggregate(tx, chargeRunAggregate, run, afterReversed(run), note);
  publish(tx, saved, chargeRunAdvanced, stepFact(runId, 'REVERSED', chunk, totals));
  if (saved.status === 'REVERSED') {
    publish(tx, saved, chargeRunReversed, chargeRunFact(saved));
    await scheduleDunningEnd(tx, communityId);
    return;
  }
  const timer = { kind: reverseStepTimer, aggregateId: runId, communityId, payload: { reasonCode } };
  await schedule(tx, { ...timer, dueAt: now });
}
