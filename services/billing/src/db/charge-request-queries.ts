import { rows, txScope, type Tx } from '@steward/db';

import type { ChargeRequest } from '../domain/charge-request.ts';
import type { Charge } from '../domain/charge.ts';

type Asked = Pick<
  ChargeRequest,
  'communityId' | 'unitId' | 'billingAccountId' | 'chargeTypeCode' | 'periodFrom' | 'periodTo'
>;

/**
 * Whether an account answers for a unit on all days of a period, and whether some of them are charged to somebody already.
 * `liable` is who answers for the kind: the owner, or whoever lives there.
 */
export async function daysOfRequest(
  tx: Tx,
  { communityId, unitId, billingAccountId, chargeTypeCode, periodFrom, periodTo }: Asked,
  liable: string,
): Promise<{ isLiable: boolean; isCharged: boolean }> {
  const [found] = await rows<{ isLiable: boolean; isCharged: boolean }>(
    tx,
    `select coalesce((
              select range_agg(daterange(l.valid_from, l.valid_to)) from unit_liability l
               where l.community_id = $1 and l.unit_id = $2 and l.billing_account_id = $3
                 and ($7 = 'OCCUPANT' or l.tenure = 'OWNED')), '{}') @> daterange($5::date, $6::date) as "isLiable",
            exists (
              select 1 from charge_line l join charge c on c.id = l.id
               where l.unit_id = $2 and l.charge_type_code = $4 and l.reversed_at is null and l.method <> 'METER'
                 and daterange(l.period_from, l.period_to) && daterange($5::date, $6::date)) as "isCharged"`,
    [communityId, unitId, billingAccountId, chargeTypeCode, periodFrom, periodTo, liable],
  );
  return found ?? { isLiable: false, isCharged: false };
}

/** Whether something stands, or waits for its decision, in the place of a charge that was taken back. */
export async function isReplaced(tx: Tx, chargeId: string, exceptId: string): Promise<boolean> {
  const found = await rows(
    tx,
    `select 1 from charge_request r left join charge c on c.id = r.charge_id
      where r.replaces_charge_id = $1 and r.id <> $2
        and (r.status = 'REQUESTED' or r.status = 'APPROVED' and c.status <> 'REVERSED') limit 1`,
    [chargeId, exceptId],
  );
  return found.length > 0;
}

/** The tariff of a kind for the use of a unit on a day, of what no meter counts; null if none holds. */
export async function tariffOfDay(
  tx: Tx,
  { communityId, unitId, chargeTypeCode }: Asked,
  day: string,
): Promise<{ id: string; taxRate: string } | null> {
  const [found] = await rows<{ id: string; taxRate: string }>(
    tx,
    `select t.id, t.tax_rate::text as "taxRate" from tariff t join unit_reference u on u.id = $2
      where t.community_id = $1 and t.charge_type_code = $3 and t.status = 'APPROVED' and t.method <> 'METER'
        and daterange(t.valid_from, t.valid_to) @> $4::date and (t.unit_usages = '{}' or u.usage = any(t.unit_usages))`,
    [communityId, unitId, chargeTypeCode, day],
  );
  return found ?? null;
}

type Price = { quantity: string; rate: string; taxRate: string; tariffId: string | null; requestId: string };

/** Why a charge that was asked for by hand is what it is. */
export const insertLineByHand = (tx: Tx, charge: Charge, price: Price): Promise<unknown> =>
  rows(
    tx,
    `insert into charge_line (id, tenant_id, community_id, run_id, chunk, line, billing_account_id, unit_id,
       household_id, charge_type_code, method, tariff_id, source_id, period_from, period_to, quantity, rate, share,
       month_parts, amount, tax_rate, tax_amount)
     values ($1, $2, $3, null, 0, 0, $4, $5, $6, $7, 'BY_HAND', $8, $9, $10, $11, $12, $13, 1, 0, $14, $15, $16)`,
    [
      charge.id,
      txScope(tx).tenantId,
      charge.communityId,
      charge.billingAccountId,
      charge.unitId,
      charge.householdId,
      charge.chargeTypeCode,
      price.tariffId,
      price.requestId,
      charge.periodFrom,
      charge.periodTo,
      price.quantity,
      price.rate,
      charge.amount,
      price.taxRate,
      charge.taxAmount,
    ],
  );
