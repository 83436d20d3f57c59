import { byId, checklistColumns, listBy, loader, type ChecklistRow, type Context } from '@steward/service-kit';

import type { DecorationPhoto } from '../domain/decoration-violation.ts';
import type {
  DecorationAcknowledgement,
  DecorationCompletionCheck,
  DecorationDocument,
  DecorationPapers,
} from '../domain/decoration.ts';
import {
  decorationEntity,
  decorationInspectionEntity,
  decorationTermsEntity,
  decorationViolationEntity,
} from './decoration-entities.ts';
import { papersOf } from './decoration-queries.ts';

const documentsOf = `
  select id, tenant_id as "tenantId", decoration_id as "decorationId", kind_code as "kindCode", file_id as "fileId",
         received_at as "receivedAt"
    from decoration_document where decoration_id = any($1::uuid[]) order by received_at, id`;

const acknowledgementsOf = `
  select id, tenant_id as "tenantId", decoration_id as "decorationId", party, terms_id as "termsId",
         acknowledged_at as "acknowledgedAt"
    from decoration_acknowledgement where decoration_id = any($1::uuid[]) order by acknowledged_at, id`;

const checksOf = `
  select id, tenant_id as "tenantId", decoration_id as "decorationId", checked_at as "checkedAt",
         checked_by as "checkedBy", is_passed as "isPassed", findings_sealed as "findingsSealed"
    from decoration_completion_check where decoration_id = any($1::uuid[]) order by checked_at, id`;

const photosAbout = `
  select id, tenant_id as "tenantId", about_id as "aboutId", file_id as "fileId"
    from decoration_photo where about_id = any($1::uuid[]) order by id`;

const checklistOf = `
  select ${checklistColumns} from checklist_item where aggregate_id = any($1::uuid[]) order by code`;

const ofDecoration = ({ decorationId }: { decorationId: string }): string => decorationId;

/** Loaders of decorations; one read per kind and request. */
export const decorationLoaders = (ctx: Context) => ({
  decoration: byId(ctx, decorationEntity),
  decorationTerms: byId(ctx, decorationTermsEntity),
  decorationInspection: byId(ctx, decorationInspectionEntity),
  decorationViolation: byId(ctx, decorationViolationEntity),
  decorationPapers: loader<string, DecorationPapers>(ctx, async (tx, ids) => {
    const papers = await papersOf(tx, ids);
    return ids.map((id) => papers.get(id) ?? null);
  }),
  decorationDocuments: listBy<DecorationDocument>(ctx, documentsOf, ofDecoration),
  decorationAcknowledgements: listBy<DecorationAcknowledgement>(ctx, acknowledgementsOf, ofDecoration),
  decorationChecks: listBy<DecorationCompletionCheck>(ctx, checksOf, ofDecoration),
  decorationPhotos: listBy<DecorationPhoto>(ctx, photosAbout, ({ aboutId }) => aboutId),
  decorationChecklist: listBy<ChecklistRow>(ctx, checklistOf, ({ aggregateId }) => aggregateId),
});
