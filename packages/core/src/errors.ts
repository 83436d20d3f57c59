/** The closed list of error codes a client can meet; anything unforeseen is INTERNAL. */
export type ErrorCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'BAD_USER_INPUT'
  | 'CONFLICT'
  | 'RATE_LIMITED'
  | 'UNAVAILABLE'
  | 'INTERNAL';

/** Values for the placeholders of a refusal's text: ids, codes and figures, never personal data. */
export type Params = Record<string, string | number | boolean | null>;

/** One thing that is wrong: where (`input.contactName`), why (UPPER_SNAKE) and by which rule of the service standard. */
export type Violation = { path?: string; reason: string; rule?: string; params?: Params };

export type DomainErrorOptions = { rule?: string; violations?: Violation[]; params?: Params; path?: string };

/** A refusal the caller can act on. Rules throw it; the kit turns it into a typed GraphQL error in the caller's language. */
export class DomainError extends Error {
  override readonly name = 'DomainError';
  readonly code: ErrorCode;
  readonly reason: string;
  readonly rule: string | undefined;
  readonly violations: Violation[];
  readonly params: Params;

  constructor(code: ErrorCode, reason: string, options: DomainErrorOptions = {}) {
    super(reason);
    this.code = code;
    this.reason = reason;
    this.rule = options.rule;
    this.params = options.params ?? {};
    const own: Violation = { reason, params: this.params };
    if (options.path !== undefined) own.path = options.path;
    if (options.rule !== undefined) own.rule = options.rule;
    this.violations = options.violations ?? (options.path === undefined ? [] : [own]);
  }
}

/**
 * Refuses with everything that is wrong at once; does nothing for an empty list.
 * One violation names its own reason and rule, several are INVALID_INPUT.
 */
export function refuseAll(violations: Violation[]): void {
  const [first] = violations;
  if (first === undefined) return;
  const single = violations.length === 1;
  throw new DomainError('BAD_USER_INPUT', single ? first.reason : 'INVALID_INPUT', {
    violations,
    ...(single && first.rule !== undefined ? { rule: first.rule } : {}),
    params: single ? (first.params ?? {}) : { count: violations.length },
  });
}

/** Refuses a bulk command of no rows at all, or of more than it takes (TOO_MANY_ROWS). */
export function refuseTooMany(count: number, most: number, path: string, rule?: string): void {
  if (count >= 1 && count <= most) return;
  throw new DomainError('BAD_USER_INPUT', 'TOO_MANY_ROWS', { path, params: { most }, ...(rule && { rule }) });
}
