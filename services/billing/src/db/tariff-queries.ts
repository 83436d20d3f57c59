import { rows, type Tx } from '@steward/db';

import type { Tariff } from '../domain/tariff.ts';
import { tariffEntity } from './charging-entities.ts';

/** Every approved tariff of the same community and kind. */
export const approvedTariffs = (
  tx: Tx,
  { communityId, chargeTypeCode }: Pick<Tariff, 'communityId' | 'chargeTypeCode'>,
): Promise<Tariff[]> => tx.findBy(tariffEntity, { communityId, chargeTypeCode, status: 'APPROVED' });

/** Whether a run that is not posted yet charges days from `validTo` on by a tariff. */
export async function isInOpenRun(tx: Tx, tariffId: string, validTo: string): Promise<boolean> {
  const found = await rows(
    tx,
    `select 1 from charge_run r join charge_line l on l.run_id = r.id and l.chunk > r.posted_chunks
      where r.status in ('COMPUTING', 'PREVIEWED', 'POSTING') and l.tariff_id = $1 and l.period_to > $2 limit 1`,
    [tariffId, validTo],
  );
  return found.length > 0;
}

type Asked = { communityId: string; chargeTypeCode: string; unitId: string; day: string };

/** The tariff for what a unit's meter counts on a day; null if none holds for its use. */
export async function meterTariff(tx: Tx, { communityId, chargeTypeCode, unitId, day }: Asked): Promise<Tariff | null> {
  const [found] = await rows<{ id: string }>(
    tx,
    `select t.id from tariff t join unit_reference u on u.id = $3
      where t.community_id = $1 and t.charge_type_code = $2 and t.status = 'APPROVED' and t.method = 'METER'
        and daterange(t.valid_from, t.valid_to) @> $4::date and (t.unit_usages = '{}' or u.usage = any(t.unit_usages))`,
    [communityId, chargeTypeCode, unitId, day],
  );
  return found === undefined ? null : tx.findOneBy(tariffEntity, { id: found.id });
}
