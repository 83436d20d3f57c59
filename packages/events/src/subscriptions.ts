import type { Tx } from '@steward/db';

import type { EventDefinition } from './define-event.ts';
import type { StewardEvent } from './envelope.ts';

/** A reaction: the command that runs when a fact of this kind arrives. */
export type Handler = {
  definition: EventDefinition<unknown>;
  name: string;
  command(tx: Tx, event: StewardEvent<unknown>): Promise<void>;
};

/** Couples a kind of fact with a command; `name` says in logs and metrics what the reaction does. */
export function subscribe<T>(
  definition: EventDefinition<T>,
  name: string,
  command: (tx: Tx, event: StewardEvent<T>) => Promise<void>,
): Handler {
  return { definition, name, command: (tx, event) => command(tx, event as StewardEvent<T>) };
}

/** What is to be done about a fact, before anything is written. */
export type Plan =
  | { kind: 'apply'; run(tx: Tx): Promise<void> }
  /** No handler: only the position moves. */
  | { kind: 'advance' }
  | { kind: 'refuse'; reason: string; detail: Record<string, unknown> };

export type Subscriptions = {
  publishers: readonly string[];
  aggregatesOf(publisher: string): string[];
  plan(event: StewardEvent<unknown>): Plan;
};

const withoutVersion = (type: string): string => type.replace(/\.v\d+$/, '');

/** Looks handlers up by type; `catalog` tells a version published beside the old one from one nobody knows. */
export function createSubscriptions(
  handlers: readonly Handler[],
  catalog: readonly EventDefinition<unknown>[],
): Subscriptions {
  const byType = Map.groupBy(handlers, ({ definition }) => definition.type);
  const known = new Set([...catalog, ...handlers.map(({ definition }) => definition)].map(({ type }) => type));
  const handledFacts = new Set([...byType.keys()].map(withoutVersion));
  const of = (publisher: string): Handler[] => handlers.filter(({ definition }) => definition.publisher === publisher);
  return {
    publishers: [...new Set(handlers.map(({ definition }) => definition.publisher))],
    aggregatesOf: (publisher) => [...new Set(of(publisher).map(({ definition }) => definition.aggregate))].sort(),
    plan: (event) => {
      const handling = byType.get(event.type);
      if (handling !== undefined) return planCommands(handling, event);
      if (known.has(event.type) || !handledFacts.has(withoutVersion(event.type))) return { kind: 'advance' };
      return { kind: 'refuse', reason: 'UNKNOWN_VERSION', detail: { type: event.type } };
    },
  };
}

function planCommands(handlers: readonly Handler[], event: StewardEvent<unknown>): Plan {
  const parsed = handlers[0]?.definition.data.safeParse(event.data);
  if (parsed === undefined) return { kind: 'advance' };
  if (!parsed.success) {
    // Where and which kind of mismatch; never the value, which may be anything.
    const issues = parsed.error.issues.map(({ path, code }) => ({ path: path.join('.'), code }));
    return { kind: 'refuse', reason: 'DATA_INVALID', detail: { issues } };
  }
  const checked = { ...event, data: parsed.data };
  return {
    kind: 'apply',
    run: async (tx) => {
      for (const handler of handlers) await handler.command(tx, checked);
    },
  };
}
