import { refuseAll, type Violation } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { decorationDocumentFiled } from '@steward/events';
import { lockAuthorized, publish, saveAggregate } from '@steward/service-kit';

import { decorationAggregate } from '../db/decoration-aggregates.ts';
import { insertDocuments } from '../db/decoration-queries.ts';
import { applicantPapers, decorationDocumentKinds } from '../domain/decoration-policy.ts';
import { decorationProcedure } from '../domain/decoration-transition-rules.ts';
import type { FileDecorationDocumentInput } from '../graphql/generated.ts';
import { filePapers } from './file-papers.ts';

const rule = 'A083';
const copied: readonly string[] = applicantPapers.AGENT;

/** The agent's papers are copied, not only seen. */
function documentViolations({ kindCode, fileId }: FileDecorationDocumentInput): Violation[] {
  const params = { code: kindCode };
  if (!decorationDocumentKinds.includes(kindCode))
    return [{ path: 'input.kindCode', reason: 'DOCUMENT_KIND_UNKNOWN', rule, params }];
  return copied.includes(kindCode) && fileId == null
    ? [{ path: 'input.fileId', reason: 'SCAN_REQUIRED', rule, params }]
    : [];
}

/** Puts a paper to the application and into the household's one file. */
export async function fileDecorationDocument(tx: Tx, input: FileDecorationDocumentInput): Promise<{ id: string }> {
  const { kindCode, fileId = null } = input;
  const decoration = await lockAuthorized(tx, decorationAggregate, input);
  decorationProcedure.requireAction(decoration, 'fileDecorationDocument');
  refuseAll(documentViolations(input));
  const receivedAt = input.receivedAt ?? txScope(tx).now;
  const filing = { action: 'fileDecorationDocument', rule, path: 'input.fileId' };
  await filePapers(tx, decoration.householdId, [{ kindCode, fileId, receivedAt }], filing);
  await insertDocuments(tx, decoration.id, kindCode, [fileId], receivedAt);
  const note = { action: 'fileDecorationDocument', reasonCode: kindCode, rule };
  const saved = await saveAggregate(tx, decorationAggregate, decoration, decoration, note);
  publish(tx, saved, decorationDocumentFiled, { decorationId: saved.id, documentKindCode: kindCode });
  return { id: saved.id };
}
