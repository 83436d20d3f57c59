import { DomainError } from '@steward/core';
import { column, defineEntity, rows, tenantTableSql, type Tx } from '@steward/db';
import { communityRegistered, communityUpdated, subscribe, type Handler, type StewardEvent } from '@steward/events';

/** What a service keeps of a community of residents, in a table of its own. */
export type CommunityReference = {
  id: string;
  tenantId: string;
  timeZone: string;
  currency: string;
  status: 'ACTIVE' | 'LEFT';
};

/** For a migration of the service; never edited, because migrations that contain it have run. */
export const communityReferenceSql = `
create table community_reference (
  id uuid primary key,
  tenant_id uuid not null,
  time_zone text not null,
  currency text not null,
  status text not null check (status in ('ACTIVE', 'LEFT')),
  unique (tenant_id, id)
);
${tenantTableSql('community_reference')}`;

export const communityReferenceEntity = defineEntity<CommunityReference>({
  name: 'CommunityReference',
  table: 'community_reference',
  columns: {
    id: column.id(),
    tenantId: column.uuid(),
    timeZone: column.text(),
    currency: column.text(),
    status: column.text(),
  },
});

type CommunityData = ReturnType<(typeof communityRegistered)['data']['parse']>;

/** Reaction: keeps a community as residents last told of it. */
export async function keepCommunity(tx: Tx, event: StewardEvent<CommunityData>): Promise<void> {
  const { communityId, timeZone, currency, status } = event.data;
  const reference = { id: communityId, tenantId: event.tenantid, timeZone, currency, status };
  await tx.upsert(communityReferenceEntity, reference, { conflictPaths: ['id'] });
}

/**
 * Handlers that keep the table; `keep` replaces the reaction of a service that does more with the fact, which calls
 * `keepCommunity` first.
 */
export const communityHandlers = (keep: typeof keepCommunity = keepCommunity): Handler[] => [
  subscribe(communityRegistered, 'keep-community', keep),
  subscribe(communityUpdated, 'keep-community', keep),
];

/** A community as residents told of it; null if it did not. */
export const findCommunityReference = (tx: Tx, id: string): Promise<CommunityReference | null> =>
  tx.findOneBy(communityReferenceEntity, { id });

/** The community that a timer is of; null once it is managed no more, and there is nothing left to do. */
export async function communityOfTimer(
  tx: Tx,
  due: { communityId: string | null },
): Promise<CommunityReference | null> {
  const found = await findCommunityReference(tx, due.communityId ?? '');
  return found?.status === 'ACTIVE' ? found : null;
}

/** The community that something new is for; COMMUNITY_UNKNOWN unless it is known and under management. */
export async function managedCommunity(tx: Tx, id: string, path = 'input.communityId'): Promise<CommunityReference> {
  const found = await findCommunityReference(tx, id);
  if (found?.status !== 'ACTIVE') throw new DomainError('BAD_USER_INPUT', 'COMMUNITY_UNKNOWN', { path });
  return found;
}

/** The zone of a community that a query names; NOT_FOUND unless it is known, as for what the viewer may not see. */
export async function zoneOfNamed(tx: Tx, id: string, path = 'communityId'): Promise<string> {
  const found = await findCommunityReference(tx, id);
  if (found === null) throw new DomainError('NOT_FOUND', 'NOT_FOUND', { path });
  return found.timeZone;
}

/** The zone of a community that has aggregates here, managed or not. */
export async function zoneOf(tx: Tx, id: string): Promise<string> {
  const zone = (await zonesOfCommunities(tx, [id])).get(id);
  if (zone === undefined) throw new Error('an aggregate belongs to a community that is not known');
  return zone;
}

/** The zones of communities by id; the `zonesOf` of a service with this projection. */
export async function zonesOfCommunities(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const found = await rows<{ id: string; timeZone: string }>(
    tx,
    `select id, time_zone as "timeZone" from community_reference where id = any($1)`,
    [ids],
  );
  return new Map(found.map(({ id, timeZone }) => [id, timeZone]));
}
