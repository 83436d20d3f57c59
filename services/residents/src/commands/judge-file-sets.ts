import { rows, txScope, type Tx } from '@steward/db';
import { judgeActions, resolvePolicy, type JudgedAction } from '@steward/service-kit';

import { loadHouseholdFiles } from '../db/household-file-queries.ts';
import { holdsToday } from '../db/visible-queries.ts';
import { fileSetsPolicy } from '../domain/file-set-policy.ts';
import { endInspection, isReading, judgeFileSet, type FileSetJudgement } from '../domain/file-set-rules.ts';
import type { FileInspection, FileSet } from '../domain/file-set.ts';
import { householdFilePolicy } from '../domain/household-file-policy.ts';
import { judgeFile } from '../domain/household-file-rules.ts';

/** Reading: what a set must hold in its community, and what is missing. */
export async function judgeSet(
  tx: Tx,
  { kind, communityId }: Pick<FileSet, 'kind' | 'communityId'>,
  filed: readonly string[],
): Promise<FileSetJudgement> {
  return judgeFileSet((await resolvePolicy(tx, fileSetsPolicy, communityId))[kind], filed);
}

export const fileSetActions: JudgedAction[] = judgeActions(['fileSetDocument']);

export const judgeInspectionActions = (inspection: FileInspection): JudgedAction[] =>
  judgeActions(['endFileInspection'], () => void endInspection(inspection, '', inspection.validTo));

export { isReading };

export type UnitFileCompleteness = {
  usage: 'RESIDENTIAL' | 'SHOP' | 'OFFICE' | 'PARKING' | 'STORAGE';
  householdCount: number;
  completeCount: number;
};

/** Reading: how many households of each kind of unit have a complete file today (B016). */
export async function completenessByUsage(tx: Tx, communityId: string): Promise<UnitFileCompleteness[]> {
  const held = await rows<{ householdId: string; usage: UnitFileCompleteness['usage'] }>(
    tx,
    `select distinct t.household_id as "householdId", u.usage
       from household_holding t join place u on u.id = t.unit_id join community c on c.id = u.community_id
      where u.community_id = $1 and ${holdsToday('t', '$2')}`,
    [communityId, txScope(tx).now],
  );
  const files = await loadHouseholdFiles(tx, householdFilePolicy, [...new Set(held.map((one) => one.householdId))]);
  const isComplete = (id: string): boolean => {
    const contents = files.get(id);
    return contents !== undefined && judgeFile(contents).isComplete;
  };
  return [...Map.groupBy(held, ({ usage }) => usage)]
    .map(([usage, of]) => ({
      usage,
      householdCount: of.length,
      completeCount: of.filter(({ householdId }) => isComplete(householdId)).length,
    }))
    .toSorted((a, b) => a.usage.localeCompare(b.usage));
}
