import { DomainError, newId } from '@steward/core';
import { beforeCommit, dispatch, prepared, txScope, txState, type Tx } from '@steward/db';

import { closedToOf } from '../db/ledger-queries.ts';
import { todayIn } from '../db/reference-queries.ts';
import { checkBalanced, checkOpenPeriod } from '../domain/ledger-rules.ts';
import type { TransactionDraft } from '../domain/ledger.ts';

/** As `post_block` takes it. */
type Entry = {
  transaction_id: string;
  line: number;
  kind: string;
  occurred_on: string;
  cause_service: string;
  cause_type: string;
  cause_id: string;
  reverses_id: string | null;
  account_type: string;
  billing_account_id: string | null;
  charge_type_code: string | null;
  reference_id: string | null;
  amount: number;
  charge_id: string | null;
};

const postBlock = prepared(
  `select post_block($1, $2, (select array_agg(e) from jsonb_populate_recordset(null::ledger_entry, $3) e))`,
);

const stagedKey = Symbol('staged postings');

const stagedOf = (tx: Tx): Map<string, Entry[]> =>
  txState(tx, stagedKey, () => {
    // After everything else that is written before the commit: others wait for the chain as shortly as can be.
    beforeCommit(tx, async () => beforeCommit(tx, async (ending) => flushPostings(ending)));
    return new Map<string, Entry[]>();
  });

const closedKey = Symbol('ends of closed books');

/** Asked for once in a transaction. */
async function closedOnce(tx: Tx, communityId: string): Promise<string | null> {
  const known = txState<Map<string, string | null>>(tx, closedKey, () => new Map());
  if (!known.has(communityId)) known.set(communityId, await closedToOf(tx, communityId));
  return known.get(communityId) ?? null;
}

/**
 * The one way from a command into the ledger: answers the ids of the transactions. They are written when the command has
 * ended, one block per community, so that the chain is locked for no longer than its block takes.
 */
export async function postTransactions(tx: Tx, drafts: readonly TransactionDraft[]): Promise<string[]> {
  const ids: string[] = [];
  for (const draft of drafts) {
    checkBalanced(draft);
    const occurredOn = draft.occurredOn ?? (await todayIn(tx, draft.communityId));
    // Only months that are over are closed, so today's is open; the database has the last word on both.
    if (draft.occurredOn !== undefined) checkOpenPeriod(occurredOn, await closedOnce(tx, draft.communityId));
    const id = newId();
    ids.push(id);
    const staged = stagedOf(tx);
    const entries = staged.get(draft.communityId) ?? [];
    staged.set(draft.communityId, entries);
    draft.postings.forEach((_posting, index) => entries.push(entryOf(id, { ...draft, occurredOn }, index)));
  }
  return ids;
}

function entryOf(id: string, draft: TransactionDraft & { occurredOn: string }, index: number): Entry {
  const { account, amount, chargeId } = draft.postings[index] as TransactionDraft['postings'][number];
  return {
    transaction_id: id,
    line: index + 1,
    kind: draft.kind,
    occurred_on: draft.occurredOn,
    cause_service: draft.cause.service,
    cause_type: draft.cause.aggregateType,
    cause_id: draft.cause.id,
    reverses_id: draft.reversesId ?? null,
    account_type: account.type,
    billing_account_id: account.billingAccountId ?? null,
    charge_type_code: account.chargeTypeCode ?? null,
    reference_id: account.referenceId ?? null,
    amount,
    charge_id: chargeId ?? null,
  };
}

/**
 * Writes what is staged now, for a command that reads it back; the chain stays locked until it ends. At the end of a
 * command the commit follows in the same message, so that no other work of this process lies between the two.
 */
export function flushPostings(tx: Tx): void {
  const staged = stagedOf(tx);
  // In one order for everybody, so that two commands over the same communities cannot wait for each other.
  const blocks = [...staged].sort(([one], [other]) => one.localeCompare(other));
  staged.clear();
  for (const [communityId, entries] of blocks)
    dispatch(tx, postBlock, [communityId, txScope(tx).now, JSON.stringify(entries)], asRefusal);
}

/** What the database refuses and a caller can act on: the period was closed meanwhile, or it was taken back already. */
function asRefusal(error: unknown): unknown {
  const { code, constraint } = (error as { driverError?: { code?: unknown; constraint?: unknown } }).driverError ?? {};
  if (code === 'LG002') return new DomainError('CONFLICT', 'PERIOD_CLOSED', { rule: 'A248' });
  if (code === '23505' && constraint === 'ledger_transaction_reversal')
    return new DomainError('CONFLICT', 'REVERSED_ALREADY');
  return error;
}
