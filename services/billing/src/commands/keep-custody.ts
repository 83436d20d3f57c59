import { rows, type Tx } from '@steward/db';
import type { custodyEnded, custodyStarted, StewardEvent } from '@steward/events';

type Started = ReturnType<(typeof custodyStarted)['data']['parse']>;
type Ended = ReturnType<(typeof custodyEnded)['data']['parse']>;

/** Reaction: keeps on which days a flat in custody pays a share of its management fee (A061). */
export async function keepCustody(tx: Tx, event: StewardEvent<Started | Ended>): Promise<void> {
  const { custodyId, unitId, startsOn, managementFeeShare } = event.data;
  const endsOn = 'endsOn' in event.data ? event.data.endsOn : null;
  await rows(
    tx,
    `insert into unit_custody (id, tenant_id, community_id, unit_id, share, valid_from, valid_to)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (id) do update set share = excluded.share, valid_from = excluded.valid_from, valid_to = excluded.valid_to`,
    [custodyId, event.tenantid, event.communityid, unitId, managementFeeShare, startsOn, endsOn],
  );
}
