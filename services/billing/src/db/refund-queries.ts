import { rows, type Tx } from '@steward/db';

import type { Refund } from '../domain/refund.ts';
import { balancesOf } from './ledger-queries.ts';

type Claim = Pick<Refund, 'communityId' | 'billingAccountId' | 'source' | 'chargeId'>;

/** Asked for and not rejected; of an advance only what is not paid yet, because a paid one has left the balance. */
async function claimed(tx: Tx, { billingAccountId, source, chargeId }: Claim): Promise<number> {
  const [found] = await rows<{ sum: number }>(
    tx,
    `select coalesce(sum(amount), 0)::bigint as sum from refund
      where billing_account_id = $1 and source = $2 and charge_id is not distinct from $3
        and status <> 'REJECTED' and ($2 <> 'ADVANCE' or status <> 'PAID')`,
    [billingAccountId, source, chargeId],
  );
  return found?.sum ?? 0;
}

async function paidOnCharge(tx: Tx, chargeId: string): Promise<number> {
  const [found] = await rows<{ sum: number }>(
    tx,
    `select coalesce(-sum(p.amount), 0)::bigint as sum from ledger_posting p join ledger_transaction t on t.id = p.transaction_id
      where p.charge_id = $1 and t.kind in ('PAYMENT', 'ALLOCATION')
        and not exists (select 1 from ledger_transaction r where r.reverses_id = t.id)`,
    [chargeId],
  );
  return found?.sum ?? 0;
}

/** What can still be given back of an advance, or of what was paid on a charge. */
export async function refundable(tx: Tx, claim: Claim): Promise<number> {
  const { communityId, billingAccountId, source, chargeId } = claim;
  if (source === 'ADVANCE') {
    const [balance = 0] = await balancesOf(tx, communityId, [{ type: 'ADVANCE', billingAccountId }]);
    return -balance - (await claimed(tx, claim));
  }
  return (await paidOnCharge(tx, chargeId ?? '')) - (await claimed(tx, claim));
}
