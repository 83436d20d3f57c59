import { rows, type Tx } from '@steward/db';

import type { Charge } from '../domain/charge.ts';
import type { Refund } from '../domain/refund.ts';
import { promisedAdvance, promisedOn } from './clearing-queries.ts';
import { balancesOf } from './ledger-queries.ts';

/**
 * Locks billing accounts in the order of their ids. Whoever moves what stands to the good of a party, or rests on it, takes
 * this before any charge of theirs and before a look at balances, so that no money is promised or paid twice.
 */
export const lockAccounts = (tx: Tx, ids: readonly string[]): Promise<unknown> =>
  rows(tx, 'select id from billing_account where id = any($1::uuid[]) order by id for no key update', [ids]);

/** The same of whoever owes charges. */
export const lockAccountsOfCharges = (tx: Tx, chargeIds: readonly string[]): Promise<unknown> =>
  rows(
    tx,
    `select id from billing_account where id in (select billing_account_id from charge where id = any($1::uuid[]))
      order by id for no key update`,
    [chargeIds],
  );

/** What was asked for and not rejected of one account since a moment. */
export async function refundsSince(tx: Tx, billingAccountId: string, since: Date): Promise<number> {
  const [found] = await rows<{ sum: number }>(
    tx,
    `select coalesce(sum(amount), 0)::bigint as sum from refund
      where billing_account_id = $1 and status <> 'REJECTED' and created_at > $2`,
    [billingAccountId, since],
  );
  return found?.sum ?? 0;
}

// A refund of a charge that was taken back is one of the advance, to which what was paid on the charge has gone.
const claimedOfAdvance = `
  select coalesce(sum(r.amount), 0)::bigint as sum from refund r left join charge c on c.id = r.charge_id
   where r.billing_account_id = $1 and r.status in ('REQUESTED', 'APPROVED', 'SENT')
     and (r.charge_id is null or c.status = 'REVERSED') and r.id is distinct from $2`;

/**
 * What of a party's advance nobody has a claim on: the balance less what refunds still take of it, one of them left out if
 * that is named. The account stays locked until the transaction ends.
 */
export async function lockUnclaimedAdvance(
  tx: Tx,
  communityId: string,
  billingAccountId: string,
  except: string | null = null,
): Promise<number> {
  await lockAccounts(tx, [billingAccountId]);
  const [balance = 0] = await balancesOf(tx, communityId, [{ type: 'ADVANCE', billingAccountId }]);
  const [claimed] = await rows<{ sum: number }>(tx, claimedOfAdvance, [billingAccountId, except]);
  return -balance - (claimed?.sum ?? 0);
}

/** What of it can be used for a debt or given back: not what is there by promises alone. */
export async function lockFreeAdvance(
  tx: Tx,
  communityId: string,
  billingAccountId: string,
  except: string | null = null,
): Promise<number> {
  const unclaimed = await lockUnclaimedAdvance(tx, communityId, billingAccountId, except);
  return unclaimed - (await promisedAdvance(tx, communityId, billingAccountId));
}

/** What parts of a charge that were given back have taken: from what was earned or kept, and of its tax. */
export type GivenBack = { kept: number; tax: number };

/** What was paid on a charge, and what has become of it. */
export type PaidOnCharge = Pick<Charge, 'status'> & {
  paid: number;
  /** Gone to the advance when the charge was taken back. */
  moved: number;
  /** Of refunds that are asked for, approved, sent or paid. */
  claimed: number;
  given: GivenBack;
};

const paidOnCharges = `
  select c.id, c.status, m.paid, m.moved, r.claimed, g.kept as "givenKept", g.tax as "givenTax"
    from charge c
   cross join lateral (
     select coalesce(-sum(p.amount) filter (where not exists (
              select 1 from ledger_transaction v where v.reverses_id = t.id)), 0)::bigint as paid,
            coalesce(sum(p.amount) filter (where t.kind = 'ALLOCATION' and t.cause_type <> 'billing-account'), 0)::bigint
              as moved
       from ledger_posting p join ledger_transaction t on t.id = p.transaction_id
      where p.charge_id = c.id and t.kind in ('PAYMENT', 'ALLOCATION')) m
   cross join lateral (
     select coalesce(sum(amount), 0)::bigint as claimed from refund
      where charge_id = c.id and status <> 'REJECTED' and id is distinct from $2) r
   cross join lateral (
     select coalesce(sum(p.amount) filter (where a.type in ('REVENUE', 'DEPOSIT')), 0)::bigint as kept,
            coalesce(sum(p.amount) filter (where a.type = 'TAX_PAYABLE'), 0)::bigint as tax
       from refund f join ledger_transaction t on t.cause_id = f.id and t.kind = 'REFUND'
       join ledger_posting p on p.transaction_id = t.id join ledger_account a on a.id = p.account_id
      where f.charge_id = c.id) g
   where c.id = any($1::uuid[])`;

/** What was paid on each of some charges; one refund is left out of the claims if it is named. */
export async function paidOnEach(
  tx: Tx,
  chargeIds: readonly string[],
  except: string | null = null,
): Promise<Map<string, PaidOnCharge>> {
  type Row = Omit<PaidOnCharge, 'given'> & { id: string; givenKept: number; givenTax: number };
  const found = await rows<Row>(tx, paidOnCharges, [chargeIds, except]);
  return new Map(
    found.map(({ id, givenKept: kept, givenTax: tax, ...paid }) => [id, { ...paid, given: { kept, tax } }]),
  );
}

/** The same of one charge. */
export async function paidOn(tx: Tx, chargeId: string, except: string | null = null): Promise<PaidOnCharge> {
  const found = (await paidOnEach(tx, [chargeId], except)).get(chargeId);
  if (found === undefined) throw new Error('a refund or a reversal is of a charge that is there');
  return found;
}

type Claim = Pick<Refund, 'communityId' | 'billingAccountId' | 'chargeId'>;

/** What can be given back, and whether only as a whole: what was paid on a charge that is still owed in part. */
export type Refundable = { available: number; isWholeOnly: boolean };

/**
 * What can still be given back of an advance, or of what was paid on a charge, one refund left out if it is named. The
 * account stays locked until the transaction ends.
 */
export async function lockRefundable(tx: Tx, claim: Claim, except: string | null = null): Promise<Refundable> {
  const { communityId, billingAccountId, chargeId } = claim;
  const free = await lockFreeAdvance(tx, communityId, billingAccountId, except);
  if (chargeId === null) return { available: free, isWholeOnly: false };
  const { status, paid, moved, claimed } = await paidOn(tx, chargeId, except);
  if (status === 'REVERSED') return { available: Math.min(free, moved - claimed), isWholeOnly: false };
  const promised = await promisedOn(tx, communityId, chargeId);
  return { available: paid - claimed - promised, isWholeOnly: status === 'OPEN' };
}

/** Whether a refund that is not rejected rests on one of these charges. */
export const haveRefunds = async (tx: Tx, chargeIds: readonly string[]): Promise<boolean> =>
  (
    await rows(tx, `select 1 from refund where charge_id = any($1::uuid[]) and status <> 'REJECTED' limit 1`, [
      chargeIds,
    ])
  ).length > 0;

/** Whether the payment provider took the money. */
export const isTakenByProvider = async (tx: Tx, paymentId: string): Promise<boolean> =>
  (await rows(tx, 'select 1 from provider_payment where payment_id = $1 limit 1', [paymentId])).length > 0;
