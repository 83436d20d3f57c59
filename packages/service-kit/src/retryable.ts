/** PostgreSQL's word for "run the transaction again": serialization failure, deadlock. */
const retryableStates = new Set(['40001', '40P01']);

export const isRetryable = (error: unknown): boolean =>
  retryableStates.has(String((error as { code?: unknown } | null)?.code));
