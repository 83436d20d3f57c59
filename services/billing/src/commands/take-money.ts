import { DomainError } from '@steward/core';
import type { Tx } from '@steward/db';
import { invocationOf } from '@steward/service-kit';

import { addEntry, lockOpenSessionOf } from '../db/cash-queries.ts';
import type { CashEntry, CashierSession } from '../domain/cashier-session.ts';
import { paymentMeansTable, type PaymentMeans } from '../domain/counter-policy.ts';
import type { AccountKey } from '../domain/ledger.ts';

/** The viewer's open shift in a community; null where there is none. */
export async function openSessionOf(tx: Tx, communityId: string): Promise<CashierSession | null> {
  const { staffId } = invocationOf(tx).viewer;
  return staffId === undefined ? null : lockOpenSessionOf(tx, communityId, staffId);
}

/** The viewer's open shift, for what moves cash. */
export async function requireSession(tx: Tx, communityId: string): Promise<CashierSession> {
  const session = await openSessionOf(tx, communityId);
  if (session === null) throw new DomainError('CONFLICT', 'SESSION_REQUIRED', { rule: 'B045' });
  return session;
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

/** Where money of a means lies until it is settled; cash lies in the till of its shift. */
export const moneyAccount = (means: PaymentMeans, sessionId: string | null): AccountKey =>
  means === 'CASH' ? { type: 'CASH_IN_HAND', referenceId: sessionId } : { type: accountTypes[means] };

type Taken = {
  communityId: string;
  amount: number;
  means: PaymentMeans;
  cause: { id: string; kind?: CashEntry['kind'] };
};

/**
 * Takes money in at the viewer's till: cash needs an open shift and stands in its journal. Answers the ledger account to
 * debit; what is credited is the caller's.
 */
export async function takeMoney(tx: Tx, { communityId, amount, means, cause }: Taken): Promise<AccountKey> {
  const session = paymentMeansTable[means].needsSession ? await requireSession(tx, communityId) : null;
  if (means === 'CASH' && session !== null) {
    const kind = cause.kind ?? 'TOP_UP';
    await addEntry(tx, { communityId, sessionId: session.id, kind, amount, causeId: cause.id });
  }
  return moneyAccount(means, session?.id ?? null);
}
