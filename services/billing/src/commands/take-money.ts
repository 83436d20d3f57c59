import { DomainError } from '@steward/core';
import type { Tx } from '@steward/db';
import { invocationOf } from '@steward/service-kit';

import { addEntry, inTill, lockOpenSessionOf } from '../db/cash-queries.ts';
import type { CashEntry, CashierSession } from '../domain/cashier-session.ts';
import { isPromise } from '../domain/clearing-rules.ts';
import type { PaymentMeans } from '../domain/counter-policy.ts';
import type { AccountKey } from '../domain/ledger.ts';

const ownSession = (tx: Tx, communityId: string, lock: 'share' | 'no key update') => {
  const { staffId } = invocationOf(tx).viewer;
  return staffId === undefined ? null : lockOpenSessionOf(tx, communityId, staffId, lock);
};

/** The viewer's open shift in a community; null where there is none. */
export const openSessionOf = async (tx: Tx, communityId: string): Promise<CashierSession | null> =>
  ownSession(tx, communityId, 'share');

const sessionRequired = (): DomainError => new DomainError('CONFLICT', 'SESSION_REQUIRED', { rule: 'B045' });

/** The viewer's open shift, for what moves cash. */
export async function requireSession(tx: Tx, communityId: string): Promise<CashierSession> {
  const session = await openSessionOf(tx, communityId);
  if (session === null) throw sessionRequired();
  return session;
}

type TakenOut = Pick<CashEntry, 'kind' | 'causeId'> & { amount: number; rule: string };

/** Takes cash out of a till that is locked alone: never more than there is. */
export async function takeOutOf(
  tx: Tx,
  till: Pick<CashierSession, 'id' | 'communityId'>,
  out: TakenOut,
): Promise<void> {
  const { amount, kind, causeId, rule } = out;
  const { id: sessionId, communityId } = till;
  const there = await inTill(tx, sessionId);
  if (there < amount) throw new DomainError('CONFLICT', 'TILL_TOO_LITTLE', { rule, params: { inTill: there } });
  await addEntry(tx, { communityId, sessionId, kind, amount: -amount, causeId });
}

/** Pays cash out of the viewer's till; answers the shift. */
export async function payFromTill(tx: Tx, communityId: string, out: TakenOut): Promise<string> {
  const till = await ownSession(tx, communityId, 'no key update');
  if (till === null) throw sessionRequired();
  await takeOutOf(tx, till, out);
  return till.id;
}

const accountTypes: Record<PaymentMeans, AccountKey['type']> = {
  CASH: 'CASH_IN_HAND',
  CHEQUE: 'CHEQUES',
  CARD: 'CARD_CLEARING',
  TRANSFER: 'BANK',
  WALLET: 'PROVIDER',
  SIGNED: 'SIGNED_BILLS',
  ON_ACCOUNT: 'SIGNED_BILLS',
};

/** Where money of a means comes from and goes to; cash lies in the till of its shift. */
export const moneyAccount = (means: PaymentMeans, sessionId: string | null): AccountKey =>
  means === 'CASH' ? { type: 'CASH_IN_HAND', referenceId: sessionId } : { type: accountTypes[means] };

type Taken = { id: string; means: PaymentMeans; sessionId: string | null; billingAccountId: string };

/**
 * Where the money of a payment lies. A promise has an account of its own with who gave it; what cards and telephones
 * bring lies with the acquirer in one sum, as it is paid out, and its transaction names the payment.
 */
export const moneyOf = ({ id: referenceId, means, sessionId, billingAccountId }: Taken): AccountKey =>
  isPromise(means) ? { type: accountTypes[means], billingAccountId, referenceId } : moneyAccount(means, sessionId);
