import type { Handler } from '@steward/events';

/** What residents consumes: nothing yet, the other services build on it. */
export const handlers: Handler[] = [];
