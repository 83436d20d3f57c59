import { DomainError, newId, refuseAll } from '@steward/core';
import type { Tx } from '@steward/db';
import { dormitoryEvents, dormitoryRoomEvents } from '@steward/events';
import {
  authorize,
  insertAndTell,
  lockAggregate,
  lockAuthorized,
  managedCommunity,
  nextNumber,
  saveAndTell,
  zoneOf,
} from '@steward/service-kit';

import { dormitoryAggregate, dormitoryRoomAggregate } from '../db/conduct-aggregates.ts';
import { dormitoryRoomEntity } from '../db/conduct-entities.ts';
import { countSleepers } from '../db/dormitory-queries.ts';
import { dormitoryFact, roomFact } from '../domain/conduct-facts.ts';
import { conductPrefixes } from '../domain/conduct-policy.ts';
import { dormitoryViolations, roomViolations } from '../domain/dormitory-rules.ts';
import { moveBy, requireReason } from '../domain/duty-transition-rules.ts';
import type {
  CloseDormitoryInput,
  RegisterDormitoryInput,
  RegisterDormitoryRoomInput,
  RetireDormitoryRoomInput,
} from '../graphql/generated.ts';
import { startConductDays } from './conduct-day.ts';

const rule = 'B007';

/** A dormitory with the rules that whoever moves in accepts (B007). */
export async function registerDormitory(tx: Tx, input: RegisterDormitoryInput): Promise<{ id: string }> {
  const { communityId } = input;
  await authorize(tx, { communityId });
  const { timeZone: zone } = await managedCommunity(tx, communityId);
  refuseAll(dormitoryViolations(input));
  const number = await nextNumber(tx, communityId, conductPrefixes.dormitory, zone);
  const rules = input.rules.map((line) => line.trim()).filter((line) => line !== '');
  const fresh = { id: newId(), communityId, number, name: input.name.trim(), rules, status: 'OPEN' as const };
  const told = [dormitoryEvents.registered, dormitoryFact] as const;
  const { id } = await insertAndTell(tx, dormitoryAggregate, fresh, { action: 'registerDormitory', rule }, told);
  await startConductDays(tx, communityId, zone);
  return { id };
}

export async function closeDormitory(tx: Tx, input: CloseDormitoryInput): Promise<{ id: string }> {
  const dormitory = await lockAuthorized(tx, dormitoryAggregate, input);
  const closed = moveBy(dormitory, 'closeDormitory', 'CLOSED');
  const reason = requireReason(input.reason);
  await requireEmpty(tx, { dormitoryId: dormitory.id });
  const note = { action: 'closeDormitory', reason, rule };
  const told = [dormitoryEvents.closed, dormitoryFact] as const;
  return { id: (await saveAndTell(tx, dormitoryAggregate, { before: dormitory, after: closed, note }, told)).id };
}

async function requireEmpty(tx: Tx, of: { dormitoryId: string } | { roomId: string }): Promise<void> {
  const count = await countSleepers(tx, of);
  if (count > 0) throw new DomainError('CONFLICT', 'DORMITORY_OCCUPIED', { rule, params: { count } });
}

export async function registerDormitoryRoom(tx: Tx, input: RegisterDormitoryRoomInput): Promise<{ id: string }> {
  const { dormitoryId, bedCount } = input;
  const dormitory = await lockAggregate(tx, dormitoryAggregate, dormitoryId);
  const { communityId } = dormitory;
  await authorize(tx, { communityId });
  if (dormitory.status !== 'OPEN')
    throw new DomainError('CONFLICT', 'DORMITORY_CLOSED', { path: 'input.dormitoryId', rule });
  refuseAll(roomViolations(input));
  const name = input.name.trim();
  if (await tx.existsBy(dormitoryRoomEntity, { dormitoryId, name }))
    throw new DomainError('CONFLICT', 'ROOM_NAME_TAKEN', { path: 'input.name', rule });
  const number = await nextNumber(tx, communityId, conductPrefixes.room, await zoneOf(tx, communityId));
  const fresh = { id: newId(), communityId, number, dormitoryId, name, bedCount, status: 'ACTIVE' as const };
  const note = { action: 'registerDormitoryRoom', rule };
  const told = [dormitoryRoomEvents.registered, roomFact] as const;
  return { id: (await insertAndTell(tx, dormitoryRoomAggregate, fresh, note, told)).id };
}

export async function retireDormitoryRoom(tx: Tx, input: RetireDormitoryRoomInput): Promise<{ id: string }> {
  const room = await lockAuthorized(tx, dormitoryRoomAggregate, input);
  const retired = moveBy(room, 'retireDormitoryRoom', 'RETIRED');
  await requireEmpty(tx, { roomId: room.id });
  const note = { action: 'retireDormitoryRoom', rule };
  const told = [dormitoryRoomEvents.retired, roomFact] as const;
  return { id: (await saveAndTell(tx, dormitoryRoomAggregate, { before: room, after: retired, note }, told)).id };
}
