import { newId } from '@steward/core';
import { addRows, rows, txScope, type Tx } from '@steward/db';

import type { AccountKey } from '../domain/ledger.ts';
import type { PaymentClearing } from '../domain/payment-clearing.ts';
import { paymentClearingEntity } from './payment-entities.ts';

/** Where the money of a payment lies by the ledger, since when, and who took it. */
export type Lying = {
  paymentId: string;
  account: AccountKey;
  takenOn: string;
  takenBy: string | null;
  isByProvider: boolean;
};

type LyingRow = Omit<Lying, 'account'> & Required<Pick<AccountKey, 'type' | 'billingAccountId' | 'referenceId'>>;

/** Where the money of payments was booked when it was taken. */
export async function lyingMoney(
  tx: Tx,
  paymentIds: readonly string[],
  accountTypes: readonly string[],
): Promise<Map<string, Lying>> {
  const found = await rows<LyingRow>(
    tx,
    `select p.id as "paymentId", a.type, a.billing_account_id as "billingAccountId", a.reference_id as "referenceId",
            l.occurred_on as "takenOn", s.cashier_id as "takenBy",
            exists (select 1 from provider_payment o where o.payment_id = p.id) as "isByProvider"
       from payment p
       join ledger_posting l on l.transaction_id = p.transaction_id and l.amount > 0
       join ledger_account a on a.id = l.account_id and a.type = any($2)
       left join cashier_session s on s.id = p.session_id
      where p.id = any($1::uuid[])`,
    [paymentIds, accountTypes],
  );
  return new Map(
    found.map(({ type, billingAccountId, referenceId, ...rest }) => [
      rest.paymentId,
      { ...rest, account: { type, billingAccountId, referenceId } },
    ]),
  );
}

type NewClearing = Omit<
  PaymentClearing,
  'id' | 'tenantId' | 'enteredBy' | 'enteredAt' | 'takenBackAt' | 'paidByPaymentId'
> & { paidByPaymentId?: string | null };

/** Keeps that money came, or never will. */
export function addClearing(tx: Tx, clearing: NewClearing): void {
  const { tenantId, now: enteredAt, actor } = txScope(tx);
  addRows(tx, paymentClearingEntity, [
    { paidByPaymentId: null, ...clearing, id: newId(), tenantId, enteredBy: actor.sub, enteredAt, takenBackAt: null },
  ]);
}

/** What is known of payments' money, of each what stands. */
export async function clearingsOf(tx: Tx, paymentIds: readonly string[]): Promise<Map<string, PaymentClearing>> {
  const found = await tx
    .createQueryBuilder(paymentClearingEntity, 'c')
    .where('c.payment_id = any(:paymentIds) and c.taken_back_at is null', { paymentIds })
    .getMany();
  return new Map(found.map((clearing) => [clearing.paymentId, clearing]));
}

export const takeClearingBack = async (tx: Tx, id: string): Promise<void> => {
  await tx.update(paymentClearingEntity, { id }, { takenBackAt: txScope(tx).now });
};

/** What the provider holds of payments by telephone that were not paid out to the bank yet. */
export async function heldByProvider(tx: Tx, communityId: string): Promise<number> {
  const [found] = await rows<{ sum: number }>(
    tx,
    `select coalesce(sum(p.amount), 0)::bigint as sum from payment p
      where p.community_id = $1 and p.means = 'WALLET' and p.status = 'RECEIVED'
        and not exists (select 1 from payment_clearing c where c.payment_id = p.id and c.taken_back_at is null)`,
    [communityId],
  );
  return found?.sum ?? 0;
}

/** What stands to the good of a party by promises alone: nobody spends it or gets it back before they are kept. */
export async function promisedAdvance(tx: Tx, communityId: string, billingAccountId: string): Promise<number> {
  const [found] = await rows<{ sum: number }>(
    tx,
    `select coalesce(sum(s.advance_amount + coalesce(g.amount, 0)), 0)::bigint as sum
       from promised_payments($1, 'infinity') s
       left join lateral (
         select sum(a.amount) as amount from payment_allocation a
           join charge c on c.id = a.charge_id and c.status = 'REVERSED' where a.payment_id = s.payment_id) g on true
      where s.billing_account_id = $2`,
    [communityId, billingAccountId],
  );
  return found?.sum ?? 0;
}

/** What was paid on a charge by promises alone. */
export async function promisedOn(tx: Tx, communityId: string, chargeId: string): Promise<number> {
  const [found] = await rows<{ sum: number }>(
    tx,
    `select coalesce(sum(a.amount), 0)::bigint as sum from payment_allocation a
       join promised_payments($1, 'infinity') s on s.payment_id = a.payment_id
      where a.charge_id = $2`,
    [communityId, chargeId],
  );
  return found?.sum ?? 0;
}

/** Whether a party signed for something that was due before a day and is not collected, but for bills that are paid now. */
export async function hasSignedOverdue(
  tx: Tx,
  { communityId, billingAccountId }: { communityId: string; billingAccountId: string },
  before: string,
  paidNow: readonly string[] = [],
): Promise<boolean> {
  const found = await rows(
    tx,
    `select 1 from promised_payments($1, 'infinity') s
       join payment_allocation a on a.payment_id = s.payment_id
       join charge c on c.id = a.charge_id and c.status <> 'REVERSED' and coalesce(c.due_on, c.occurred_on) < $3
      where s.is_signed and s.billing_account_id = $2 and s.payment_id <> all($4::uuid[]) limit 1`,
    [communityId, billingAccountId, before, paidNow],
  );
  return found.length > 0;
}
