import { localDate, deadlineAfter, newId } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { keyAccountVisitDue } from '@steward/events';
import {
  insertAggregate,
  lockAggregate,
  nextNumber,
  publish,
  resolvePolicy,
  type DueTimer,
} from '@steward/service-kit';

import { householdAggregate } from '../db/aggregates.ts';
import { findManagedCommunity } from '../db/community-queries.ts';
import { keyAccountVisitAggregate } from '../db/key-account-visit-entities.ts';
import { dueVisitOf } from '../db/key-account-visit-queries.ts';
import { tell } from '../db/notices.ts';
import {
  keyAccountVisitClocks,
  keyAccountVisitNumberPrefix,
  keyAccountVisitPolicy,
} from '../domain/key-account-visit-policy.ts';
import { startClock } from './procedure-clocks.ts';

const rule = 'A204';

const untouched = {
  status: 'DUE',
  attemptCount: 0,
  outcome: null,
  means: null,
  opinionSealed: null,
  visitedAt: null,
  visitedById: null,
  complaintId: null,
} as const;

/** Timer: a key account is to be visited again (A204). */
export async function openKeyAccountVisit(tx: Tx, due: DueTimer): Promise<void> {
  const household = await lockAggregate(tx, householdAggregate, due.aggregateId ?? '');
  const { id: householdId, communityId, segment } = household;
  const community = await findManagedCommunity(tx, communityId);
  if (community === null || !household.isKeyAccount || (await dueVisitOf(tx, householdId)) !== null) return;
  const { timeZone } = community;
  const { visitDays, warnShare, directorShare } = await resolvePolicy(tx, keyAccountVisitPolicy, communityId);
  const span = { amount: visitDays, unit: 'day' } as const;
  const dueOn = localDate(new Date(deadlineAfter(txScope(tx).now, span, timeZone).getTime() - 1), timeZone);
  const number = await nextNumber(tx, communityId, keyAccountVisitNumberPrefix, timeZone);
  const fresh = { id: newId(), communityId, number, householdId, segment, dueOn, ...untouched };
  const note = { action: 'openKeyAccountVisit', rule };
  const visit = await insertAggregate(tx, keyAccountVisitAggregate, fresh, note);
  publish(tx, visit, keyAccountVisitDue, { visitId: visit.id, householdId, segment, dueOn });
  const clock = { kind: keyAccountVisitClocks.visit, rule, span, warnShare, directorShare };
  await startClock(tx, keyAccountVisitAggregate, visit, clock);
  await tell(tx, visit, { role: 'clerk', departmentCode: 'CUSTOMER_SERVICE' }, 'keyAccountVisitDue', {
    segment,
    dueOn,
  });
}
