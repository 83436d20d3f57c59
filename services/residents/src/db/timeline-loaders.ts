import {
  decodeCursor,
  encodeCursor,
  loader,
  pageSize,
  toConnection,
  type Connection,
  type Context,
} from '@steward/service-kit';
import type { PageArgs } from '@steward/service-kit';

import type { TimelineEntry } from '../domain/timeline.ts';
import { timelineKey, type TimelineKey } from './timeline-loader-queries.ts';
import { timelineCounts, timelinePages } from './timeline-queries.ts';

/** Pages of timelines; those with the same arguments are read by one statement, however many households ask. */
export const timelineLoaders = (ctx: Context) => {
  // Residents read what was done for them, not what the company says to itself.
  const isForStaff = ctx.viewer.actor !== 'person';
  const counts = loader<string, number>(ctx, async (tx, ids) => {
    const found = await timelineCounts(tx, ids, isForStaff);
    return ids.map((id) => found.get(id) ?? 0);
  });
  return {
    timeline: loader<string, Connection<TimelineEntry>>(ctx, async (tx, keys) => {
      const asked = keys.map((key) => JSON.parse(key) as TimelineKey);
      const pages = new Map<string, TimelineEntry[]>();
      for (const [page, group] of Map.groupBy(asked, ({ args }) => JSON.stringify(args))) {
        const args = JSON.parse(page) as PageArgs;
        const before = args.after == null ? null : decodeCursor(args.after);
        const householdIds = group.map(({ householdId }) => householdId);
        const limit = pageSize(args) + 1;
        for (const { householdId, ...entry } of await timelinePages(tx, { householdIds, isForStaff, before, limit })) {
          const key = timelineKey(householdId, args);
          pages.set(key, [...(pages.get(key) ?? []), entry]);
        }
      }
      return asked.map(({ householdId, args }) => {
        const total = async (): Promise<number> => (await counts.load(householdId)) ?? 0;
        const entries = pages.get(timelineKey(householdId, args)) ?? [];
        return toConnection(entries, args, ({ at, id }) => encodeCursor(at, id), total);
      });
    }),
  };
};
