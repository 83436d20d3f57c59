import {
  byId,
  communityReferenceEntity,
  fileLoader,
  listBy,
  pagesByParent,
  returnVisitLoader,
  signatureLoader,
  type Context,
} from '@steward/service-kit';

import type { WorkOrderQuote } from '../domain/quote-rules.ts';
import type { WorkOrderSigner } from '../domain/signing-rules.ts';
import type {
  WorkOrder,
  WorkOrderDispatchSlipPrint,
  WorkOrderMaterial,
  WorkOrderPhoto,
  WorkOrderRemark,
  WorkOrderWaterTest,
} from '../domain/work-order.ts';
import { actionLoaders, type ActionPolicies } from './action-loaders.ts';
import { placeReferenceEntity } from './reference-entities.ts';
import { reviewLoaders } from './review-loaders.ts';
import { workOrderEntity } from './work-order-entities.ts';

const quotesOf = `
  select id, tenant_id as "tenantId", work_order_id as "workOrderId", state, lines, amount, currency,
         planned_at as "plannedAt", effect_sealed as "effectSealed", quoted_at as "quotedAt", manner,
         decided_at as "decidedAt"
    from work_order_quote where work_order_id = any($1::uuid[]) order by quoted_at desc, id desc`;

const materialsOf = `
  select id, tenant_id as "tenantId", work_order_id as "workOrderId", name, code, quantity::text, unit,
         recorded_at as "recordedAt"
    from work_order_material where work_order_id = any($1::uuid[]) order by recorded_at, id`;

const photosOf = `
  select id, tenant_id as "tenantId", work_order_id as "workOrderId", kind, file_id as "fileId"
    from work_order_photo where work_order_id = any($1::uuid[]) order by id`;

const waterTestsOf = `
  select id, tenant_id as "tenantId", work_order_id as "workOrderId", tested_at as "testedAt", is_passed as "isPassed"
    from work_order_water_test where work_order_id = any($1::uuid[]) order by tested_at desc, id desc`;

const remarksOf = `
  select id, tenant_id as "tenantId", work_order_id as "workOrderId", action, actor_kind as "actorKind",
         actor_id as "actorId", made_at as "madeAt", text_sealed as "textSealed"
    from work_order_remark where work_order_id = any($1::uuid[]) order by made_at desc, id desc`;

const dispatchSlipPrintsOf = `
  select id, tenant_id as "tenantId", work_order_id as "workOrderId", number, dispatch_count as "dispatchCount", copy,
         file_id as "fileId", actor_kind as "actorKind", actor_id as "actorId", printed_at as "printedAt"
    from work_order_dispatch_slip_print where work_order_id = any($1::uuid[]) order by dispatch_count desc, copy desc`;

const signersOf = `
  select id as "signatureId", aggregate_id as "aggregateId", role, person_id as "personId",
         signer_name as "nameSealed", staff_id as "witnessId"
    from signature where aggregate_id = any($1::uuid[]) order by signed_at, id`;

const ofOrder = ({ workOrderId }: { workOrderId: string }): string => workOrderId;
const ofAggregate = ({ aggregateId }: { aggregateId: string }): string => aggregateId;

/** One read per kind and request, however many objects ask. */
export const loaders = (ctx: Context, policies: ActionPolicies) => ({
  ...reviewLoaders(ctx),
  ...actionLoaders(ctx, policies),
  workOrder: byId(ctx, workOrderEntity),
  workOrdersOf: pagesByParent<WorkOrder>(ctx),
  quotes: listBy<WorkOrderQuote>(ctx, quotesOf, ofOrder),
  materials: listBy<WorkOrderMaterial>(ctx, materialsOf, ofOrder),
  photos: listBy<WorkOrderPhoto>(ctx, photosOf, ofOrder),
  waterTests: listBy<WorkOrderWaterTest>(ctx, waterTestsOf, ofOrder),
  remarks: listBy<WorkOrderRemark>(ctx, remarksOf, ofOrder),
  dispatchSlipPrints: listBy<WorkOrderDispatchSlipPrint>(ctx, dispatchSlipPrintsOf, ofOrder),
  signatures: signatureLoader(ctx),
  signers: listBy<WorkOrderSigner & { aggregateId: string }>(ctx, signersOf, ofAggregate),
  returnVisits: returnVisitLoader(ctx),
  placePath: byId(ctx, placeReferenceEntity),
  community: byId(ctx, communityReferenceEntity),
  file: fileLoader(ctx),
});

export type WorkOrderContext = Context<ReturnType<typeof loaders>>;
