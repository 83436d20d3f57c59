import { byId, listBy, type Context } from '@steward/service-kit';

import type { ContactEntry, ContactListReport } from '../domain/contact-list.ts';
import { contactListEntity } from './contact-list-entities.ts';

const entriesOf = `
  select id, tenant_id as "tenantId", contact_list_id as "contactListId", party, duty, name_sealed as "nameSealed",
         name_masked as "nameMasked", phone_sealed as "phoneSealed", phone_masked as "phoneMasked",
         removed_at as "removedAt"
    from contact_entry where contact_list_id = any($1::uuid[]) and removed_at is null order by party, id`;

const reportsOf = `
  select id, tenant_id as "tenantId", contact_list_id as "contactListId", period, starts_on as "startsOn",
         issued_at as "issuedAt", added_count as "addedCount", changed_count as "changedCount",
         removed_count as "removedCount"
    from contact_list_report where contact_list_id = any($1::uuid[]) order by issued_at desc, id desc`;

export const contactListLoaders = (ctx: Context) => ({
  contactList: byId(ctx, contactListEntity),
  contactEntries: listBy<ContactEntry>(ctx, entriesOf, ({ contactListId }) => contactListId),
  contactReports: listBy<ContactListReport>(ctx, reportsOf, ({ contactListId }) => contactListId),
});
