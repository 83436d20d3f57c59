import { DomainError, localDate } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import type { Order } from '@steward/service-kit';
import type { SelectQueryBuilder } from 'typeorm';

import type { Community } from '../domain/community.ts';
import type { CommunityFilter, CommunityOrder } from '../graphql/generated.ts';
import { communityEntity, companyEntity } from './entities.ts';

export const communityOrders: Record<CommunityOrder, Order> = { NUMBER: { property: 'number', direction: 'ASC' } };

/** Communities among the given ones; null: of all. */
export function communityQuery(tx: Tx, filter: CommunityFilter, among: string[] | null): SelectQueryBuilder<Community> {
  const query = tx.createQueryBuilder(communityEntity, 'c');
  if (among !== null) query.andWhere('c.id = any(:among)', { among });
  if (filter.number != null) query.andWhere('c.number = :number', { number: filter.number });
  if (filter.status != null) query.andWhere('c.status = any(:status)', { status: filter.status });
  return query;
}

/** All communities among the given ones, by code. */
export const findCommunities = (tx: Tx, among: string[] | null): Promise<Community[]> =>
  communityQuery(tx, {}, among).orderBy('c.number').getMany();

export const findCommunity = (tx: Tx, id: string): Promise<Community | null> => tx.findOneBy(communityEntity, { id });

/** A community that must be there; NOT_FOUND otherwise. */
export async function loadCommunity(tx: Tx, id: string): Promise<Community> {
  const community = await findCommunity(tx, id);
  if (community === null) throw new DomainError('NOT_FOUND', 'NOT_FOUND', { params: { type: 'Community' } });
  return community;
}

/** The community in which somebody or something is entered; null unless it is under management. */
export async function findManagedCommunity(tx: Tx, id: string): Promise<Community | null> {
  const community = await findCommunity(tx, id);
  return community?.status === 'ACTIVE' ? community : null;
}

/** The day it is in a community. */
export const todayIn = (tx: Tx, { timeZone }: Community): string => localDate(txScope(tx).now, timeZone);

export const isCompanyKnown = (tx: Tx): Promise<boolean> => tx.existsBy(companyEntity, { id: txScope(tx).tenantId });

/** Communities that have the code or the id. */
export const findCommunitiesLike = (tx: Tx, like: { id: string; number: string }): Promise<Community[]> =>
  tx.find(communityEntity, { where: [{ number: like.number }, { id: like.id }] });

/** The time zones of communities by id. */
export async function zonesOf(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const found = await tx.createQueryBuilder(communityEntity, 'c').where('c.id = any(:ids)', { ids }).getMany();
  return new Map(found.map(({ id, timeZone }) => [id, timeZone]));
}
