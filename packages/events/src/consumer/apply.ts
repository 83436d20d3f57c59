import type { Tx } from '@steward/db';

import { setCause } from '../cause.ts';
import type { ConsumerContext } from './consumer-context.ts';
import type { Fact } from './fact.ts';
import { moveInTransaction } from './positions.ts';

/** Which of several facts failed; `cause` is what its command threw. */
export class FactFailedError extends Error {
  override readonly name = 'FactFailedError';
  readonly index: number;

  constructor(index: number, cause: unknown) {
    super(`fact ${index} of the transaction failed`, { cause });
    this.index = index;
  }
}

/**
 * Applies facts of one tenant, each the next of its aggregate: positions, commands and the commands' own events in
 * one transaction, by the consumer's clock. A command's error comes as a `FactFailedError`.
 */
export async function applyFacts(
  { database, consumer, clock }: ConsumerContext,
  facts: readonly Fact[],
  also: (tx: Tx) => Promise<void> = async () => undefined,
): Promise<void> {
  const [first] = facts;
  if (first === undefined) return;
  const { tenantId, traceparent } = first;
  const actor = { kind: 'system', id: null, sub: `consumer:${consumer}` } as const;
  await database.write({ tenantId, now: clock.now(), actor, traceparent }, async (tx) => {
    await moveInTransaction(tx, consumer, tenantId, facts);
    for (const [index, { plan, traceparent: cause }] of facts.entries()) {
      if (plan.kind !== 'apply') continue;
      setCause(tx, cause);
      await plan.run(tx).catch((error: unknown) => {
        throw new FactFailedError(index, error);
      });
    }
    await also(tx);
  });
}
