import { byId, deadlineLoader, listBy, type Context } from '@steward/service-kit';

import type { StaffMeasureProposal, WorkOrderSampleEntry } from '../domain/review.ts';
import type { WorkOrderCode } from '../domain/work-order-catalog.ts';
import { paidServiceEntity, workOrderMonthlyReportEntity, workOrderSampleEntity } from './review-entities.ts';

const ordersOfSample = `
  select id, tenant_id as "tenantId", sample_id as "sampleId", work_order_id as "workOrderId", visited_at as "visitedAt",
         rating, note_sealed as "noteSealed"
    from work_order_sample_entry where sample_id = any($1::uuid[]) order by work_order_id`;

const proposalsOfReport = `
  select id, tenant_id as "tenantId", report_id as "reportId", staff_id as "staffId", measure,
         reason_sealed as "reasonSealed", proposed_at as "proposedAt"
    from staff_measure_proposal where report_id = any($1::uuid[]) order by proposed_at, id`;

const codesOfCommunity = `
  select id, tenant_id as "tenantId", community_id as "communityId", number, version, created_at as "createdAt", kind,
         name_zh as "nameZh", name_en as "nameEn", trade_code as "tradeCode", department_code as "departmentCode",
         return_visit_kind as "returnVisitKind", is_emergency as "isEmergency", retired_at as "retiredAt"
    from work_order_code where community_id = any($1::uuid[]) order by number`;

/** Loaders of samples, reports, catalogues and deadlines; one read per kind and request. */
export const reviewLoaders = (ctx: Context) => ({
  sample: byId(ctx, workOrderSampleEntity),
  monthlyReport: byId(ctx, workOrderMonthlyReportEntity),
  paidService: byId(ctx, paidServiceEntity),
  ordersOfSample: listBy<WorkOrderSampleEntry>(ctx, ordersOfSample, ({ sampleId }) => sampleId),
  proposalsOfReport: listBy<StaffMeasureProposal>(ctx, proposalsOfReport, ({ reportId }) => reportId),
  codesOfCommunity: listBy<WorkOrderCode>(ctx, codesOfCommunity, ({ communityId }) => communityId),
  deadlines: deadlineLoader(ctx),
});

/** What resolvers of this part need of a request. */
export type ReviewContext = Context<ReturnType<typeof reviewLoaders>>;
