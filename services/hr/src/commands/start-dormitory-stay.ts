import { DomainError, newId } from '@steward/core';
import type { Tx } from '@steward/db';
import { dormitoryStayEvents } from '@steward/events';
import {
  authorize,
  insertAndTell,
  lockAggregate,
  lockAuthorized,
  lockNaturalKeys,
  managedCommunity,
  meetDeadline,
  nextNumber,
  saveAndTell,
  zoneOf,
} from '@steward/service-kit';

import { dormitoryAggregate, dormitoryRoomAggregate, dormitoryStayAggregate } from '../db/conduct-aggregates.ts';
import { hasBed, isBedTaken } from '../db/dormitory-queries.ts';
import { stayFact } from '../domain/conduct-facts.ts';
import { conductPrefixes } from '../domain/conduct-policy.ts';
import type { DormitoryRoom, DormitoryStay } from '../domain/conduct.ts';
import { requireFreeBed, requireMoveOut } from '../domain/dormitory-rules.ts';
import { moveBy } from '../domain/duty-transition-rules.ts';
import type { EndDormitoryStayInput, MoveDormitoryStayInput, StartDormitoryStayInput } from '../graphql/generated.ts';
import { localToday, requireStaffHere } from './open-staff-check.ts';

const rule = 'B007';

export const moveOutClock = 'MOVE_OUT';

type BedTerms = { roomId: string; bed: number; isRulesAccepted: boolean };

/** The room, locked so that nobody else takes a bed of it meanwhile, if the bed can be had from a day on. */
async function lockFreeBed(tx: Tx, { roomId, bed, isRulesAccepted }: BedTerms, day: string): Promise<DormitoryRoom> {
  const room = await lockAggregate(tx, dormitoryRoomAggregate, roomId);
  const dormitory = await lockAggregate(tx, dormitoryAggregate, room.dormitoryId);
  requireFreeBed(dormitory, room, { bed, isRulesAccepted, isBedTaken: await isBedTaken(tx, { roomId, bed, day }) });
  return room;
}

async function enterStay(
  tx: Tx,
  { communityId }: DormitoryRoom,
  terms: Pick<DormitoryStay, 'roomId' | 'bed' | 'staffId' | 'startsOn'>,
  action: string,
): Promise<DormitoryStay> {
  const number = await nextNumber(tx, communityId, conductPrefixes.stay, await zoneOf(tx, communityId));
  const fresh = { id: newId(), communityId, number, ...terms, endsOn: null, status: 'RUNNING' as const };
  const told = [dormitoryStayEvents.started, stayFact] as const;
  return insertAndTell(tx, dormitoryStayAggregate, fresh, { action, rule }, told);
}

/** Somebody moves in from today on, having accepted the rules of the dormitory. */
export async function startDormitoryStay(tx: Tx, input: StartDormitoryStayInput): Promise<{ id: string }> {
  const { staffId, roomId, bed } = input;
  const { communityId } = await lockAggregate(tx, dormitoryRoomAggregate, roomId);
  await authorize(tx, { communityId });
  const community = await managedCommunity(tx, communityId);
  const startsOn = localToday(tx, community.timeZone);
  await requireStaffHere(tx, community, staffId);
  await lockNaturalKeys(tx, `dormitory-stay/${staffId}`);
  if (await hasBed(tx, staffId, startsOn)) throw new DomainError('CONFLICT', 'STAY_RUNNING', { rule });
  const room = await lockFreeBed(tx, input, startsOn);
  return { id: (await enterStay(tx, room, { roomId, bed, staffId, startsOn }, 'startDormitoryStay')).id };
}

async function end(tx: Tx, stay: DormitoryStay, action: 'endDormitoryStay' | 'moveDormitoryStay'): Promise<string> {
  const endsOn = localToday(tx, await zoneOf(tx, stay.communityId));
  const ended = { ...moveBy(stay, action, 'ENDED'), endsOn };
  const told = [dormitoryStayEvents.ended, stayFact] as const;
  const saved = await saveAndTell(
    tx,
    dormitoryStayAggregate,
    { before: stay, after: ended, note: { action, rule } },
    told,
  );
  await meetDeadline(tx, saved, moveOutClock);
  return endsOn;
}

/** Into another bed from today on: the stay there ends and one here begins. */
export async function moveDormitoryStay(tx: Tx, input: MoveDormitoryStayInput): Promise<{ id: string }> {
  const { roomId, bed, isRulesAccepted } = input;
  const stay = await lockAuthorized(tx, dormitoryStayAggregate, input);
  const startsOn = await end(tx, stay, 'moveDormitoryStay');
  const room = await lockFreeBed(tx, { roomId, bed, isRulesAccepted }, startsOn);
  if (room.communityId !== stay.communityId)
    throw new DomainError('BAD_USER_INPUT', 'ROOM_UNKNOWN', { path: 'input.roomId', rule });
  const terms = { roomId, bed, staffId: stay.staffId, startsOn };
  return { id: (await enterStay(tx, room, terms, 'moveDormitoryStay')).id };
}

/** Out once the key is back, the bed cleared and the room clean. */
export async function endDormitoryStay(tx: Tx, input: EndDormitoryStayInput): Promise<{ id: string }> {
  const stay = await lockAuthorized(tx, dormitoryStayAggregate, input);
  await end(tx, stay, 'endDormitoryStay');
  requireMoveOut(input.checkedCodes);
  return { id: stay.id };
}
