import type { Tx } from '@steward/db';
import type { StewardEvent } from '@steward/events';

import { enterTimelineFacts } from '../db/timeline-queries.ts';
import type { TimelineFact } from '../domain/timeline.ts';

type Data = Record<string, unknown>;

const textOf = (value: unknown): string | null =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;

const uuidOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/**
 * Reaction: puts facts of one kind on the timelines of their households. Facts that do not say whose they are (a repair was completed) are
 * those of the household that the first fact of the same thing named; where a later one names another (`MOVED`), all go
 * with it.
 */
export const enterTimeline =
  <T>(fact: TimelineFact, householdOf: (data: T) => unknown) =>
  async (tx: Tx, events: readonly StewardEvent<T>[]): Promise<void> => {
    const entered = events.map(({ id, subject, time, actorrole, data }) => {
      // A message carries in its parameters what it is about.
      const fields: Data = { ...((data as Data)['params'] as Data | undefined), ...data };
      const details = fact.details.flatMap((name) => {
        const value = textOf(fields[name]);
        return value === null ? [] : [{ name, value }];
      });
      return {
        eventId: id,
        subjectId: subject,
        at: time,
        actorRole: actorrole ?? null,
        number: textOf(fields['number']),
        householdId: uuidOf(householdOf(data)),
        unitId: fact.byUnit ? uuidOf(fields['unitId']) : null,
        viaId: fact.via === null ? null : uuidOf(fields[fact.via]),
        details,
      };
    });
    const told = fact.isOfHouseholdOnly ? entered.filter(({ householdId }) => householdId !== null) : entered;
    if (told.length > 0) await enterTimelineFacts(tx, fact, told);
  };
