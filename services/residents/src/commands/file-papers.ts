import { newId, refuseAll, type Violation } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { householdFileChanged } from '@steward/events';
import { requireUploaded } from '@steward/files';
import { lockAggregate, publish, saveAggregate } from '@steward/service-kit';

import { householdAggregate } from '../db/aggregates.ts';
import { documentEntity } from '../db/entities.ts';
import { loadHouseholdFiles } from '../db/household-file-queries.ts';
import { documentPurpose, householdFilePolicy } from '../domain/household-file-policy.ts';
import { judgeFile, paperViolations } from '../domain/household-file-rules.ts';

/** A paper that a procedure hands in. */
export type Paper = { kindCode: string; fileId?: string | null; receivedAt?: Date | null };

type Filing = { action: string; rule: string; path: string };

/** Files papers of a procedure into the household's one file (B016); answers their ids in the order of the papers. */
export async function filePapers(
  tx: Tx,
  householdId: string,
  papers: readonly Paper[],
  { action, rule, path }: Filing,
): Promise<string[]> {
  const { now, tenantId } = txScope(tx);
  const filed = papers.map(({ kindCode, fileId = null, receivedAt }) => ({
    id: newId(),
    tenantId,
    householdId,
    kindCode,
    fileId,
    receivedAt: receivedAt ?? now,
  }));
  const violations: Violation[] = filed.flatMap((paper, index) => paperViolations(paper, now, `${path}.${index}`));
  refuseAll(violations);
  const scans = filed.flatMap(({ fileId }) => (fileId === null ? [] : [fileId]));
  await requireUploaded(tx, [...new Set(scans)], documentPurpose, path);
  const household = await lockAggregate(tx, householdAggregate, householdId);
  await tx.createQueryBuilder().insert().into(documentEntity).values(filed).updateEntity(false).execute();
  const saved = await saveAggregate(tx, householdAggregate, household, household, { action, rule });
  const contents = (await loadHouseholdFiles(tx, householdFilePolicy, [householdId])).get(householdId);
  if (contents === undefined) throw new Error('a household that is locked must have a file');
  const { missingKindCodes, isComplete } = judgeFile(contents);
  for (const { kindCode } of filed) {
    const fact = { householdId, documentKindCode: kindCode, missingKindCodes, isComplete };
    publish(tx, saved, householdFileChanged, fact);
  }
  return filed.map(({ id }) => id);
}
