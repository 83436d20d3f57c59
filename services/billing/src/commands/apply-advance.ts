import { DomainError } from '@steward/core';
import type { Tx } from '@steward/db';
import { authorize } from '@steward/service-kit';

import { lockOpenCasesOf } from '../db/dunning-queries.ts';
import type { ApplyAdvanceInput } from '../graphql/generated.ts';
import { settleDunningIfPaid } from './dunning-debt.ts';
import { accountIn } from './lock-counter.ts';
import { flushPostings } from './post-transactions.ts';
import { spendAdvances } from './spend-advances.ts';

/** Pays what is open from what stands to the payer's good and is not to be given back, the oldest debt first. */
export async function applyAdvance(tx: Tx, input: ApplyAdvanceInput): Promise<{ id: string }> {
  const { communityId, billingAccountId } = input;
  await authorize(tx, { communityId });
  const account = await accountIn(tx, communityId, billingAccountId);
  if ((await spendAdvances(tx, communityId, [account.id])) === 0)
    throw new DomainError('CONFLICT', 'NOTHING_TO_APPLY', { rule: 'A075' });
  // Before the chain: nobody waits for it while this waits for the case.
  await lockOpenCasesOf(tx, [account.id]);
  flushPostings(tx);
  await settleDunningIfPaid(tx, communityId, billingAccountId);
  return { id: billingAccountId };
}

applyAdvance.repeats = 'forGood' as const;
