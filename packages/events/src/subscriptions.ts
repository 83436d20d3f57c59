import type { Tx } from '@steward/db';

import type { EventDefinition } from './define-event.ts';
import type { StewardEvent } from './envelope.ts';

/** A reaction: the command that runs when a fact of this kind arrives. */
export type Handler = {
  definition: EventDefinition<unknown>;
  name: string;
  command(tx: Tx, event: StewardEvent<unknown>): Promise<void>;
  /** The same for several facts at once. */
  together?: (tx: Tx, events: readonly StewardEvent<unknown>[]) => Promise<void>;
};

/** Couples a kind of fact with a command; `name` says in logs and metrics what the reaction does. */
export function subscribe<T>(
  definition: EventDefinition<T>,
  name: string,
  command: (tx: Tx, event: StewardEvent<T>) => Promise<void>,
): Handler {
  return { definition, name, command: (tx, event) => command(tx, event as StewardEvent<T>) };
}

/**
 * Couples a kind of fact with a command that takes several at once, in the order of the stream: facts of the kind that
 * follow each other in a transaction come together, so that a projection writes them by one statement. When it fails
 * it is called again with each of them alone, which shows whose the error is.
 */
export function subscribeTogether<T>(
  definition: EventDefinition<T>,
  name: string,
  command: (tx: Tx, events: readonly StewardEvent<T>[]) => Promise<void>,
): Handler {
  const together: Handler['together'] = (tx, events) => command(tx, events as readonly StewardEvent<T>[]);
  return { definition, name, command: (tx, event) => together(tx, [event]), together };
}

/** What is to be done about a fact, before anything is written. */
export type Plan =
  /** `together`: its only reaction takes several facts at once. */
  | { kind: 'apply'; run(tx: Tx): Promise<void>; together?: { handler: Handler; event: StewardEvent<unknown> } }
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
  const [only] = handlers;
  const isTogether = handlers.length === 1 && only?.together !== undefined;
  return {
    kind: 'apply',
    ...(isTogether ? { together: { handler: only, event: checked } } : {}),
    run: async (tx) => {
      for (const handler of handlers) await handler.command(tx, checked);
    },
  };
}
