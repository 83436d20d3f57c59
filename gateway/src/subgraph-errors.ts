import type { Log } from '@steward/core';
import type { GraphQLFormattedError } from 'graphql';
import { z } from 'zod';
import { looksInternal } from './leaks.ts';
import { formatRefusal } from './refusal.ts';
import type { RequestScope } from './request-scope.ts';

const text = z
  .string()
  .max(2_000)
  .refine((said) => !looksInternal(said));
const upperSnake = z.string().regex(/^[A-Z][A-Z0-9_]{0,99}$/);
const rule = z
  .string()
  .regex(/^[A-Z]\d{1,5}$/)
  .nullish();

/** Codes a service may answer with. UNAUTHENTICATED is absent: the user was authenticated here, so it is our fault. */
const codes = z.enum(['FORBIDDEN', 'NOT_FOUND', 'BAD_USER_INPUT', 'CONFLICT', 'RATE_LIMITED', 'UNAVAILABLE']);

const violation = z.object({
  path: z.string().max(500).optional(),
  reason: upperSnake,
  rule,
  message: text.optional(),
});

const typedError = z.object({
  message: text,
  extensions: z.object({
    code: codes,
    reason: upperSnake,
    rule,
    violations: z.array(violation).max(10_000).optional(),
  }),
});

const errorPath = z.array(z.union([z.string(), z.number()]));

/**
 * What a client may read of a service's error: a typed refusal whole, anything else as INTERNAL with the trace id.
 * The words of a masked error are not logged either, as they may quote personal data; the service has its own log.
 */
export function publicError(error: unknown, service: string, scope: RequestScope, log: Log): GraphQLFormattedError {
  const path = errorPath.safeParse((error as { path?: unknown } | null)?.path).data;
  const place = path === undefined ? {} : { path };
  const typed = typedError.safeParse(error);
  if (typed.success) {
    const { message, extensions } = typed.data;
    return { message, ...place, extensions: { ...withoutNothing(extensions), traceId: scope.traceId } };
  }
  const said = (error as { extensions?: { code?: unknown; reason?: unknown } } | null)?.extensions;
  log.error(
    { service, traceId: scope.traceId, said: { code: word(said?.code), reason: word(said?.reason) } },
    'a service error was masked',
  );
  return { ...formatRefusal({ code: 'INTERNAL', reason: 'INTERNAL' }, scope), ...place };
}

const word = (said: unknown): string | undefined => upperSnake.safeParse(said).data;

const withoutNothing = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined && entry !== null)) as T;
