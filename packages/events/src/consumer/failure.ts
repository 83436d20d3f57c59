import { DomainError, errorFacts, isOutage } from '@steward/core';

import { FactFailedError } from './apply.ts';
import type { Blame } from './parked-rows.ts';
import { PositionMovedError } from './positions.ts';

export const maxAttempts = 5;

/** Before the second, third, ... attempt. */
const retryMilliseconds = [50, 250, 1_000, 4_000];

export const retryIn = (attempts: number): number => retryMilliseconds[attempts - 1] ?? 4_000;

/** Nothing is wrong with the fact: the session ends, and the next one reads it again. */
export const isPassing = (error: unknown): boolean => isOutage(causeOf(error)) || error instanceof PositionMovedError;

const causeOf = (error: unknown): unknown => (error instanceof FactFailedError ? error.cause : error);

/** A refusal is final until somebody changes something; anything else may pass and is tried `maxAttempts` times. */
export function blameFor(thrown: unknown, attempts: number): Blame {
  const error = causeOf(thrown);
  const detail = errorFacts(error);
  if (error instanceof DomainError) return { state: 'FAILED', reason: error.reason, detail };
  return { state: attempts >= maxAttempts ? 'FAILED' : 'RETRYING', reason: 'HANDLER_FAILED', detail };
}
