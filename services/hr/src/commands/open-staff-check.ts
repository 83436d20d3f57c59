import { DomainError, localDate, newId } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { staffCheckEvents } from '@steward/events';
import {
  authorize,
  insertAggregates,
  invocationOf,
  managedCommunity,
  nextNumbers,
  publish,
  type CommunityReference,
} from '@steward/service-kit';

import { staffCheckAggregate } from '../db/conduct-aggregates.ts';
import { dormitoryRoomEntity } from '../db/conduct-entities.ts';
import { staffEntity } from '../db/entities.ts';
import { formsInUse, openCheckLists, postsHeldOn } from '../db/staff-check-queries.ts';
import { checkFact } from '../domain/conduct-facts.ts';
import { conductPrefixes, staffCheckLists } from '../domain/conduct-policy.ts';
import type { StaffCheck, StaffCheckKind } from '../domain/conduct.ts';
import { pointsOfCheck, requireOthersCheck, requireSubject } from '../domain/staff-check-rules.ts';
import type { OpenStaffCheckInput } from '../graphql/generated.ts';
import { requireStaff } from './register-certificate.ts';

export type CheckSubject = Pick<StaffCheck, 'staffId' | 'roomId'>;

/** An irregular check, whenever a leader finds one called for (B052, A308, B007). */
export async function openStaffCheck(tx: Tx, input: OpenStaffCheckInput): Promise<{ id: string }> {
  const { communityId, kind, staffId = null, roomId = null } = input;
  await authorize(tx, { communityId });
  const community = await managedCommunity(tx, communityId);
  requireSubject(kind, { staffId, roomId });
  requireOthersCheck({ staffId }, viewerStaffId(tx));
  if (staffId !== null) await requireStaffHere(tx, community, staffId);
  if (roomId !== null && !(await tx.existsBy(dormitoryRoomEntity, { id: roomId, communityId, status: 'ACTIVE' })))
    throw new DomainError('BAD_USER_INPUT', 'ROOM_UNKNOWN', { path: 'input.roomId', rule: 'B007' });
  const [check] = await enterStaffChecks(tx, community, { kind, roundId: null }, [{ staffId, roomId }]);
  if (check === undefined) throw new Error('a check that was entered is there');
  return { id: check.id };
}

export const viewerStaffId = (tx: Tx): string | null => invocationOf(tx).viewer.staffId ?? null;

export const localToday = (tx: Tx, zone: string): string => localDate(txScope(tx).now, zone);

/** Somebody employed by the community or with a post there today. */
export async function requireStaffHere(
  tx: Tx,
  { id: communityId, timeZone }: CommunityReference,
  staffId: string,
  path = 'input.staffId',
): Promise<void> {
  await requireStaff(tx, staffId, path);
  if (await tx.existsBy(staffEntity, { id: staffId, communityId })) return;
  const posts = await postsHeldOn(tx, communityId, localToday(tx, timeZone), [staffId]);
  if (posts.length === 0) throw new DomainError('BAD_USER_INPUT', 'STAFF_UNKNOWN', { path });
}

/** Enters checks with their lists, in as many statements for many as for one. */
export async function enterStaffChecks(
  tx: Tx,
  { id: communityId, timeZone: zone }: CommunityReference,
  { kind, roundId }: { kind: StaffCheckKind; roundId: string | null },
  subjects: readonly CheckSubject[],
): Promise<StaffCheck[]> {
  const numbering = { communityId, prefix: conductPrefixes.check, zone, count: subjects.length };
  const numbers = await nextNumbers(tx, numbering);
  const empty = {
    sampleNumbers: [],
    photoFileIds: [],
    findingsSealed: null,
    checkedAt: null,
    agreedWithId: null,
    measureSealed: null,
  };
  const fresh = subjects.map(({ staffId, roomId }, index) => {
    const identity = { id: newId(), communityId, number: numbers[index] ?? '' };
    return { ...identity, kind, roundId, staffId, roomId, status: 'PLANNED' as const, ...empty };
  });
  const note = { action: 'openStaffCheck', rule: staffCheckLists[kind].rule };
  const checks = await insertAggregates(tx, staffCheckAggregate, fresh, note);
  for (const check of checks) publish(tx, check, staffCheckEvents.planned, checkFact(check));
  const staffIds = checks.flatMap(({ staffId }) => staffId ?? []);
  const posts = await postsHeldOn(tx, communityId, localToday(tx, zone), staffIds);
  const forms = await formsInUse(tx, communityId, kind);
  const entries = checks.flatMap(({ id: aggregateId, staffId }) => {
    const roles = staffId === null ? null : posts.filter((post) => post.staffId === staffId).map(({ role }) => role);
    return pointsOfCheck(kind, forms, roles).map((point) => ({ aggregateId, ...point }));
  });
  await openCheckLists(tx, kind, entries);
  return checks;
}
