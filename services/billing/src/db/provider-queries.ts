import { rows, type Tx } from '@steward/db';

/** Text about a refund that the provider did not carry out. */
export const refundFailed = 'providerRefundFailed';

/** Text about one that it carried out after all, when the money was given back or spent otherwise. */
export const refundLate = 'providerRefundLate';

export const isTold = async (tx: Tx, refundId: string, template: string): Promise<boolean> =>
  (await rows(tx, 'select 1 from notification where aggregate_id = $1 and template = $2 limit 1', [refundId, template]))
    .length > 0;

/** What can still go back of a payment by telephone; nothing where the account has paid no such one. */
export async function leftAtProvider(tx: Tx, providerPaymentId: string, billingAccountId: string): Promise<number> {
  const [found] = await rows<{ left: number }>(
    tx,
    `select (p.amount - coalesce((select sum(r.amount) from refund r
              where r.provider_payment_id = o.id and r.status <> 'REJECTED'), 0))::bigint as left
       from provider_payment o join payment p on p.id = o.payment_id
      where o.id = $1 and o.billing_account_id = $2 and o.status = 'PAID' and p.status = 'RECEIVED'`,
    [providerPaymentId, billingAccountId],
  );
  return found?.left ?? 0;
}

/** To which communities of the company orders belong, by their numbers. */
export async function communitiesOfOrders(tx: Tx, numbers: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const found = await rows<{ number: string; communityId: string }>(
    tx,
    'select number, community_id as "communityId" from provider_payment where number = any($1)',
    [numbers],
  );
  return new Map(found.map(({ number, communityId }) => [number, communityId]));
}

/** Whether codes of the last day or refunds of the last week are not at their end: only their merchant hears of them. */
export const isWorkOpen = async (tx: Tx, communityId: string, now: Date): Promise<boolean> =>
  (
    await rows(
      tx,
      `select 1 from provider_payment where community_id = $1 and status in ('PREPARING', 'READY')
          and expires_at > $2::timestamptz - interval '1 day'
        union all
       select 1 from refund where community_id = $1 and status = 'SENT' and means = 'WALLET'
          and decided_at > $2::timestamptz - interval '7 days'
        limit 1`,
      [communityId, now],
    )
  ).length > 0;

/**
 * Whether no other community with the same merchant number stands before this one; of a merchant that this one had before,
 * whoever has it still does.
 */
export const isFirstOfMerchant = async (
  tx: Tx,
  merchantId: string,
  communityId: string,
  isFormer: boolean,
): Promise<boolean> =>
  (
    await rows(
      tx,
      `select 1 from provider_account where merchant_id = $1 and (community_id < $2 or $3)
        union all
       select 1 from provider_former_account where $3 and merchant_id = $1 and community_id < $2 limit 1`,
      [merchantId, communityId, isFormer],
    )
  ).length === 0;

/** Orders from before merchants were kept are of the one that the community had. */
export const nameMerchant = (tx: Tx, communityId: string, merchantId: string): Promise<unknown> =>
  rows(tx, 'update provider_payment set merchant_id = $2 where community_id = $1 and merchant_id is null', [
    communityId,
    merchantId,
  ]);

/** Merchants through whose orders something went back in a range. */
export async function merchantsOfRefunds(tx: Tx, { communityId, from, to }: Range): Promise<Set<string>> {
  const found = await rows<{ id: string }>(
    tx,
    `select distinct o.merchant_id as id from refund r join provider_payment o on o.id = r.provider_payment_id
      where r.community_id = $1 and r.means = 'WALLET' and r.paid_at >= $2 and r.paid_at < $3
        and o.merchant_id is not null`,
    [communityId, from, to],
  );
  return new Set(found.map(({ id }) => id));
}

/**
 * Refunds that the provider was asked for, by the numbers that they have there, as `providerNumber` makes them: on their way,
 * or held to be over.
 */
export const refundsAtProvider = (
  tx: Tx,
  communityId: string,
  numbers: readonly string[],
): Promise<{ id: string; status: 'SENT' | 'REJECTED' }[]> =>
  rows(
    tx,
    `select id, status from refund
      where community_id = $1 and means = 'WALLET' and status in ('SENT', 'REJECTED')
        and replace(number || upper(right(id::text, 8)), '-', '') = any($2::text[]) order by id`,
    [communityId, numbers],
  );

/** Refunds that are sent and codes that have run out of which no timer of its kind waits to ask. */
export async function unaskedAtProvider(
  tx: Tx,
  communityId: string,
  now: Date,
  kinds: { refund: string; order: string },
): Promise<{ refunds: string[]; orders: string[] }> {
  const waits = (row: string, kind: string): string =>
    `exists (select 1 from timer t where t.aggregate_id = ${row}.id and t.kind = ${kind} and t.state = 'WAITING')`;
  const refunds = await rows<{ id: string }>(
    tx,
    `select r.id from refund r where r.community_id = $1 and r.status = 'SENT' and not ${waits('r', '$2')} order by r.id`,
    [communityId, kinds.refund],
  );
  const orders = await rows<{ id: string }>(
    tx,
    `select o.id from provider_payment o
      where o.community_id = $1 and o.status = 'READY' and o.expires_at < $3 and not ${waits('o', '$2')} order by o.id`,
    [communityId, kinds.order, now],
  );
  return { refunds: refunds.map(({ id }) => id), orders: orders.map(({ id }) => id) };
}

/**
 * Days before one, at most so many back, whose file of the provider was never compared and for which no timer waits: since
 * the first day that the community had an order or a file.
 */
export async function uncomparedDays(
  tx: Tx,
  { communityId, before, most }: { communityId: string; before: string; most: number },
  kind: string,
): Promise<string[]> {
  const found = await rows<{ day: string }>(
    tx,
    `select ($2::date - n.back)::text as day
       from generate_series(1, $3::int) as n(back)
      cross join (
        select least((select min(on_day) from provider_bill where community_id = $1),
                     (select min((o.created_at at time zone c.time_zone)::date) from provider_payment o
                        join community_reference c on c.id = o.community_id where o.community_id = $1)) as day) first
      where $2::date - n.back >= first.day
        and not exists (select 1 from provider_bill b where b.community_id = $1 and b.on_day = $2::date - n.back)
        and not exists (select 1 from timer t where t.community_id = $1 and t.kind = $4 and t.state = 'WAITING'
                           and t.payload ->> 'day' = ($2::date - n.back)::text)
      order by n.back desc`,
    [communityId, before, most, kind],
  );
  return found.map(({ day }) => day);
}

type Range = { communityId: string; from: Date; to: Date };

/** What we booked as paid and refunded by the provider in a range. */
export async function providerDay(tx: Tx, { communityId, from, to }: Range) {
  const payments = await rows<{ number: string; amount: number }>(
    tx,
    `select o.number, p.amount from provider_payment o join payment p on p.id = o.payment_id
      where o.community_id = $1 and o.paid_at >= $2 and o.paid_at < $3 order by o.number`,
    [communityId, from, to],
  );
  const refunds = await rows<{ number: string; id: string; amount: number }>(
    tx,
    `select number, id, amount from refund
      where community_id = $1 and means = 'WALLET' and paid_at >= $2 and paid_at < $3 order by number`,
    [communityId, from, to],
  );
  return { payments, refunds };
}
