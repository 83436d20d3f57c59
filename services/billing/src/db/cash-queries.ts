import { newId } from '@steward/core';
import { addRows, entityRows, rows, txScope, type Tx } from '@steward/db';

import type { JournalSums } from '../domain/cash-rules.ts';
import type { CashEntry, CashierSession, CashVariance, TillLoan } from '../domain/cashier-session.ts';
import { cashEntryEntity, cashierSessionEntity, cashVarianceEntity, tillLoanEntity } from './cash-entities.ts';

/** Takings lock a shift beside each other; what goes out of the till locks it alone, so that it goes out once. */
type TillLock = 'share' | 'no key update';

/** The shift that a cashier has open in a community, locked; null if none. */
export async function lockOpenSessionOf(
  tx: Tx,
  communityId: string,
  cashierId: string,
  lock: TillLock = 'share',
): Promise<CashierSession | null> {
  const ofCashier = `where e.community_id = $1 and e.cashier_id = $2 and e.status = 'OPEN' limit 1 for ${lock}`;
  const [found] = await entityRows(tx, cashierSessionEntity, ofCashier, [communityId, cashierId]);
  return found ?? null;
}

/** A shift out of whose till something goes, locked alone: whoever counts the till waits, or was before. */
export async function lockTill(tx: Tx, id: string): Promise<CashierSession | null> {
  const [found] = await entityRows(tx, cashierSessionEntity, 'where e.id = $1 for no key update', [id]);
  return found ?? null;
}

/** Shifts of a community begin one after the other: nobody has two, and no float is taken over twice. */
export const lockShifts = (tx: Tx, communityId: string): Promise<unknown> =>
  rows(tx, 'select pg_advisory_xact_lock(hashtextextended($1, 0))', [`cashier-sessions/${communityId}`]);

/** The last shift of a book, whose float the next one takes over. */
export const lastSessionOf = (tx: Tx, communityId: string, book: string): Promise<CashierSession | null> =>
  tx
    .createQueryBuilder(cashierSessionEntity, 's')
    .where('s.community_id = :communityId and s.book = :book', { communityId, book })
    .orderBy('s.opened_at', 'DESC')
    .addOrderBy('s.id', 'DESC')
    .limit(1)
    .getOne();

/** Adds a line to the journal. */
export async function addEntry(
  tx: Tx,
  entry: Pick<CashEntry, 'communityId' | 'sessionId' | 'kind' | 'amount' | 'causeId'>,
): Promise<void> {
  const { tenantId, now } = txScope(tx);
  addRows(tx, cashEntryEntity, [{ ...entry, id: newId(), tenantId, occurredAt: now }]);
}

/** What a till holds by its journal. */
export async function inTill(tx: Tx, sessionId: string): Promise<number> {
  const [found] = await rows<{ sum: number }>(
    tx,
    'select coalesce(sum(amount), 0)::bigint as sum from cash_entry where session_id = $1',
    [sessionId],
  );
  return found?.sum ?? 0;
}

export async function addVariance(
  tx: Tx,
  variance: Omit<CashVariance, 'id' | 'tenantId' | 'foundAt' | 'madeGoodAt'>,
): Promise<string> {
  const { tenantId, now } = txScope(tx);
  const id = newId();
  await tx.insert(cashVarianceEntity, { ...variance, id, tenantId, foundAt: now, madeGoodAt: null });
  return id;
}

export const findVariance = (tx: Tx, id: string, sessionId: string): Promise<CashVariance | null> =>
  tx.findOneBy(cashVarianceEntity, { id, sessionId });

export const updateVariance = async (tx: Tx, id: string, change: Partial<CashVariance>): Promise<void> => {
  await tx.update(cashVarianceEntity, { id }, change);
};

export const insertLoan = async (tx: Tx, loan: Omit<TillLoan, 'tenantId'>): Promise<void> => {
  await tx.insert(tillLoanEntity, { ...loan, tenantId: txScope(tx).tenantId });
};

export const findLoan = (tx: Tx, id: string, sessionId: string): Promise<TillLoan | null> =>
  tx.findOneBy(tillLoanEntity, { id, sessionId });

export const updateLoan = async (tx: Tx, id: string, change: Partial<TillLoan>): Promise<void> => {
  await tx.update(tillLoanEntity, { id }, change);
};

export type JournalRange = { communityId: string; from: Date; to: Date };

/**
 * Opening, what came in and what went out by the cash journal, a float that went from till to till left out, and the
 * closing by the ledger: that the three make the fourth is what is to be seen.
 */
export async function journalSums(tx: Tx, { communityId, from, to }: JournalRange): Promise<JournalSums> {
  const [found] = await rows<JournalSums>(
    tx,
    `select coalesce(sum(amount) filter (where occurred_at < $2), 0)::bigint as opening,
            coalesce(sum(amount) filter (where occurred_at >= $2 and amount > 0 and not is_handed), 0)::bigint as received,
            coalesce(-sum(amount) filter (where occurred_at >= $2 and amount < 0 and not is_handed), 0)::bigint as "paidOut",
            coalesce((
              select sum(ledger_balance_before(a.id, ($3::timestamptz at time zone c.time_zone)::date))
                from ledger_account a join community_reference c on c.id = a.community_id
               where a.community_id = $1 and a.type = 'CASH_IN_HAND'), 0)::bigint as closing
       from (select amount, occurred_at, kind = 'FLOAT_LEFT' or kind = 'FLOAT' and cause_id is not null as is_handed
               from cash_entry where community_id = $1 and occurred_at < $3) e`,
    [communityId, from, to],
  );
  return found ?? { opening: 0, received: 0, paidOut: 0, closing: 0 };
}

/** What still stands open in a community before `to`. */
export async function openCash(tx: Tx, { communityId, to }: Omit<JournalRange, 'from'>) {
  const [found] = await rows<{ sessions: number; shortages: number; loans: number }>(
    tx,
    `select (select count(*) from cashier_session where community_id = $1 and opened_at < $2 and status <> 'HANDED_IN')::int as sessions,
            (select count(*) from cash_variance where community_id = $1 and found_at < $2 and status = 'SHORT')::int as shortages,
            (select count(*) from till_loan where community_id = $1 and asked_at < $2 and status = 'GRANTED')::int as loans`,
    [communityId, to],
  );
  return { openSessions: found?.sessions ?? 0, openShortages: found?.shortages ?? 0, openLoans: found?.loans ?? 0 };
}

/** Tills whose journal and ledger say different sums of cash (A248, A232). */
export const cashBookDifferences = (tx: Tx, communityId: string) =>
  rows<{ sessionId: string; book: number; ledger: number }>(
    tx,
    `select s.id as "sessionId", coalesce(e.sum, 0)::bigint as book,
            ledger_balance(ledger_account_id(s.community_id, s.currency, 'CASH_IN_HAND', null, null, s.id))::bigint as ledger
       from cashier_session s
       left join lateral (select sum(amount) as sum from cash_entry where session_id = s.id) e on true
      where s.community_id = $1
        and coalesce(e.sum, 0) <> ledger_balance(ledger_account_id(s.community_id, s.currency, 'CASH_IN_HAND', null, null, s.id))`,
    [communityId],
  );
