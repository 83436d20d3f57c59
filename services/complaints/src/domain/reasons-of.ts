type Figures<Values> = Readonly<Record<keyof Values, { value: unknown }>>;

/** The defaults of a policy, as they hold for a community that overrides none. */
export const defaultsOf = <Values>(figures: Figures<Values>): Values =>
  Object.fromEntries(Object.entries<{ value: unknown }>(figures).map(([key, { value }]) => [key, value])) as Values;

/** Why a rule refuses: every path and reason; empty if it does not. */
export function reasonsOf(work: () => unknown): string[] {
  try {
    work();
  } catch (error) {
    if (isRefusal(error))
      return error.violations.length > 0 ? error.violations.map(({ reason }) => reason) : [error.reason];
    throw error;
  }
  return [];
}

const isRefusal = (error: unknown): error is { reason: string; violations: { reason: string }[] } =>
  error instanceof Error && error.name === 'DomainError';
