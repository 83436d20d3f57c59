import { newId } from '@steward/core';
import { rows, txScope, type Tx } from '@steward/db';

import type { ContactChange, ContactEntry, ContactList, ContactListReport } from '../domain/contact-list.ts';
import {
  contactChangeEntity,
  contactEntryEntity,
  contactListEntity,
  contactListReportEntity,
} from './contact-list-entities.ts';

export const findContactList = (tx: Tx, communityId: string): Promise<ContactList | null> =>
  tx.findOneBy(contactListEntity, { communityId });

export const findContactEntry = (tx: Tx, contactListId: string, id: string): Promise<ContactEntry | null> =>
  tx.findOneBy(contactEntryEntity, { contactListId, id });

export const insertContactEntry = async (tx: Tx, entry: Omit<ContactEntry, 'tenantId'>): Promise<void> => {
  await tx.insert(contactEntryEntity, { ...entry, tenantId: txScope(tx).tenantId });
};

export const saveContactEntry = async (tx: Tx, { id, tenantId: _tenant, ...entry }: ContactEntry): Promise<void> => {
  await tx.update(contactEntryEntity, { id }, entry);
};

export async function insertContactChange(
  tx: Tx,
  contactListId: string,
  entryId: string,
  change: ContactChange,
): Promise<void> {
  const { tenantId, now } = txScope(tx);
  await tx.insert(contactChangeEntity, { id: newId(), tenantId, contactListId, entryId, change, changedAt: now });
}

/** How often what changed between two instants. */
export async function countContactChanges(
  tx: Tx,
  contactListId: string,
  { from, to }: { from: Date; to: Date },
): Promise<Pick<ContactListReport, 'addedCount' | 'changedCount' | 'removedCount'>> {
  const found = await rows<{ change: ContactChange; count: number }>(
    tx,
    `select change, count(*)::int as count from contact_change
      where contact_list_id = $1 and changed_at >= $2 and changed_at < $3 group by change`,
    [contactListId, from, to],
  );
  const count = (change: ContactChange): number => found.find((one) => one.change === change)?.count ?? 0;
  return { addedCount: count('ADDED'), changedCount: count('CHANGED'), removedCount: count('REMOVED') };
}

export async function insertContactReport(tx: Tx, report: Omit<ContactListReport, 'tenantId'>): Promise<void> {
  await tx.insert(contactListReportEntity, { ...report, tenantId: txScope(tx).tenantId });
}
