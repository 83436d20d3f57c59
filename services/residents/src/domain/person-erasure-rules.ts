import { DomainError, type Violation } from '@steward/core';

import { openReasons } from './person-erasure-policy.ts';
import type { ErasureStanding, PersonErasure } from './person-erasure.ts';

const rule = 'B017';

/** Everything that stands in the way, each kind once with the numbers of what is open. */
export function erasureViolations({ householdsToday, openAffairs }: ErasureStanding, path: string): Violation[] {
  const member = householdsToday.length > 0 ? [{ path, reason: 'PERSON_STILL_MEMBER', rule }] : [];
  const open = Map.groupBy(openAffairs, ({ type }) => openReasons[type] ?? 'AFFAIR_OPEN');
  return [
    ...member,
    ...[...open].map(([reason, affairs]) => {
      const numbers = affairs.flatMap(({ number }) => number ?? []).join(', ');
      return { path, reason, rule, params: { count: affairs.length, numbers } };
    }),
  ];
}

/** A decision is made once, and not by who asked for it. */
export function requireDecidable(erasure: PersonErasure, decider: string): void {
  if (erasure.status !== 'REQUESTED') {
    throw new DomainError('CONFLICT', 'ALREADY_DECIDED', { rule, params: { state: erasure.status } });
  }
  if (erasure.requestedBy === decider) throw new DomainError('FORBIDDEN', 'OWN_REQUEST', { rule });
}
