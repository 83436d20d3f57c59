import type { JsonSchema } from './event-schemas.ts';
import { schemaChanges } from './schema-changes.ts';

/** What is promised about one version of a fact, and the services that react to it. */
export type PromisedEvent = { schema: JsonSchema; consumers: string[] };

/** The contract of the events: the envelope, and every version of every fact by its type. */
export type EventContract = { envelope: JsonSchema; events: Record<string, PromisedEvent> };

export type BreakingEvent = { description: string; services: string[] };

const unique = (names: string[]): string[] => [...new Set(names)].toSorted();

/**
 * Changes that hurt a consumer, with the services concerned: those that react now and those that did when the contract
 * was accepted, because either may be deployed. What is only loosened (an enum has a value more, null is allowed)
 * hurts consumers that were deployed earlier, which would park the fact; with no consumer it hurts nobody.
 */
export function breakingEvents(accepted: EventContract, present: EventContract): BreakingEvent[] {
  const everybody = unique(
    [accepted, present].flatMap(({ events }) => Object.values(events)).flatMap((each) => each.consumers),
  );
  const envelope = schemaChanges(accepted.envelope, present.envelope, 'envelope').map(({ path, what }) => ({
    description: `${path} ${what}`,
    services: everybody,
  }));
  return [
    ...envelope,
    ...Object.entries(accepted.events).flatMap(([type, before]) => changesOf(type, before, present.events[type])),
  ];
}

function changesOf(type: string, before: PromisedEvent, after: PromisedEvent | undefined): BreakingEvent[] {
  const services = unique([...before.consumers, ...(after?.consumers ?? [])]);
  if (after === undefined) return [{ description: `${type} is no longer in the catalogue`, services }];
  return schemaChanges(before.schema, after.schema)
    .filter(({ isLoosened }) => !isLoosened || services.length > 0)
    .map(({ path, what }) => ({ description: `${type}: ${path} ${what}`, services }));
}

/** One line for people: who is hurt is named, also when it is nobody yet. */
export const describeBreaking = ({ description, services }: BreakingEvent): string =>
  `${description} (${services.length === 0 ? 'no consumer' : services.join(', ')})`;
