import { rows, type Tx } from '@steward/db';

import { decodeCursor, encodeCursor, pageSize, toConnection, type Connection, type PageArgs } from './connection.ts';
import type { Context } from './context.ts';
import { serviceOf } from './running.ts';

export type NotificationRow = {
  id: string;
  template: string;
  params: Record<string, unknown>;
  /** Of the community it is about; null: of none. */
  zone: string | null;
  aggregateId: string | null;
  createdAt: Date;
};

/** Addressed to the viewer by name, to one of their households, or to a role they hold in one of their communities. */
const addressed = `(
  staff_id = $1 or person_id = $2 or household_id = any($3)
  or ((role = any($4) or (role is null and department_code = any($6)))
      and (community_id is null or $5::uuid[] is null or community_id = any($5))
      and (department_code is null or cardinality($6::text[]) = 0 or department_code = any($6))))`;

type Found = Omit<NotificationRow, 'zone'> & { communityId: string | null };

/** The times in the texts are those of the community. */
async function withZones(tx: Tx, found: Found[]): Promise<NotificationRow[]> {
  const communities = [...new Set(found.flatMap(({ communityId }) => communityId ?? []))];
  const zones = communities.length === 0 ? new Map<string, string>() : await serviceOf(tx).zonesOf(tx, communities);
  return found.map(({ communityId, ...row }) => ({ ...row, zone: zones.get(communityId ?? '') ?? null }));
}

/** What the viewer was told in this service, newest first. */
export async function notificationsOf(ctx: Context, args: PageArgs): Promise<Connection<NotificationRow>> {
  const { viewer } = ctx;
  const communities = viewer.communityIds === 'all' ? null : viewer.communityIds;
  const audience = [
    viewer.staffId ?? null,
    viewer.personId ?? null,
    await ctx.ownHouseholds(),
    viewer.roles,
    communities,
    viewer.departments,
    ctx.now,
  ];
  const before = args.after == null ? null : decodeCursor(args.after)[1];
  const found = await ctx.read(async (tx) =>
    withZones(
      tx,
      await rows<Found>(
        tx,
        `select id, template, params, community_id as "communityId", aggregate_id as "aggregateId",
                created_at as "createdAt" from notification
          where channel = 'IN_APP' and due_at <= $7 and ${addressed} and ($8::uuid is null or id < $8)
          order by id desc limit $9`,
        [...audience, before, pageSize(args) + 1],
      ),
    ),
  );
  const count = (): Promise<number> =>
    ctx.read(async (tx) => {
      const sql = `select count(*) from notification where channel = 'IN_APP' and due_at <= $7 and ${addressed}`;
      const [row] = await rows<{ count: number }>(tx, sql, audience);
      return row?.count ?? 0;
    });
  return toConnection(found, args, (notification) => encodeCursor(notification.createdAt, notification.id), count);
}
