/** What a fact does to the thing it is about: something open stands in the way of an erasure. */
export type TimelineEffect = 'OPENED' | 'ENDED' | 'MOVED' | null;

/** How facts of one kind become entries of a household's timeline. */
export type TimelineFact = {
  /** `WORK_ORDER_REGISTERED`; its text is `timeline.<code>`. */
  code: string;
  /** kebab-case, as in the events: `work-order`. */
  subjectType: string;
  /** Codes and figures of the fact that are shown with it. */
  details: readonly string[];
  /** For staff only: what the company says to itself. */
  isInternal: boolean;
  effect: TimelineEffect;
  /** The field that names another thing on the timeline, whose household this one is of. */
  via: string | null;
  /** It is of the household that holds the fact's unit. */
  byUnit: boolean;
  /** Of no interest unless it names a household: a message to a role. */
  isOfHouseholdOnly: boolean;
};

/** One thing that happened to a household. */
export type TimelineEntry = {
  id: string;
  subjectId: string;
  subjectType: string;
  number: string | null;
  at: Date;
  code: string;
  actorRole: string | null;
  details: { name: string; value: string }[];
};
