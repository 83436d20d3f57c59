import type { PageArgs } from '@steward/service-kit';

export type TimelineKey = { householdId: string; args: PageArgs };

/** Household and page as text: what a loader can tell apart. */
export const timelineKey = (householdId: string, { first, after }: PageArgs): string =>
  JSON.stringify({ householdId, args: { first, after } } satisfies TimelineKey);
