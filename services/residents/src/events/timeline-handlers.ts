import { subscribeTogether, type EventDefinition, type Handler } from '@steward/events';

import { enterTimeline } from '../commands/enter-timeline.ts';
import type { TimelineEffect } from '../domain/timeline.ts';

export type TimelineOptions<T> = {
  /** Codes and figures of the fact to show with it. */
  show?: readonly (keyof T & string)[];
  isInternal?: boolean;
  effect?: TimelineEffect;
  /** The field with the id of another thing on the timeline, whose household it is of: `billingAccountId`. */
  via?: keyof T & string;
  /** Whose it is, where that is not the fact's `householdId`. */
  household?: (data: T) => string | null;
  /** Whose it is says the fact's unit: of who holds it at the time. */
  byUnit?: boolean;
  /** Parameters of a message that are shown with it. */
  params?: readonly string[];
};

const upperSnake = (text: string): string => text.replaceAll('-', '_').toUpperCase();

/** The code of a fact on the timeline: `WORK_ORDER_REGISTERED`. */
export const timelineCode = ({ aggregate, fact }: Pick<EventDefinition<unknown>, 'aggregate' | 'fact'>): string =>
  upperSnake(`${aggregate}-${fact}`);

/** One line of the table of what makes a timeline: a kind of fact, and what of it is shown. */
export function told<T>(definition: EventDefinition<T>, options: TimelineOptions<T> = {}): Handler {
  const { show = [], isInternal = false, effect = null, via = null, household, byUnit = false, params = [] } = options;
  const fact = {
    code: timelineCode(definition),
    subjectType: definition.aggregate,
    details: [...show, ...params],
    isInternal,
    effect,
    via,
    byUnit,
    isOfHouseholdOnly: household !== undefined,
  };
  const householdOf = household ?? ((data: T) => (data as { householdId?: string | null }).householdId ?? null);
  return subscribeTogether(definition, 'enter-timeline', enterTimeline(fact, householdOf));
}
