import { DomainError } from '@steward/core';

import { importLimits } from './import-policy.ts';

/** The refusal of something as data, for rows of imports and for available actions. */
export type RefusalFacts = Pick<DomainError, 'code' | 'reason' | 'rule' | 'params' | 'violations'>;

export function refuseTooManyRows(count: number): void {
  const most = importLimits.rows.value;
  if (count >= 1 && count <= most) return;
  throw new DomainError('BAD_USER_INPUT', 'TOO_MANY_ROWS', { path: 'input.rows', params: { most } });
}

/** The refusal that `judge` gives; null if it gives none. What is not a refusal goes on as an error of the whole. */
export function refusalOf(judge: () => void): RefusalFacts | null {
  try {
    judge();
    return null;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const { code, reason, rule, params, violations } = error;
    return { code, reason, rule, params, violations };
  }
}
