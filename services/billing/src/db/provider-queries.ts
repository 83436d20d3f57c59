import { rows, type Tx } from '@steward/db';

/** Text about a refund that the provider did not carry out. */
export const refundFailed = 'providerRefundFailed';

export const isFailureTold = async (tx: Tx, refundId: string): Promise<boolean> =>
  (
    await rows(tx, 'select 1 from notification where aggregate_id = $1 and template = $2 limit 1', [
      refundId,
      refundFailed,
    ])
  ).length > 0;

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

/** Whether no other community with the same merchant number stands before this one. */
export const isFirstOfMerchant = async (tx: Tx, merchantId: string, communityId: string): Promise<boolean> =>
  (
    await rows(tx, 'select 1 from provider_account where merchant_id = $1 and community_id < $2 limit 1', [
      merchantId,
      communityId,
    ])
  ).length === 0;

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
