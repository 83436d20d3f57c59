import { failpoint } from '@steward/core';
import { beforeCommit, type Tx } from '@steward/db';

import { setCause } from '../cause.ts';
import type { ConsumerContext } from './consumer-context.ts';
import type { Fact } from './fact.ts';
import { moveInTransaction } from './positions.ts';
import { stepsOf } from './steps.ts';

/** Which of several facts failed; `cause` is what its command threw. */
export class FactFailedError extends Error {
  override readonly name = 'FactFailedError';
  readonly index: number;

  constructor(index: number, cause: unknown) {
    super(`fact ${index} of the transaction failed`, { cause });
    this.index = index;
  }
}

/** A transaction of the facts' tenant, as the consumer and by its clock. */
export async function inScopeOf(
  { database, consumer, clock }: ConsumerContext,
  { tenantId, traceparent }: Fact,
  work: (tx: Tx) => Promise<void>,
): Promise<void> {
  const actor = { kind: 'system', id: null, sub: `consumer:${consumer}` } as const;
  await database.write({ tenantId, now: clock.now(), actor, traceparent }, async (tx) => {
    await work(tx);
    beforeCommit(tx, () => failpoint('consumer-commit'));
  });
}

/**
 * Applies facts of one tenant, each the next of its aggregate: positions, commands and the commands' own events in
 * one transaction. A command's error comes as a `FactFailedError` unless it took several facts.
 */
export async function applyFacts(
  context: ConsumerContext,
  facts: readonly Fact[],
  also: (tx: Tx) => Promise<void> = async () => undefined,
): Promise<void> {
  const [first] = facts;
  if (first === undefined) return;
  const { consumer, publisher } = context;
  await inScopeOf(context, first, async (tx) => {
    await failpoint('position');
    moveInTransaction(tx, { consumer, publisher }, first.tenantId, facts);
    await failpoint('effect');
    for (const step of stepsOf(facts)) {
      setCause(tx, step.cause);
      await step.run(tx).catch((error: unknown) => {
        // Of facts that came together nobody knows whose error it is.
        throw step.facts > 1 ? error : new FactFailedError(step.index, error);
      });
    }
    await also(tx);
  });
}
