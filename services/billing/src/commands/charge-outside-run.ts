import type { Tx } from '@steward/db';
import { resolvePolicy } from '@steward/service-kit';

import { lockLines } from '../db/charge-run-queries.ts';
import { giveWay } from '../db/holder-change-queries.ts';
import { freshLines, type FreshLine } from '../db/period-fee-queries.ts';
import { chargesPolicy } from '../domain/charges-policy.ts';
import type { Cause } from '../domain/charge.ts';
import type { Days } from '../domain/proration-rules.ts';
import { makeLines } from './make-lines.ts';
import type { ChargeDraft } from './raise-charge.ts';

type Asked = { communityId: string; unitIds: readonly string[]; codes: readonly string[]; period: Days };

/** Lines of units outside a run, of what was not charged yet; a run counts them as charged. */
export async function linesOutsideRun(
  tx: Tx,
  { communityId, unitIds, codes: chargeTypeCodes, period }: Asked,
): Promise<FreshLine[]> {
  await lockLines(tx, communityId);
  await giveWay(tx, { communityId, unitIds, codes: chargeTypeCodes, period });
  const step = { communityId, runId: null, chunk: 0, unitIds, chargeTypeCodes, period, lineCount: 0 };
  await makeLines(tx, step, await resolvePolicy(tx, chargesPolicy, communityId));
  return freshLines(tx, unitIds);
}

/** The charge of such a line, under the same id. */
export const draftOfLine = (line: FreshLine, communityId: string, cause: Cause, dueOn: string | null): ChargeDraft => ({
  ...line,
  communityId,
  cause,
  dueOn,
});
