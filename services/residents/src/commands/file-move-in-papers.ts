import { refuseAll } from '@steward/core';
import type { Tx } from '@steward/db';
import { moveInPapersFiled } from '@steward/events';
import { publish, saveAggregate } from '@steward/service-kit';

import { moveInAggregate } from '../db/move-in-aggregates.ts';
import { insertMoveInPapers, paperKindsOf } from '../db/move-in-queries.ts';
import { paperGaps, requiredPapers } from '../domain/move-in-rules.ts';
import type { FileMoveInPapersInput } from '../graphql/generated.ts';
import { filePapers } from './file-papers.ts';
import { lockMoveIn, paperFigures } from './lock-move-in.ts';

export async function fileMoveInPapers(tx: Tx, input: FileMoveInPapersInput): Promise<{ id: string }> {
  const moveIn = await lockMoveIn(tx, input, 'fileMoveInPapers');
  if (input.papers.length === 0) refuseAll([{ path: 'input.papers', reason: 'PAPERS_REQUIRED', rule: 'A050' }]);
  const filing = { action: 'fileMoveInPapers', rule: 'A007', path: 'input.papers' };
  const documentIds = await filePapers(tx, moveIn.householdId, input.papers, filing);
  const papers = input.papers.map(({ kindCode }, index) => ({ kindCode, documentId: documentIds[index] as string }));
  await insertMoveInPapers(tx, moveIn.id, papers);
  const saved = await saveAggregate(tx, moveInAggregate, moveIn, moveIn, { action: 'fileMoveInPapers', rule: 'A063' });
  const required = requiredPapers(moveIn.applicantKind, await paperFigures(tx, moveIn.communityId));
  const gaps = paperGaps(required, await paperKindsOf(tx, moveIn.id));
  const missingKindCodes = gaps.map(({ params }) => String(params?.['kindCode']));
  const kindCodes = papers.map(({ kindCode }) => kindCode);
  publish(tx, saved, moveInPapersFiled, { moveInId: moveIn.id, kindCodes, missingKindCodes });
  return { id: moveIn.id };
}
