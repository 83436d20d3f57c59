import { rows, type Tx } from '@steward/db';

import type { PaymentMeans } from '../domain/counter-policy.ts';

type Known = { billingAccountId: string; means: PaymentMeans; reference: string; amount: number };

/**
 * The payment under which the same money was written down already: the same number, payer and sum, or what the payment
 * provider told of itself. Two who write it at once wait for each other.
 */
export async function paymentOfReference(tx: Tx, known: Known): Promise<string | null> {
  const { billingAccountId, means, reference, amount } = known;
  await rows(tx, 'select pg_advisory_xact_lock(hashtextextended($1, 0))', [`reference/${means}/${reference}`]);
  const [found] = await rows<{ number: string }>(
    tx,
    `select number from payment
      where billing_account_id = $1 and means = $2 and reference = $3 and amount = $4 and status = 'RECEIVED'
        and meter_id is null
      union all
     select p.number from provider_payment o join payment p on p.id = o.payment_id
      where $2 = 'WALLET' and o.billing_account_id = $1 and o.transaction_number = $3
      limit 1`,
    [billingAccountId, means, reference, amount],
  );
  return found?.number ?? null;
}
