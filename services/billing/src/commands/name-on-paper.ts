import { DomainError } from '@steward/core';
import type { Tx } from '@steward/db';

import { isPayerErased } from '../db/erasure-queries.ts';

/** Nothing is made out to a person who is erased (B017): no erasure would come that finds it. */
export async function requirePayerKnown(tx: Tx, billingAccountId: string, path: string): Promise<void> {
  if (await isPayerErased(tx, billingAccountId))
    throw new DomainError('CONFLICT', 'PAYER_ERASED', { path, rule: 'B017' });
}

type Naming = { billingAccountId: string; name: string | null | undefined; path: string };

/** The name for a paper as it was typed for this print; none was typed: null, which an erased person's papers have. */
export async function nameOnPaper(tx: Tx, { billingAccountId, name, path }: Naming): Promise<string | null> {
  const typed = name?.trim() ?? '';
  if (typed === '') return null;
  await requirePayerKnown(tx, billingAccountId, path);
  return typed;
}
