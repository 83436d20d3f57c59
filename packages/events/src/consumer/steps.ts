import type { Tx } from '@steward/db';

import type { StewardEvent } from '../envelope.ts';
import type { Handler } from '../subscriptions.ts';
import type { Fact } from './fact.ts';

/** One call of a command; `index` and `cause` are those of its first fact. */
export type Step = { index: number; facts: number; cause: string | undefined; run(tx: Tx): Promise<void> };

type Open = { handler: Handler; events: StewardEvent<unknown>[]; step: Step };

/** Commands in the order of their facts; facts that follow each other and are reacted to together make one step. */
export function stepsOf(facts: readonly Fact[]): Step[] {
  const steps: Step[] = [];
  let open: Open | null = null;
  for (const [index, { plan, traceparent: cause }] of facts.entries()) {
    if (plan.kind !== 'apply') continue;
    const { together } = plan;
    if (together !== undefined && open?.handler === together.handler) {
      open.events.push(together.event);
      open.step.facts += 1;
      continue;
    }
    open = together === undefined ? null : openStep(together, index, cause);
    steps.push(open?.step ?? { index, facts: 1, cause, run: plan.run });
  }
  return steps;
}

type Together = { handler: Handler; event: StewardEvent<unknown> };

function openStep({ handler, event }: Together, index: number, cause: string | undefined): Open {
  const events = [event];
  const run = async (tx: Tx): Promise<void> => handler.together?.(tx, events);
  return { handler, events, step: { index, facts: 1, cause, run } };
}
