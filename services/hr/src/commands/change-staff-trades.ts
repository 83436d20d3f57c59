import type { Tx } from '@steward/db';
import { staffTradesChanged } from '@steward/events';
import { authorize, lockAggregate, publish, saveAggregate } from '@steward/service-kit';

import { staffAggregate } from '../db/aggregates.ts';
import { loadDirectory } from '../db/directory-queries.ts';
import { findPosts } from '../db/staff-queries.ts';
import { loadStaffSubject } from '../db/staff-subject-queries.ts';
import { tradesFact } from '../domain/staff-facts.ts';
import { changeTrades } from '../domain/staff-rules.ts';
import type { ChangeStaffTradesInput } from '../graphql/generated.ts';

export async function changeStaffTrades(tx: Tx, input: ChangeStaffTradesInput): Promise<{ id: string }> {
  const staff = await lockAggregate(tx, staffAggregate, input.id, input.expectedVersion);
  await authorize(tx, await loadStaffSubject(tx, staff));
  const posts = await findPosts(tx, staff.id);
  const { trades } = await loadDirectory(tx, [staff.communityId, ...posts.map(({ communityId }) => communityId)]);
  const changed = changeTrades(staff, input.tradeCodes, trades);
  const saved = await saveAggregate(tx, staffAggregate, staff, changed, { action: 'changeStaffTrades' });
  publish(tx, saved, staffTradesChanged, tradesFact(saved));
  return { id: staff.id };
}
