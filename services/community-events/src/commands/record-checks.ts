import { refuseAll } from '@steward/core';
import type { Tx } from '@steward/db';
import type { activitySiteControlled } from '@steward/events';
import { checkItems, lockAuthorized, saveAndTell } from '@steward/service-kit';

import { activityAggregate } from '../db/aggregates.ts';
import { stay } from '../domain/transition-rules.ts';

type Input = { id: string; expectedVersion?: number | null; results: readonly { code: string; isPassed: boolean }[] };
type Kind = {
  action: 'recordMerchantProcedures' | 'recordActivitySiteControl';
  checklist: string;
  fact: typeof activitySiteControlled;
};

/** Keeps the results of one of an activity's two checklists (B018). */
export async function recordChecks(tx: Tx, input: Input, { action, checklist, fact }: Kind): Promise<{ id: string }> {
  const activity = await lockAuthorized(tx, activityAggregate, input);
  const kept = stay(activity, action);
  const rule = 'B018';
  if (input.results.length === 0) refuseAll([{ path: 'input.results', reason: 'RESULT_REQUIRED', rule }]);
  const results = input.results.map(({ code, isPassed }) => ({ code, result: isPassed ? 'PASS' : 'FAIL' }) as const);
  const unknown = await checkItems(tx, activity.id, checklist, results);
  refuseAll(unknown.map((code) => ({ path: 'input.results', reason: 'CHECK_UNKNOWN', rule, params: { code } })));
  const told = input.results.map(({ code, isPassed: passed }) => ({ code, passed }));
  const data = { activityId: activity.id, results: told };
  await saveAndTell(tx, activityAggregate, { before: activity, after: kept, note: { action, rule } }, [
    fact,
    () => data,
  ]);
  return { id: activity.id };
}
