import type { HouseholdFileContents } from '../db/household-file-queries.ts';
import { judgeFile, type FileJudgement } from '../domain/household-file-rules.ts';

export type JudgedFile = FileJudgement & Pick<HouseholdFileContents, 'documents'>;

/** A household's file with what is missing in it today. */
export const judgeHouseholdFile = (contents: HouseholdFileContents): JudgedFile => ({
  documents: contents.documents,
  ...judgeFile(contents),
});
