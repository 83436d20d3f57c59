import { rows, type Tx } from '@steward/db';

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
