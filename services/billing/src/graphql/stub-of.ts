/** An entity of another service by its id; null stays null. */
export const stubOf = (id: string | null): { id: string } | null => (id === null ? null : { id });
