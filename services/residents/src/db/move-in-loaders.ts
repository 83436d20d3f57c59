import { byId, checklistColumns, listBy, type ChecklistRow, type Context } from '@steward/service-kit';

import type { MoveInDefect, MoveInPaper } from '../domain/move-in.ts';
import { moveInEntity } from './move-in-entities.ts';
import { pagesByParent } from '@steward/service-kit';
import type { MoveIn } from '../domain/move-in.ts';

const papersOf = `
  select p.id, p.tenant_id as "tenantId", p.move_in_id as "moveInId", p.kind_code as "kindCode",
         p.document_id as "documentId", d.file_id as "fileId", d.received_at as "receivedAt"
    from move_in_paper p join household_document d on d.id = p.document_id
   where p.move_in_id = any($1::uuid[]) order by d.received_at, p.id`;

const defectsOf = `
  select id, tenant_id as "tenantId", move_in_id as "moveInId", item_code as "itemCode", trade_code as "tradeCode",
         problem_code as "problemCode", round, note_sealed as "noteSealed", found_at as "foundAt", state,
         work_order_id as "workOrderId", rechecked_at as "recheckedAt"
    from move_in_defect where move_in_id = any($1::uuid[]) order by found_at, id`;

const checksOf = `
  select ${checklistColumns} from checklist_item where aggregate_id = any($1::uuid[]) order by checklist, id`;

export type FiledPaper = MoveInPaper & { fileId: string | null; receivedAt: Date };

/** Reads of move-ins; checks are of any procedure with a form. */
export const moveInLoaders = (ctx: Context) => ({
  moveIn: byId(ctx, moveInEntity),
  moveInsBelow: pagesByParent<MoveIn>(ctx),
  moveInPapers: listBy<FiledPaper>(ctx, papersOf, ({ moveInId }) => moveInId),
  moveInDefects: listBy<MoveInDefect>(ctx, defectsOf, ({ moveInId }) => moveInId),
  checks: listBy<ChecklistRow>(ctx, checksOf, ({ aggregateId }) => aggregateId),
});
