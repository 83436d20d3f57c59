import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import { localeOf, type Locale } from '@steward/core';

/** What everything done for one HTTP request shares, errors before and after the graph included. */
export type RequestScope = { locale: Locale; acceptLanguage: string | undefined; traceId: string; traceFlags: string };

const storage = new AsyncLocalStorage<RequestScope>();

/** W3C trace context; a header that does not fit starts a trace of our own. */
const traceparent = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})$/;

export function openScope(headers: Record<string, string | string[] | undefined>): RequestScope {
  const text = (name: string): string | undefined => [headers[name]].flat()[0];
  const [, traceId = randomBytes(16).toString('hex'), traceFlags = '01'] =
    traceparent.exec(text('traceparent') ?? '') ?? [];
  const acceptLanguage = text('accept-language')?.slice(0, 200);
  return { locale: localeOf(acceptLanguage), acceptLanguage, traceId, traceFlags };
}

export const runInScope = <T>(scope: RequestScope, work: () => T): T => storage.run(scope, work);

/** The scope of the request at hand; a fresh one where there is none, so that no error goes out without a trace id. */
export const currentScope = (): RequestScope => storage.getStore() ?? openScope({});

/** The header for one call made on the request's behalf: same trace, a span of its own. */
export const traceparentOf = (scope: RequestScope): string =>
  `00-${scope.traceId}-${randomBytes(8).toString('hex')}-${scope.traceFlags}`;
