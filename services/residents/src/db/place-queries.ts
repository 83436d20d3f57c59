import type { Tx } from '@steward/db';
import type { Order } from '@steward/service-kit';
import type { SelectQueryBuilder } from 'typeorm';

import type { Place } from '../domain/place.ts';
import type { PlaceFilter, PlaceOrder } from '../graphql/generated.ts';
import { placeEntity } from './entities.ts';

export const placeOrders: Record<PlaceOrder, Order> = { NUMBER: { property: 'number', direction: 'ASC' } };

/** Places of the communities; null: of all. */
export function placeQuery(tx: Tx, filter: PlaceFilter, communities: string[] | null): SelectQueryBuilder<Place> {
  const query = tx.createQueryBuilder(placeEntity, 'p');
  if (communities !== null) query.andWhere('p.community_id = any(:communities)', { communities });
  if (filter.communityId != null) query.andWhere('p.community_id = :communityId', { communityId: filter.communityId });
  if (filter.kind != null) query.andWhere('p.kind = any(:kind)', { kind: filter.kind });
  if (filter.usage != null) query.andWhere('p.usage = any(:usage)', { usage: filter.usage });
  if (filter.parentId != null) query.andWhere('p.parent_id = :parentId', { parentId: filter.parentId });
  if (filter.isTopLevel != null) query.andWhere(`p.parent_id is ${filter.isTopLevel ? '' : 'not '}null`);
  if (filter.path != null) query.andWhere('p.number = :path', { path: filter.path });
  if (filter.belowPath != null) {
    // `0` is the character after `/`: all that is below a path lies between the two.
    const range = { after: `${filter.belowPath}/`, before: `${filter.belowPath}0` };
    query.andWhere('p.number > :after and p.number < :before', range);
  }
  return query;
}

/** Places of a community by path, and places of the company by id, for the recognition of rows. */
export const findPlaces = (tx: Tx, communityId: string, paths: string[], ids: string[]): Promise<Place[]> =>
  tx
    .createQueryBuilder(placeEntity, 'p')
    .where('p.community_id = :communityId and p.number = any(:paths)', { communityId, paths })
    .orWhere('p.id = any(:ids)', { ids })
    .getMany();
