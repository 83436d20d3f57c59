import { txScope, type Tx } from '@steward/db';
import { resolvePolicy, schedule, type DueTimer } from '@steward/service-kit';

import { casesWithoutDebt } from '../db/dunning-queries.ts';
import { todayIn } from '../db/reference-queries.ts';
import { dunningPolicy } from '../domain/counter-policy.ts';
import { overdueSince } from '../domain/dunning-rules.ts';
import { dunningEndTimer } from './debt-timers.ts';
import { settleDunningIfPaid } from './dunning-debt.ts';

/** Cases that are looked at in one transaction. */
const casesAtOnce = 200;

/** Has the dunning end of everybody in a community who owes nothing overdue any more, after this transaction. */
export const scheduleDunningEnd = (tx: Tx, communityId: string, after: string | null = null): Promise<string> =>
  schedule(tx, { kind: dunningEndTimer, communityId, dueAt: txScope(tx).now, payload: { after } });

/** Timer: ends it, of many in steps. */
export async function endDunning(tx: Tx, due: DueTimer<{ after: string | null }>): Promise<void> {
  const communityId = due.communityId ?? '';
  const figures = await resolvePolicy(tx, dunningPolicy, communityId);
  const place = { communityId, dueUntil: overdueSince(await todayIn(tx, communityId), figures) };
  const cases = await casesWithoutDebt(tx, place, due.payload.after, casesAtOnce);
  for (const { billingAccountId } of cases) await settleDunningIfPaid(tx, communityId, billingAccountId);
  const last = cases.at(-1);
  if (last !== undefined && cases.length === casesAtOnce) await scheduleDunningEnd(tx, communityId, last.id);
}
