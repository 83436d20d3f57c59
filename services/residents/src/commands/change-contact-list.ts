import { DomainError, newId, refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { contactListChanged } from '@steward/events';
import {
  authorize,
  insertAggregate,
  judgeActions,
  lockAggregate,
  lockAuthorized,
  lockNaturalKeys,
  logReveal,
  publish,
  saveAggregate,
  sealedName,
  sealedPhone,
} from '@steward/service-kit';

import { findManagedCommunity } from '../db/community-queries.ts';
import { contactListAggregate } from '../db/contact-list-entities.ts';
import {
  findContactEntry,
  findContactList,
  insertContactChange,
  insertContactEntry,
  saveContactEntry,
} from '../db/contact-list-queries.ts';
import { contactListNumber, contactViolations, requireEntry } from '../domain/contact-list-rules.ts';
import type { ContactChange, ContactEntry, ContactList } from '../domain/contact-list.ts';
import type {
  AddContactEntryInput,
  ChangeContactEntryInput,
  RemoveContactEntryInput,
  RevealContactEntryInput,
} from '../graphql/generated.ts';
import { scheduleReports } from './report-contact-list.ts';

export const contactListActions = judgeActions([
  'addContactEntry',
  'changeContactEntry',
  'removeContactEntry',
  'revealContactEntry',
]);

/** The list of the community; the first entry opens it, and its reports with it. */
async function listOf(tx: Tx, communityId: string): Promise<{ list: ContactList; isNew: boolean }> {
  const community = await findManagedCommunity(tx, communityId);
  if (community === null) throw new DomainError('BAD_USER_INPUT', 'COMMUNITY_UNKNOWN', { path: 'input.communityId' });
  await lockNaturalKeys(tx, 'contact-list');
  const known = await findContactList(tx, communityId);
  if (known !== null) return { list: await lockAggregate(tx, contactListAggregate, known.id), isNew: false };
  const fresh = { id: newId(), communityId, number: contactListNumber };
  const list = await insertAggregate(tx, contactListAggregate, fresh, { action: 'addContactEntry', rule: 'B020' });
  await scheduleReports(tx, list, community.timeZone);
  return { list, isNew: true };
}

async function tellOf(tx: Tx, list: ContactList, entry: Pick<ContactEntry, 'id' | 'party'>, change: ContactChange) {
  await insertContactChange(tx, list.id, entry.id, change);
  publish(tx, list, contactListChanged, { contactListId: list.id, entryId: entry.id, party: entry.party, change });
}

export async function addContactEntry(tx: Tx, input: AddContactEntryInput): Promise<{ id: string }> {
  await authorize(tx, { communityId: input.communityId });
  refuseAll(contactViolations(input));
  const { list, isNew } = await listOf(tx, input.communityId);
  const note = { action: 'addContactEntry', reasonCode: input.party, rule: 'B020' };
  const saved = isNew ? list : await saveAggregate(tx, contactListAggregate, list, list, note);
  const entry = {
    id: newId(),
    contactListId: saved.id,
    party: input.party,
    duty: input.duty.trim(),
    ...sealedName(tx, 'name', input.name),
    ...sealedPhone(tx, 'phone', input.phone),
    removedAt: null,
  };
  await insertContactEntry(tx, entry);
  await tellOf(tx, saved, entry, 'ADDED');
  return { id: saved.id };
}

type OnEntry = { id: string; entryId: string; expectedVersion?: number | null };

async function locked(tx: Tx, input: OnEntry): Promise<{ list: ContactList; entry: ContactEntry }> {
  const list = await lockAuthorized(tx, contactListAggregate, input);
  return { list, entry: requireEntry(await findContactEntry(tx, list.id, input.entryId)) };
}

export async function changeContactEntry(tx: Tx, input: ChangeContactEntryInput): Promise<{ id: string }> {
  const { list, entry } = await locked(tx, input);
  refuseAll(contactViolations(input));
  const { name, phone, duty } = input;
  const note = { action: 'changeContactEntry', reasonCode: entry.party, rule: 'B020' };
  const saved = await saveAggregate(tx, contactListAggregate, list, list, note);
  await saveContactEntry(tx, {
    ...entry,
    ...(name == null ? {} : sealedName(tx, 'name', name)),
    ...(phone == null ? {} : sealedPhone(tx, 'phone', phone)),
    ...(duty == null ? {} : { duty: duty.trim() }),
  });
  await tellOf(tx, saved, entry, 'CHANGED');
  return { id: saved.id };
}

export async function removeContactEntry(tx: Tx, input: RemoveContactEntryInput): Promise<{ id: string }> {
  const { list, entry } = await locked(tx, input);
  const note = { action: 'removeContactEntry', reasonCode: entry.party, rule: 'B020' };
  const saved = await saveAggregate(tx, contactListAggregate, list, list, note);
  await saveContactEntry(tx, { ...entry, removedAt: txScope(tx).now });
  await tellOf(tx, saved, entry, 'REMOVED');
  return { id: saved.id };
}

/** Keeps who reads a contact and why (B017); the clear values are opened by the answer's resolver. */
export async function revealContactEntry(tx: Tx, input: RevealContactEntryInput): Promise<{ id: string }> {
  const { list, entry } = await locked(tx, input);
  const reveal = { aggregateType: contactListAggregate.type, aggregateId: list.id, fields: ['name', 'phone'] };
  await logReveal(tx, { ...reveal, reason: input.reason });
  return { id: entry.contactListId };
}

// Each reading is judged and logged anew; a repeated key must not show it unlogged.
revealContactEntry.repeats = 'runAgain' as const;
