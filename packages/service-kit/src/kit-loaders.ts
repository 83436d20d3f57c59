import { fileViews, type FileView } from '@steward/files';
import type DataLoader from 'dataloader';

import { approvalColumns, type ApprovalRow } from './approvals.ts';
import type { Context } from './context.ts';
import { deadlineColumns, type DeadlineRow } from './deadline-rows.ts';
import { listBy, loader } from './loaders.ts';
import { returnVisitColumns, type ReturnVisitRow } from './return-visits.ts';
import { signatureColumns, type SignatureRow } from './signatures.ts';

/** Rows of the kit by the aggregate they belong to. */
const byAggregate =
  <Row extends { aggregateId: string }>(table: string, columns: string, order: string) =>
  (ctx: Context): DataLoader<string, Row[]> => {
    const sql = `select ${columns} from ${table} where aggregate_id = any($1::uuid[]) order by ${order}`;
    return listBy<Row>(ctx, sql, ({ aggregateId }) => aggregateId);
  };

export const deadlineLoader = byAggregate<DeadlineRow>('deadline', deadlineColumns, 'started_at, id');
export const approvalLoader = byAggregate<ApprovalRow>('approval', approvalColumns, 'requested_at, id');
export const signatureLoader = byAggregate<SignatureRow>('signature', signatureColumns, 'signed_at, id');
/** The last first. */
export const returnVisitLoader = byAggregate<ReturnVisitRow>(
  'return_visit',
  returnVisitColumns,
  'visited_at desc, id desc',
);

/** Files by id, each with a fresh url; who may see one is judged by the aggregate that holds it. */
export const fileLoader = (ctx: Context): DataLoader<string, FileView | null> =>
  loader<string, FileView>(ctx, async (tx, ids) => {
    const found = await fileViews(tx, ids);
    return ids.map((id) => found.get(id) ?? null);
  });
