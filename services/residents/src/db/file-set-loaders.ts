import { byId, listBy, type Context } from '@steward/service-kit';

import type { FileSetKind } from '../domain/file-set-policy.ts';
import type { FileSetDocument } from '../domain/file-set.ts';
import { fileInspectionEntity, fileSetEntity } from './file-set-entities.ts';

const documentsOf = `
  select id, tenant_id as "tenantId", file_set_id as "fileSetId", kind_code as "kindCode", place_id as "placeId",
         file_id as "fileId", filed_at as "filedAt"
    from file_set_document where file_set_id = any($1::uuid[]) order by filed_at, id`;

const inspectorsOf = `
  select community_id as "communityId", person_id as "personId", file_set_kinds as "fileSetKinds",
         valid_to as "validTo", ended_at as "endedAt"
    from file_inspection where community_id = any($1::uuid[]) and ended_at is null`;

export type Inspector = {
  communityId: string;
  personId: string;
  fileSetKinds: FileSetKind[];
  validTo: Date;
  endedAt: Date | null;
};

export const fileSetLoaders = (ctx: Context) => ({
  fileSet: byId(ctx, fileSetEntity),
  fileInspection: byId(ctx, fileInspectionEntity),
  fileSetDocuments: listBy<FileSetDocument>(ctx, documentsOf, ({ fileSetId }) => fileSetId),
  inspectors: listBy<Inspector>(ctx, inspectorsOf, ({ communityId }) => communityId),
});
