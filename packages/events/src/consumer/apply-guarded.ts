import { failpoint } from '@steward/core';
import { attemptPart, type Tx } from '@steward/db';

import { setCause } from '../cause.ts';
import { applyFacts, FactFailedError, inScopeOf } from './apply.ts';
import { mostShared, type ConsumerContext } from './consumer-context.ts';
import type { Fact } from './fact.ts';
import { isPassing } from './failure.ts';
import { moveInTransaction } from './positions.ts';

/** What became of facts; `behind`: not tried, as one before it of its aggregate failed. */
export type Outcomes<T> = { applied: T[]; failed: { item: T; error: unknown }[]; behind: T[] };

type Also<T> = (tx: Tx, applied: readonly T[]) => Promise<void>;

/**
 * Applies what can be applied of these facts of one tenant, each the next of its aggregate, and says what became of
 * each; `also` runs in the transaction of those that were applied. First all together; once one has failed, each is
 * guarded by itself, until a transaction has gone through without any failure. It throws only what is nobody's fault.
 */
export async function applyGuarded<T extends { fact: Fact }>(
  context: ConsumerContext,
  items: readonly T[],
  also: Also<T> = async () => undefined,
): Promise<Outcomes<T>> {
  const { pace } = context;
  const known = new Map<T, unknown>();
  if (!pace.guarded || items.length === 1) {
    const facts = items.map(({ fact }) => fact);
    try {
      await applyFacts(context, facts, (tx) => also(tx, items));
      pace.shared = Math.min(mostShared, pace.shared * 2);
      return { applied: [...items], failed: [], behind: [] };
    } catch (error) {
      if (isPassing(error)) throw error;
      const failed = items[error instanceof FactFailedError ? error.index : 0];
      if (failed === undefined) throw error;
      if (items.length === 1) return { applied: [], failed: [{ item: failed, error }], behind: [] };
      if (error instanceof FactFailedError) known.set(failed, error);
    }
  }
  const outcomes = await applyEach(context, items, also, known);
  pace.guarded = outcomes.failed.length > 0;
  return outcomes;
}

/**
 * One transaction in which each fact can fail without the others. Positions are moved last, past what was applied:
 * should another instance have moved them meanwhile, nothing of this one stays.
 */
async function applyEach<T extends { fact: Fact }>(
  context: ConsumerContext,
  items: readonly T[],
  also: Also<T>,
  known: ReadonlyMap<T, unknown>,
): Promise<Outcomes<T>> {
  const [first] = items;
  const outcomes: Outcomes<T> = { applied: [], failed: [], behind: [] };
  if (first === undefined) return outcomes;
  try {
    await inScopeOf(context, first.fact, async (tx) => {
      await takeInTurn(outcomes, items, async (item) => {
        if (known.has(item)) throw known.get(item);
        await applyPart(tx, item.fact);
      });
      await failpoint('position');
      const facts = outcomes.applied.map(({ fact }) => fact);
      if (facts.length > 0) moveInTransaction(tx, context, first.fact.tenantId, facts);
      await also(tx, outcomes.applied);
    });
    return outcomes;
  } catch (error) {
    if (isPassing(error)) throw error;
    // Nobody's own error, such as one at the commit: in transactions of their own it shows whose it is.
    const alone: Outcomes<T> = { applied: [], failed: [], behind: [] };
    await takeInTurn(alone, items, async (item) => {
      if (known.has(item)) throw known.get(item);
      await applyFacts(context, [item.fact], (tx) => also(tx, [item]));
    });
    return alone;
  }
}

async function takeInTurn<T extends { fact: Fact }>(
  { applied, failed, behind }: Outcomes<T>,
  items: readonly T[],
  apply: (item: T) => Promise<void>,
): Promise<void> {
  const blocked = new Set<string>();
  for (const item of items) {
    const { aggregateId } = item.fact;
    if (blocked.has(aggregateId)) {
      behind.push(item);
      continue;
    }
    try {
      await apply(item);
      applied.push(item);
    } catch (error) {
      if (isPassing(error)) throw error;
      blocked.add(aggregateId);
      failed.push({ item, error });
    }
  }
}

async function applyPart(tx: Tx, { plan, traceparent }: Fact): Promise<void> {
  if (plan.kind !== 'apply') return;
  await failpoint('effect');
  await attemptPart(tx, async () => {
    setCause(tx, traceparent);
    await plan.run(tx);
  });
}
