import type { z } from 'zod';

import { defineEvent, type EventDefinition } from './define-event.ts';

type Facts<T, F extends string> = Readonly<Record<F, EventDefinition<T>>>;

/** Makes the facts of a publisher's aggregates that all tell the same of one, by their names. */
export const livesOf =
  (publisher: string) =>
  <T, F extends string>(aggregate: string, data: z.ZodType<T>, facts: Readonly<Record<F, string>>): Facts<T, F> => {
    const define = (fact: string, description: string): EventDefinition<T> =>
      defineEvent({ publisher, aggregate, fact, version: 1, description, data });
    const entries = Object.entries<string>(facts).map(([fact, description]) => [fact, define(fact, description)]);
    return Object.fromEntries(entries) as Facts<T, F>;
  };
