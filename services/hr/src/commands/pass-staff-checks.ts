import { DomainError } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { staffCheckEvents } from '@steward/events';
import {
  authorize,
  lockAggregates,
  managedCommunity,
  publish,
  refusalOf,
  saveAggregates,
  type RefusalValue,
} from '@steward/service-kit';

import { staffCheckAggregate } from '../db/conduct-aggregates.ts';
import { passAllPoints } from '../db/staff-check-queries.ts';
import { checkFact } from '../domain/conduct-facts.ts';
import { conductLimits } from '../domain/conduct-policy.ts';
import type { StaffCheck } from '../domain/conduct.ts';
import { moveBy } from '../domain/duty-transition-rules.ts';
import { requireOthersCheck, requireWriteUp } from '../domain/staff-check-rules.ts';
import type { PassStaffChecksInput } from '../graphql/generated.ts';
import { viewerStaffId } from './open-staff-check.ts';
import { completeRound } from './open-staff-check-round.ts';

export type PassAnswer = { id: string; refusal: RefusalValue | null };

/** Writes up checks in which everything was in order, each with its answer (A308). */
export async function passStaffChecks(
  tx: Tx,
  { communityId, checkIds }: PassStaffChecksInput,
): Promise<{ results: PassAnswer[] }> {
  await authorize(tx, { communityId });
  await managedCommunity(tx, communityId);
  const most = conductLimits.passed.value;
  if (checkIds.length < 1 || checkIds.length > most)
    throw new DomainError('BAD_USER_INPUT', 'TOO_MANY_ROWS', { path: 'input.checkIds', params: { most } });
  const locked = await lockAggregates(tx, staffCheckAggregate, [...new Set(checkIds)]);
  const pairs: { before: StaffCheck; after: StaffCheck }[] = [];
  const viewer = viewerStaffId(tx);
  const { now: checkedAt } = txScope(tx);
  const results = checkIds.map((id) => ({
    id,
    refusal: refusalOf(() => {
      const check = locked.get(id);
      if (check === undefined || check.communityId !== communityId) throw new DomainError('NOT_FOUND', 'NOT_FOUND');
      requireOthersCheck(check, viewer);
      const passed = moveBy(check, 'recordStaffCheck', 'PASSED');
      requireWriteUp({ kind: check.kind, unchecked: [], failed: [], findings: '', samples: [] });
      pairs.push({ before: check, after: { ...passed, checkedAt } });
      locked.delete(id);
    }),
  }));
  await passAllPoints(
    tx,
    pairs.map(({ before }) => before.id),
  );
  const saved = await saveAggregates(tx, staffCheckAggregate, pairs, { action: 'passStaffChecks', rule: 'A308' });
  for (const check of saved) publish(tx, check, staffCheckEvents.passed, checkFact(check));
  const rounds = new Set(saved.flatMap(({ roundId }) => roundId ?? []));
  for (const roundId of [...rounds].sort()) await completeRound(tx, roundId);
  return { results };
}
