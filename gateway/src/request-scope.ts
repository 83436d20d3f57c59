import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import type { Viewer } from '@steward/auth';
import {
  askedDeadlineMs,
  DEADLINE_HEADER,
  localeOf,
  requestDeadlineIn,
  type Locale,
  type RequestDeadline,
} from '@steward/core';

/** What everything done for one HTTP request shares, errors before and after the graph included. */
export type RequestScope = {
  locale: Locale;
  acceptLanguage: string | undefined;
  traceId: string;
  traceFlags: string;
  /** Counted from when the request came, before it waited for anything. */
  deadline: RequestDeadline;
  /** Whether the client asked for less time than it might have had. */
  isShortened: boolean;
  /** Whether the client asked for a deadline in words that say none. */
  isDeadlineInvalid: boolean;
  /** Who asks, once the token has been looked at. */
  viewer?: Viewer | undefined;
  /** Takes what planning costs from what the client may still ask; refuses where that does not reach. */
  payForPlan?: () => Promise<void>;
};

/** For what does not come by HTTP. */
const DEADLINE_MS = 10_000;

const storage = new AsyncLocalStorage<RequestScope>();

/** W3C trace context; a header that does not fit starts a trace of our own. */
const traceparent = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})$/;

/** `mostMs` is the longest that anybody waits; a client may ask for less. */
export function openScope(headers: Record<string, string | string[] | undefined>, mostMs = DEADLINE_MS): RequestScope {
  const text = (name: string): string | undefined => [headers[name]].flat()[0];
  const [, traceId = randomBytes(16).toString('hex'), traceFlags = '01'] =
    traceparent.exec(text('traceparent') ?? '') ?? [];
  const acceptLanguage = text('accept-language')?.slice(0, 200);
  const asked = askedDeadlineMs(text(DEADLINE_HEADER));
  const milliseconds = Math.min(mostMs, asked ?? mostMs);
  return {
    locale: localeOf(acceptLanguage),
    acceptLanguage,
    traceId,
    traceFlags,
    deadline: requestDeadlineIn(milliseconds),
    isShortened: milliseconds < mostMs,
    isDeadlineInvalid: asked === null,
  };
}

export const runInScope = <T>(scope: RequestScope, work: () => T): T => storage.run(scope, work);

/** The scope of the request at hand; a fresh one where there is none, so that no error goes out without a trace id. */
export const currentScope = (): RequestScope => storage.getStore() ?? openScope({});

/** The header for one call made on the request's behalf: same trace, a span of its own. */
export const traceparentOf = (scope: RequestScope): string =>
  `00-${scope.traceId}-${randomBytes(8).toString('hex')}-${scope.traceFlags}`;
