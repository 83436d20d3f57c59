import type { Tx } from '@steward/db';
import { lockAuthorized, seal } from '@steward/service-kit';

import { complaintAggregate } from '../db/aggregates.ts';
import { formsOf } from '../db/complaint-queries.ts';
import { requireReason } from '../domain/after-handling-rules.ts';
import { reorder } from '../domain/handling-rules.ts';
import type { ReorderComplaintDepartmentInput } from '../graphql/generated.ts';
import { handleAgain } from './handle-again.ts';

export async function reorderComplaintDepartment(
  tx: Tx,
  input: ReorderComplaintDepartmentInput,
): Promise<{ id: string }> {
  const complaint = await lockAuthorized(tx, complaintAggregate, input);
  const form = (await formsOf(tx, complaint.id)).find(({ id }) => id === input.formId) ?? null;
  const reordered = reorder(complaint, form);
  requireReason(input.reason, 'A036');
  const saved = await handleAgain(tx, complaint, reordered, {
    cause: 'DEPARTMENT',
    note: { action: 'reorderComplaintDepartment', reasonCode: form?.departmentCode ?? null, rule: 'A036' },
    forms: form === null ? [] : [form],
    contentSealed: seal(tx, input.reason.trim()),
  });
  return { id: saved.id };
}
