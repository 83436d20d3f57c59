import { newId } from '@steward/core';
import { txScope, type Tx } from '@steward/db';

import type { StaffMeasureProposal } from '../domain/review.ts';
import { staffMeasureProposalEntity, workOrderMonthlyReportEntity } from './review-entities.ts';

/** Whether the month's report was issued already. */
export const isIssued = (tx: Tx, communityId: string, month: string): Promise<boolean> =>
  tx
    .createQueryBuilder(workOrderMonthlyReportEntity, 'r')
    .where('r.communityId = :communityId and r.month = :month', { communityId, month })
    .getExists();

type NewProposal = Omit<StaffMeasureProposal, 'id' | 'tenantId' | 'proposedAt'>;

export async function insertProposal(tx: Tx, proposal: NewProposal): Promise<string> {
  const { tenantId, now } = txScope(tx);
  const id = newId();
  await tx.insert(staffMeasureProposalEntity, { ...proposal, id, tenantId, proposedAt: now });
  return id;
}
