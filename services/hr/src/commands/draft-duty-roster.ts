import { DomainError, newId, refuseAll } from '@steward/core';
import type { Tx } from '@steward/db';
import { dutyRosterEvents } from '@steward/events';
import { authorize, insertAndTell, managedCommunity, nextNumber } from '@steward/service-kit';

import { departmentEntity } from '../db/entities.ts';
import { dutyRosterAggregate } from '../db/roster-aggregates.ts';
import { hasPublishedRoster } from '../db/roster-queries.ts';
import { rosterFact } from '../domain/duty-facts.ts';
import { rosterDayViolations } from '../domain/duty-roster-rules.ts';
import { dutyNumberPrefixes } from '../domain/duty-time-policy.ts';
import type { DraftDutyRosterInput } from '../graphql/generated.ts';

export async function draftDutyRoster(tx: Tx, input: DraftDutyRosterInput): Promise<{ id: string }> {
  const { communityId, kind, startsOn, endsOn } = input;
  await authorize(tx, { communityId });
  const { timeZone: zone } = await managedCommunity(tx, communityId);
  refuseAll(rosterDayViolations(input));
  const departmentId = kind === 'DEPARTMENT' ? await departmentOfCode(tx, input.departmentCode ?? '') : null;
  const days = { communityId, kind, departmentId, startsOn, endsOn };
  if (await hasPublishedRoster(tx, days)) throw new DomainError('CONFLICT', 'ROSTER_OVERLAPS', { rule: 'A308' });
  const number = await nextNumber(tx, communityId, dutyNumberPrefixes.roster, zone);
  const open = { status: 'DRAFT' as const, shiftCount: 0, submittedBy: null, publishedAt: null };
  const note = { action: 'draftDutyRoster', rule: kind === 'MANAGERS' ? 'A253' : 'A308' };
  const told = [dutyRosterEvents.drafted, rosterFact] as const;
  const fresh = { id: newId(), number, ...days, ...open };
  return { id: (await insertAndTell(tx, dutyRosterAggregate, fresh, note, told)).id };
}

async function departmentOfCode(tx: Tx, code: string): Promise<string> {
  const department = await tx.findOneBy(departmentEntity, { number: code });
  if (department !== null) return department.id;
  throw new DomainError('BAD_USER_INPUT', 'DEPARTMENT_UNKNOWN', { path: 'input.departmentCode' });
}
