import { rows, type Tx } from '@steward/db';

import type { Catalog } from '../domain/work-order-catalog.ts';

/** Departments that work in a community, by hr's posts and by the trades they carry out. */
export async function departmentsOf(tx: Tx, communityId: string, catalog: Catalog): Promise<Set<string>> {
  const staffed = await rows<{ code: string }>(
    tx,
    'select distinct department_code as code from staff_post_reference where community_id = $1',
    [communityId],
  );
  const ofTrades = [...catalog.trades.values()].map(({ departmentCode }) => departmentCode);
  return new Set([...ofTrades, ...staffed.map(({ code }) => code)]);
}
