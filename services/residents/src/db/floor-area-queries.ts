import { rows, type Tx } from '@steward/db';
import { loader, resolvePolicy, type Context } from '@steward/service-kit';

import { floorAreaPolicy } from '../domain/floor-area-policy.ts';
import { floorAreaOf, type FloorArea, type UsageArea } from '../domain/floor-area-rules.ts';

type Counted = UsageArea & { communityId: string };

const areas = `
  select community_id as "communityId", usage, count(*)::int as "unitCount",
         count(*) filter (where area_m2 is null)::int as "unmeasuredUnitCount",
         coalesce(sum(area_m2), 0)::text as "areaM2"
    from place where community_id = any($1::uuid[]) and kind = 'UNIT'
   group by community_id, usage order by community_id, usage`;

type Site = { id: string; builtAreaM2: string | null };

async function floorAreas(tx: Tx, ids: readonly string[]): Promise<FloorArea[]> {
  const sites = await rows<Site>(
    tx,
    'select id, built_area_m2::text as "builtAreaM2" from community where id = any($1::uuid[])',
    [ids],
  );
  const counted = Map.groupBy(await rows<Counted>(tx, areas, [ids]), ({ communityId }) => communityId);
  const site = new Map(sites.map(({ id, builtAreaM2 }) => [id, builtAreaM2]));
  const found: FloorArea[] = [];
  for (const id of ids) {
    const { toleratedDeviationShare } = await resolvePolicy(tx, floorAreaPolicy, id);
    found.push(floorAreaOf(site.get(id) ?? null, counted.get(id) ?? [], toleratedDeviationShare));
  }
  return found;
}

/** Areas of communities, counted from their units: one read for a request, however many ask. */
export const floorAreaLoaders = (ctx: Context) => ({ floorArea: loader<string, FloorArea>(ctx, floorAreas) });
