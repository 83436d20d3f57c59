import { DomainError } from '@steward/core';

import { importLimits } from './import-policy.ts';

export function refuseTooManyRows(count: number): void {
  const most = importLimits.rows.value;
  if (count >= 1 && count <= most) return;
  throw new DomainError('BAD_USER_INPUT', 'TOO_MANY_ROWS', { path: 'input.rows', params: { most } });
}
