import { rows, type Tx } from '@steward/db';
import { loader, resolvePolicy, type Context } from '@steward/service-kit';

import type { floorAreaPolicy } from '../domain/floor-area-policy.ts';
import type { CountedArea, UsageArea } from '../domain/floor-area-rules.ts';

export type FloorAreaPolicy = typeof floorAreaPolicy;

type Counted = UsageArea & { communityId: string };

const areas = `
  select community_id as "communityId", usage, count(*)::int as "unitCount",
         count(*) filter (where area_m2 is null)::int as "unmeasuredUnitCount",
         coalesce(sum(area_m2), 0)::text as "areaM2"
    from place where community_id = any($1::uuid[]) and kind = 'UNIT'
   group by community_id, usage order by community_id, usage`;

type Site = { id: string; builtAreaM2: string | null };

async function countedAreas(tx: Tx, policy: FloorAreaPolicy, ids: readonly string[]): Promise<CountedArea[]> {
  const sites = await rows<Site>(
    tx,
    'select id, built_area_m2::text as "builtAreaM2" from community where id = any($1::uuid[])',
    [ids],
  );
  const counted = Map.groupBy(await rows<Counted>(tx, areas, [ids]), ({ communityId }) => communityId);
  const site = new Map(sites.map(({ id, builtAreaM2 }) => [id, builtAreaM2]));
  const found: CountedArea[] = [];
  for (const id of ids) {
    const { toleratedDeviationShare } = await resolvePolicy(tx, policy, id);
    found.push({ siteM2: site.get(id) ?? null, usages: counted.get(id) ?? [], toleratedDeviationShare });
  }
  return found;
}

/** Areas of communities, counted from their units: one read for a request, however many ask. */
export const floorAreaLoaders = (ctx: Context, policy: FloorAreaPolicy) => ({
  floorArea: loader<string, CountedArea>(ctx, (tx, ids) => countedAreas(tx, policy, ids)),
});
