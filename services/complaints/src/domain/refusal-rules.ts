import { DomainError, type Violation } from '@steward/core';

/** A refusal as the answer to one row of many. */
export type RowRefusal = {
  code: string;
  reason: string;
  rule: string | null;
  params: Record<string, string | number | boolean | null>;
  violations: Violation[];
};

/** What a rule refused; anything else is a failure of the whole. */
export function refusalOf(error: unknown): RowRefusal {
  if (!(error instanceof DomainError)) throw error;
  const { code, reason, rule, params, violations } = error;
  return { code, reason, rule: rule ?? null, params, violations };
}

export function refuseTooMany(count: number, most: number, path: string, rule?: string): void {
  if (count < 1 || count > most) {
    throw new DomainError('BAD_USER_INPUT', 'TOO_MANY_ROWS', { path, params: { most }, ...(rule && { rule }) });
  }
}

export const notFound = (): DomainError => new DomainError('NOT_FOUND', 'NOT_FOUND');
