import { rows, type Tx } from '@steward/db';

import type { MovedCharge } from './holder-change-queries.ts';

type Custody = {
  id: string;
  tenantId: string;
  communityId: string;
  unitId: string;
  share: string;
  startsOn: string;
  endsOn: string | null;
};

/** Keeps on which days a unit is in custody, and the share that it pays on them. */
export const keepCustodyDays = (tx: Tx, custody: Custody): Promise<unknown> =>
  rows(
    tx,
    `insert into unit_custody (id, tenant_id, community_id, unit_id, share, valid_from, valid_to)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (id) do update set share = excluded.share, valid_from = excluded.valid_from, valid_to = excluded.valid_to`,
    [
      custody.id,
      custody.tenantId,
      custody.communityId,
      custody.unitId,
      custody.share,
      custody.startsOn,
      custody.endsOn,
    ],
  );

/** Charges of a unit, of some kinds, whose lines say another share than custody does for their days. */
export const chargesOfOtherShare = (
  tx: Tx,
  { communityId, unitId }: { communityId: string; unitId: string },
  codes: readonly string[],
): Promise<MovedCharge[]> =>
  rows<MovedCharge>(
    tx,
    `select c.id, c.unit_id as "unitId", c.household_id as "householdId", c.billing_account_id as "billingAccountId",
            c.charge_type_code as "chargeTypeCode", l.method in ('HOUSEHOLD', 'PERSON') as "isOnce",
            c.period_from as "periodFrom", c.period_to as "periodTo", c.due_on as "dueOn", false as "isTakenBack"
       from charge_line l join charge c on c.id = l.id and c.status <> 'REVERSED'
      where l.community_id = $1 and l.unit_id = $2 and l.charge_type_code = any($3) and l.reversed_at is null
        and l.method in ('AREA', 'FIXED', 'HOUSEHOLD', 'PERSON', 'FORMULA')
        and case when l.share = 1
                 then exists (select 1 from unit_custody u where u.unit_id = l.unit_id and u.share <> 1
                                 and daterange(u.valid_from, u.valid_to) && daterange(l.period_from, l.period_to))
                 else not exists (select 1 from unit_custody u where u.unit_id = l.unit_id and u.share = l.share
                                     and daterange(u.valid_from, u.valid_to) @> daterange(l.period_from, l.period_to))
            end
      order by c.period_from, c.id`,
    [communityId, unitId, codes],
  );
