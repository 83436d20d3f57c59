import { byId, listBy, type Context } from '@steward/service-kit';

import type { RegistrationDocument } from '../domain/resident-registration.ts';
import { escortedAccessEntity, mailItemEntity, residentRegistrationEntity } from './register-entities.ts';

const documents = `
  select id, tenant_id as "tenantId", registration_id as "registrationId", kind_code as "kindCode",
         file_id as "fileId", received_at as "receivedAt"
    from registration_document where registration_id = any($1::uuid[]) order by received_at, id`;

/** The front desk's registers; one read per kind and request. */
export const registerLoaders = (ctx: Context) => ({
  mailItem: byId(ctx, mailItemEntity),
  residentRegistration: byId(ctx, residentRegistrationEntity),
  escortedAccess: byId(ctx, escortedAccessEntity),
  documentsOfRegistration: listBy<RegistrationDocument>(ctx, documents, ({ registrationId }) => registrationId),
});
