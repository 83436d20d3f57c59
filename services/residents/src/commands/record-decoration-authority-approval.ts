import { refuseAll, type Violation } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { decorationAuthorityApproved } from '@steward/events';
import { lockAuthorized, publish, saveAggregate } from '@steward/service-kit';

import { loadCommunity, todayIn } from '../db/community-queries.ts';
import { decorationAggregate } from '../db/decoration-aggregates.ts';
import { insertDocuments } from '../db/decoration-queries.ts';
import { authorityKind } from '../domain/decoration-policy.ts';
import { decorationProcedure } from '../domain/decoration-transition-rules.ts';
import { textViolations } from '../domain/text-rules.ts';
import type { RecordDecorationAuthorityApprovalInput } from '../graphql/generated.ts';
import { filePapers } from './file-papers.ts';

const rule = 'A085';
const action = 'recordDecorationAuthorityApproval';

/** Keeps the authority's approval paper: its number, the authority, the day and the scan (A085, A088). */
export async function recordDecorationAuthorityApproval(
  tx: Tx,
  input: RecordDecorationAuthorityApprovalInput,
): Promise<{ id: string }> {
  const { approvalNumber, authorityName, approvedOn, fileId } = input;
  const { now } = txScope(tx);
  const decoration = await lockAuthorized(tx, decorationAggregate, input);
  decorationProcedure.requireAction(decoration, action);
  const community = await loadCommunity(tx, decoration.communityId);
  const violations: Violation[] = [
    ...textViolations(approvalNumber, 'input.approvalNumber'),
    ...textViolations(authorityName, 'input.authorityName'),
  ].map((violation) => ({ ...violation, rule }));
  if (approvedOn > todayIn(tx, community)) violations.push({ path: 'input.approvedOn', reason: 'IN_THE_FUTURE', rule });
  refuseAll(violations);
  const paper = { kindCode: authorityKind, fileId, receivedAt: now };
  await filePapers(tx, decoration.householdId, [paper], { action, rule, path: 'input.fileId' });
  await insertDocuments(tx, decoration.id, authorityKind, [fileId], now);
  const approved = {
    ...decoration,
    authorityApprovalNumber: approvalNumber.trim(),
    authorityName: authorityName.trim(),
    authorityApprovedOn: approvedOn,
  };
  const saved = await saveAggregate(tx, decorationAggregate, decoration, approved, { action, rule });
  publish(tx, saved, decorationAuthorityApproved, { decorationId: saved.id, approvedOn });
  return { id: saved.id };
}
