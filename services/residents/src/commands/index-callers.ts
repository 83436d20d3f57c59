import type { Tx } from '@steward/db';
import type {
  complaintRegistered,
  EventOf,
  householdMembershipStarted,
  passIssued,
  personErased,
  placeRegistered,
  StewardEvent,
  workOrderLocated,
  workOrderRegistered,
} from '@steward/events';

import {
  hashedKey,
  passesToFind,
  personsNotFound,
  personsToFind,
  replaceCallerKeys,
  type CallerKeyRow,
  type CallerSubjectType,
} from '../db/caller-queries.ts';
import { moveOrderKeys } from '../db/caller-order-queries.ts';
import { nameReadings } from '../db/name-readings.ts';
import {
  nameKey,
  numberKey,
  personalKinds,
  phoneKeys,
  pinyinKey,
  plateKeys,
  roomKeys,
} from '../domain/caller-rules.ts';
import type { CallerKey } from '../domain/caller-rules.ts';

type Events<D> = readonly EventOf<D>[];

type Subject = Omit<CallerKeyRow, 'kind' | 'key'>;

const keysOf = (tx: Tx, subject: Subject, keys: readonly CallerKey[]): CallerKeyRow[] =>
  keys
    .filter(({ text }) => text !== '')
    .map(({ kind, text }) => ({ ...subject, kind, key: personalKinds.has(kind) ? hashedKey(tx, kind, text) : text }));

/** Reaction: units are found by what people say for them. */
export async function indexUnits(tx: Tx, events: Events<typeof placeRegistered>): Promise<void> {
  const units = events.map(({ data }) => data).filter(({ kind }) => kind === 'UNIT');
  if (units.length === 0) return;
  const keys = units.flatMap(({ placeId: subjectId, communityId, path }) => {
    const subject = { subjectId, subjectType: 'UNIT', communityId, householdId: null, number: null } as const;
    return keysOf(tx, subject, roomKeys(path));
  });
  await replaceCallerKeys(
    tx,
    units.map(({ placeId }) => placeId),
    keys,
  );
}

/**
 * Reaction: persons are found by phone, name and the reading of the name, in every community that knows them. Reads them
 * as they are now, so that facts of any age leave the same keys; who was erased keeps none.
 */
export async function indexPersons(
  tx: Tx,
  events: readonly StewardEvent<{ personId: string | null }>[],
): Promise<void> {
  const ids = [...new Set(events.flatMap(({ data }) => data.personId ?? []))];
  if (ids.length === 0) return;
  const persons = await personsToFind(tx, ids);
  const keys = persons.flatMap(({ id: subjectId, name, phone, communityIds }) => {
    const subject = { subjectId, subjectType: 'PERSON', householdId: null, number: null } as const;
    const own = [nameKey(name), ...nameReadings(name).map(pinyinKey), ...(phone === null ? [] : phoneKeys(phone))];
    return communityIds.flatMap((communityId) => keysOf(tx, { ...subject, communityId }, own));
  });
  await replaceCallerKeys(tx, ids, keys);
}

/** Reaction: a person came into a household, perhaps in a community where they are not found yet. */
export async function indexMembers(tx: Tx, events: Events<typeof householdMembershipStarted>): Promise<void> {
  const members = events.flatMap(({ data: { personId }, communityid: communityId }) =>
    personId === null || communityId === undefined ? [] : [{ personId, communityId }],
  );
  const unfound = new Set(await personsNotFound(tx, members));
  await indexPersons(
    tx,
    events.filter(({ data }) => data.personId !== null && unfound.has(data.personId)),
  );
}

/** Reaction: who was erased is found no more. */
export const forgetCaller = (tx: Tx, events: Events<typeof personErased>): Promise<void> =>
  replaceCallerKeys(
    tx,
    events.map(({ data }) => data.personId),
    [],
  );

/** Reaction: passes are found by their number and by the plate they are for. */
export async function indexPasses(tx: Tx, events: Events<typeof passIssued>): Promise<void> {
  const passes = await passesToFind(
    tx,
    events.map(({ data }) => data.passId),
  );
  const keys = passes.flatMap(({ id: subjectId, communityId, householdId, number, plate }) =>
    keysOf(tx, { subjectId, subjectType: 'PASS', communityId, householdId, number }, [
      numberKey(number),
      ...(plate === null ? [] : plateKeys(plate)),
    ]),
  );
  await replaceCallerKeys(
    tx,
    passes.map(({ id }) => id),
    keys,
  );
}

type Numbered = { id: string; communityId: string | undefined; householdId: string | null; number: string };

async function indexNumbers(tx: Tx, subjectType: CallerSubjectType, numbered: readonly Numbered[]): Promise<void> {
  const keys = numbered.flatMap(({ id: subjectId, communityId, householdId, number }) =>
    communityId === undefined
      ? []
      : keysOf(tx, { subjectId, subjectType, communityId, householdId, number }, [numberKey(number)]),
  );
  await replaceCallerKeys(
    tx,
    numbered.map(({ id }) => id),
    keys,
  );
}

/** Reaction: a work order is found by its number. */
export const indexWorkOrders = (tx: Tx, events: Events<typeof workOrderRegistered>): Promise<void> =>
  indexNumbers(
    tx,
    'WORK_ORDER',
    events.map(({ data, communityid }) => ({ ...data, id: data.workOrderId, communityId: communityid })),
  );

/** Reaction: a work order is for another household than was thought. */
export const moveWorkOrders = (tx: Tx, events: Events<typeof workOrderLocated>): Promise<void> =>
  moveOrderKeys(
    tx,
    events.map(({ data }) => ({ id: data.workOrderId, householdId: data.householdId })),
  );

/** Reaction: a complaint is found by its number. */
export const indexComplaints = (tx: Tx, events: Events<typeof complaintRegistered>): Promise<void> =>
  indexNumbers(
    tx,
    'COMPLAINT',
    events.map(({ data, communityid }) => ({ ...data, id: data.complaintId, communityId: communityid })),
  );
