import { DomainError, refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { positionDutySheetEvents } from '@steward/events';
import { checkItems, lockAuthorized, meetDeadline, notify, openItems, saveAndTell } from '@steward/service-kit';

import { positionDutySheetAggregate } from '../db/position-aggregates.ts';
import { moveBy } from '../domain/duty-transition-rules.ts';
import { dutySheetFact } from '../domain/position-facts.ts';
import type { CompletePositionDutiesInput } from '../graphql/generated.ts';
import { dutyChecklist } from './follow-position-day.ts';

type Result = { code: string; isPassed: boolean };

/** Keeps results of a list; a code that the list does not have is refused. */
export async function keepResults(tx: Tx, id: string, checklist: string, results: readonly Result[]): Promise<void> {
  const kept = results.map(({ code, isPassed }) => ({
    code,
    result: isPassed ? ('PASS' as const) : ('FAIL' as const),
  }));
  const [unknown] = await checkItems(tx, id, checklist, kept);
  if (unknown !== undefined)
    throw new DomainError('BAD_USER_INPUT', 'CHECK_UNKNOWN', { path: 'input.results', params: { code: unknown } });
}

/** Every duty gets a result; what was not done is told to the supervisor (A301). */
export async function completePositionDuties(tx: Tx, input: CompletePositionDutiesInput): Promise<{ id: string }> {
  const sheet = await lockAuthorized(tx, positionDutySheetAggregate, input);
  const after = { ...moveBy(sheet, 'completePositionDuties', 'COMPLETED'), completedAt: txScope(tx).now };
  await keepResults(tx, sheet.id, dutyChecklist, input.results);
  const open = await openItems(tx, sheet.id, dutyChecklist);
  refuseAll(
    open
      .filter(({ result }) => result === null)
      .map(({ code, rule }) => ({ path: 'input.results', reason: 'CHECK_MISSING', rule, params: { code } })),
  );
  const failed = open.map(({ code }) => code);
  const note = { action: 'completePositionDuties', rule: 'A301' };
  const saved = await saveAndTell(tx, positionDutySheetAggregate, { before: sheet, after, note }, [
    positionDutySheetEvents.completed,
    (row) => dutySheetFact(row, failed),
  ]);
  await meetDeadline(tx, saved, 'POSITION_DUTIES');
  const { communityId, number, id } = saved;
  if (failed.length > 0) {
    const params = { number, count: failed.length };
    await notify(tx, { communityId, to: { role: 'supervisor' }, template: 'dutiesUndone', params, aggregateId: id });
  }
  return { id };
}
