import { DomainError } from '@steward/core';

import { pagedStages, type BlockRange, type VerificationPlace } from './book-comparison.ts';

/** A verification between two answers: whose books, where it goes on, and how much was found by then. */
export type VerificationCursor = { communityId: string; place: VerificationPlace; found: number };

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const instant = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d){0,2}$/;

/** What the key of the last row of each stage looks like. */
const keys: Record<VerificationPlace['stage'], readonly RegExp[]> = {
  BLOCKS: [],
  FRAME: [],
  SNAPSHOTS: [uuid],
  ...(Object.fromEntries(pagedStages.map((stage) => [stage, [instant, uuid]])) as Record<
    (typeof pagedStages)[number],
    RegExp[]
  >),
  RECEIPTS: [/^[A-Z0-9]{1,8}$/, /^[1-9]\d{0,8}$/],
};

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

const isRange = (value: unknown): value is BlockRange =>
  typeof value === 'object' &&
  value !== null &&
  isCount((value as BlockRange).from) &&
  isCount((value as BlockRange).to);

function isPlace(value: unknown): value is VerificationPlace {
  const { blocks, stage, after } = (value ?? {}) as Partial<VerificationPlace>;
  if (!Array.isArray(blocks) || !blocks.every(isRange) || stage === undefined || !Object.hasOwn(keys, stage))
    return false;
  const fits = (parts: readonly unknown[]): boolean =>
    parts.length === keys[stage].length &&
    parts.every((part, index) => typeof part === 'string' && keys[stage][index]?.test(part) === true);
  return after === null || (Array.isArray(after) && fits(after));
}

export const encodeVerification = (cursor: VerificationCursor): string =>
  Buffer.from(JSON.stringify(cursor)).toString('base64url');

/** Where a verification of a community goes on; anything but what an answer said is refused. */
export function decodeVerification(cursor: string, communityId: string): VerificationCursor {
  try {
    const parsed = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as Partial<VerificationCursor>;
    const { place, found } = parsed;
    if (parsed.communityId === communityId && isPlace(place) && isCount(found)) return { communityId, place, found };
  } catch {
    // It is opaque: what cannot be read is the caller's mistake, as below.
  }
  throw new DomainError('BAD_USER_INPUT', 'CURSOR_INVALID', { path: 'after' });
}
