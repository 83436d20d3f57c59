import { DomainError } from '@steward/core';

import { importLimits } from './place-policy.ts';

export function refuseTooManyRows(count: number): void {
  const most = importLimits.rows.value;
  if (count >= 1 && count <= most) return;
  throw new DomainError('BAD_USER_INPUT', 'TOO_MANY_ROWS', { path: 'input.rows', params: { most } });
}

/** The refusal of one row as data; anything that is not a refusal goes on as an error of the whole. */
export function refusalOf(error: unknown): Pick<DomainError, 'code' | 'reason' | 'rule' | 'params' | 'violations'> {
  if (!(error instanceof DomainError)) throw error;
  const { code, reason, rule, params, violations } = error;
  return { code, reason, rule, params, violations };
}
