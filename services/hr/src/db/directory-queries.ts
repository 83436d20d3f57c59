import type { Tx } from '@steward/db';
import { communityReferenceEntity } from '@steward/service-kit';

import type { Directory } from '../domain/post-rules.ts';
import { departmentEntity, teamEntity, tradeReferenceEntity } from './entities.ts';
import { catalogue } from './position-queries.ts';

/** Everything that the codes of posts in these communities can refer to, in five statements. */
export async function loadDirectory(tx: Tx, communityIds: readonly string[]): Promise<Directory> {
  const ids = [...communityIds];
  const communities = await tx
    .createQueryBuilder(communityReferenceEntity, 'c')
    .where('c.id = any(:ids)', { ids })
    .getMany();
  const departments = await tx.createQueryBuilder(departmentEntity, 'd').getMany();
  const teams = await tx.createQueryBuilder(teamEntity, 't').where('t.communityId = any(:ids)', { ids }).getMany();
  const trades = await tx
    .createQueryBuilder(tradeReferenceEntity, 't')
    .where('t.communityId = any(:ids)', { ids })
    .getMany();
  return { communities, departments, teams, trades, positions: await catalogue(tx) };
}
