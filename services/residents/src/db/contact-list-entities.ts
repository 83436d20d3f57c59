import { aggregateColumns, column, defineEntity } from '@steward/db';
import { defineAggregate } from '@steward/service-kit';

import type { ContactChange, ContactEntry, ContactList, ContactListReport } from '../domain/contact-list.ts';

const optional = { nullable: true };
const ofList = { id: column.id(), tenantId: column.uuid(), contactListId: column.uuid() };

export const contactListEntity = defineEntity<ContactList>({
  name: 'ContactList',
  table: 'contact_list',
  columns: aggregateColumns,
});

export const contactEntryEntity = defineEntity<ContactEntry>({
  name: 'ContactEntry',
  table: 'contact_entry',
  columns: {
    ...ofList,
    party: column.text(),
    duty: column.text(),
    nameSealed: column.text(),
    nameMasked: column.text(),
    phoneSealed: column.text(),
    phoneMasked: column.text(),
    removedAt: column.instant(optional),
  },
});

type ChangeRow = {
  id: string;
  tenantId: string;
  contactListId: string;
  entryId: string;
  change: ContactChange;
  changedAt: Date;
};

export const contactChangeEntity = defineEntity<ChangeRow>({
  name: 'ContactChange',
  table: 'contact_change',
  columns: { ...ofList, entryId: column.uuid(), change: column.text(), changedAt: column.instant() },
});

export const contactListReportEntity = defineEntity<ContactListReport>({
  name: 'ContactListReport',
  table: 'contact_list_report',
  columns: {
    ...ofList,
    period: column.text(),
    startsOn: column.date(),
    issuedAt: column.instant(),
    addedCount: column.int(),
    changedCount: column.int(),
    removedCount: column.int(),
  },
});

export const contactListEntities = [
  contactListEntity,
  contactEntryEntity,
  contactChangeEntity,
  contactListReportEntity,
];

export const contactListAggregate = defineAggregate<ContactList>({
  type: 'contact-list',
  table: 'contact_list',
  graphqlType: 'ContactList',
  entity: contactListEntity,
  subject: ({ communityId }) => ({ communityId }),
});

export const contactListAggregates = [contactListAggregate];
