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
 * Applies facts of one aggregate that follow on each other: position, commands and the commands' own events in one
 * transaction, as the facts' tenant and by the consumer's clock. A command's error comes as a `FactFailedError`.
 */
export async function applyFacts(
  { database, consumer, clock }: ConsumerContext,
  facts: readonly Fact[],
  positionBefore: number,
  also: (tx: Tx) => Promise<void> = async () => undefined,
): Promise<void> {
  const [first] = facts;
  const last = facts.at(-1);
  if (first === undefined || last === undefined) return;
  const { tenantId, traceparent, aggregateId } = first;
  const actor = { kind: 'system', id: null, sub: `consumer:${consumer}` } as const;
  await database.write({ tenantId, now: clock.now(), actor, traceparent }, async (tx) => {
    await moveInTransaction(tx, consumer, positionBefore, { aggregateId, tenantId, version: last.version });
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
