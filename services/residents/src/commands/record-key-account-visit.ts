import { refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { keyAccountVisitRecorded } from '@steward/events';
import {
  invocationOf,
  lockAuthorized,
  meetDeadline,
  publish,
  resolvePolicy,
  saveAggregate,
  sealOptional,
} from '@steward/service-kit';

import { loadCommunity } from '../db/community-queries.ts';
import { householdEntity } from '../db/entities.ts';
import { keyAccountVisitAggregate } from '../db/key-account-visit-entities.ts';
import { tell } from '../db/notices.ts';
import { keyAccountVisitClocks, keyAccountVisitPolicy } from '../domain/key-account-visit-policy.ts';
import { afterAttempt, keyAccountVisitRules, visitViolations } from '../domain/key-account-visit-rules.ts';
import type { KeyAccountVisit } from '../domain/key-account-visit.ts';
import type { RecordKeyAccountVisitInput } from '../graphql/generated.ts';
import { startClock } from './procedure-clocks.ts';
import { scheduleVisits } from './schedule-key-account-visits.ts';

const rule = 'A204';

/** Visited: the next visit follows in its time; dissatisfied, the complaint has to be entered. */
async function goOn(tx: Tx, visit: KeyAccountVisit): Promise<void> {
  await meetDeadline(tx, visit, keyAccountVisitClocks.visit, visit.visitedAt ?? undefined);
  const household = await tx.findOneByOrFail(householdEntity, { id: visit.householdId });
  await scheduleVisits(tx, await loadCommunity(tx, visit.communityId), [household]);
  if (visit.status !== 'COMPLAINT_AWAITED') return;
  const { complaintHours, warnShare, directorShare } = await resolvePolicy(
    tx,
    keyAccountVisitPolicy,
    visit.communityId,
  );
  const span = { amount: complaintHours, unit: 'hour' } as const;
  const clock = { kind: keyAccountVisitClocks.complaint, rule, span, warnShare, directorShare };
  await startClock(tx, keyAccountVisitAggregate, visit, clock);
  await tell(tx, visit, { role: 'supervisor', departmentCode: 'CUSTOMER_SERVICE' }, 'keyAccountDissatisfied');
}

export async function recordKeyAccountVisit(tx: Tx, input: RecordKeyAccountVisitInput): Promise<{ id: string }> {
  const action = 'recordKeyAccountVisit';
  const visit = await lockAuthorized(tx, keyAccountVisitAggregate, input);
  keyAccountVisitRules.requireAction(visit, action);
  const { now } = txScope(tx);
  const { outcome, means, opinion = null } = input;
  const visitedAt = input.visitedAt ?? now;
  const { backdatingHours } = await resolvePolicy(tx, keyAccountVisitPolicy, visit.communityId);
  refuseAll(visitViolations({ outcome, opinion, visitedAt }, { now, backdatingHours }));
  const visitedById = invocationOf(tx).viewer.staffId ?? null;
  const told = outcome === 'UNREACHABLE' ? {} : { means, opinionSealed: sealOptional(tx, opinion), visitedAt };
  const tried = { ...afterAttempt(visit, outcome), ...told, visitedById };
  const note = { action, reason: outcome, rule };
  const saved = await saveAggregate(tx, keyAccountVisitAggregate, visit, tried, note);
  const { id: visitId, householdId } = saved;
  const data = { visitId, householdId, outcome, means, visitedAt: visitedAt.toISOString() };
  publish(tx, saved, keyAccountVisitRecorded, data);
  if (outcome !== 'UNREACHABLE') await goOn(tx, saved);
  return { id: visit.id };
}
