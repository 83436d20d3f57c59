import type { PolicyFigures, PolicyValues } from '@steward/service-kit';

// For the tables beside the pure rules: nothing here needs a server.

/** The defaults of a policy, as they hold for a community that overrides none. */
export const defaultsOf = <F extends PolicyFigures>(figures: F): PolicyValues<F> =>
  Object.fromEntries(Object.entries(figures).map(([key, { value }]) => [key, value])) as PolicyValues<F>;

const isRefusal = (error: unknown): error is { reason: string; violations: { reason: string }[] } =>
  error instanceof Error && error.name === 'DomainError';

/** Why a rule refuses: every reason; empty if it does not. */
export function reasonsOf(work: () => unknown): string[] {
  try {
    work();
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return error.violations.length > 0 ? error.violations.map(({ reason }) => reason) : [error.reason];
  }
  return [];
}
