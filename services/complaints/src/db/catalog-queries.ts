import { rows, type Tx } from '@steward/db';

import type { Catalog, CodeKind, ComplaintCode } from '../domain/complaint-catalog.ts';
import { complaintCodeEntity } from './analysis-entities.ts';

/** The codes that a community added, retired ones included. */
export const addedCodes = (tx: Tx, communityId: string): Promise<ComplaintCode[]> =>
  tx
    .createQueryBuilder(complaintCodeEntity, 'c')
    .where('c.communityId = :communityId', { communityId })
    .orderBy('c.number')
    .getMany();

export const lockCode = (
  tx: Tx,
  key: { communityId: string; kind: CodeKind; code: string },
): Promise<ComplaintCode | null> =>
  tx
    .createQueryBuilder(complaintCodeEntity, 'c')
    .setLock('pessimistic_write')
    .where('c.communityId = :communityId and c.kind = :kind and c.number = :code', key)
    .getOne();

/** Departments that work in a community, by hr's posts and by the categories they are in charge of. */
export async function departmentsOf(tx: Tx, communityId: string, catalog: Catalog): Promise<Set<string>> {
  const staffed = await rows<{ code: string }>(
    tx,
    'select distinct department_code as code from staff_post_reference where community_id = $1',
    [communityId],
  );
  const ofCategories = [...catalog.categories.values()].map(({ departmentCode }) => departmentCode);
  return new Set([...ofCategories, ...staffed.map(({ code }) => code)]);
}
