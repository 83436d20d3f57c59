/** Something that must be true of the books whatever happened. */
export type Invariant = {
  what: string;
  /** Answers what is wrong; empty when nothing is. */
  sql: string;
  /** A fault made by hand that it has to find; alters nothing where there is nothing of the kind yet. */
  spoil: string;
};
