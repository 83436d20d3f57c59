import { setTimeout as wait } from 'node:timers/promises';

import type { Locale } from '@steward/core';

import { ImportError } from './import-error.ts';

/** Sends one operation and answers its data; a refusal of the whole operation is an `ImportError`. */
export type GatewayClient = <D>(query: string, variables: Record<string, unknown>) => Promise<D>;

export type GatewayClientOptions = {
  /** The gateway's address: `http://127.0.0.1:4000/graphql`. */
  url: string;
  /** Asked before every attempt, so that a long import outlives a token. */
  token: () => Promise<string>;
  /** The language of refusals. */
  locale?: Locale;
  /** Milliseconds to wait for one answer. */
  timeoutMs?: number;
  /** Milliseconds during which an operation that did not get through is tried again. */
  patienceMs?: number;
};

type GraphQLAnswer = {
  data?: unknown;
  errors?: {
    message: string;
    extensions?: { code?: string; reason?: string; violations?: { path?: string; reason: string }[] };
  }[];
};

/** An attempt that another one may mend: the operation carries an idempotency key, so trying again does no harm. */
class Unsettled extends Error {}

const firstPauseMs = 200;
const longestPauseMs = 5_000;

const isTransient = (status: number): boolean => status === 429 || (status >= 502 && status <= 504);

function dataOf(answer: GraphQLAnswer): unknown {
  const [error] = answer.errors ?? [];
  if (error === undefined) return answer.data;
  const { code = '', reason = code, violations = [] } = error.extensions ?? {};
  if (code === 'UNAVAILABLE' || code === 'RATE_LIMITED') throw new Unsettled(error.message);
  const paths = violations.map(({ path }) => path).filter((path) => path !== undefined);
  const where = paths.length > 0 ? ` (${paths.slice(0, 5).join(', ')})` : '';
  throw new ImportError(code === 'UNAUTHENTICATED' ? code : 'REFUSED', {
    text: 'GATEWAY_ANSWERED',
    params: { reason, message: error.message, where },
    refusals: [reason, ...violations.map((violation) => violation.reason)],
  });
}

/** The graph's address; that of the gateway alone will do. */
function endpointOf(url: string): URL {
  const endpoint = new URL(url);
  if (endpoint.pathname === '/') endpoint.pathname = '/graphql';
  return endpoint;
}

async function attempt(options: GatewayClientOptions, body: string): Promise<unknown> {
  const headers = {
    'content-type': 'application/json',
    'accept-language': options.locale ?? 'en',
    authorization: `Bearer ${await options.token()}`,
  };
  const signal = AbortSignal.timeout(options.timeoutMs ?? 60_000);
  let response: Response;
  let text: string;
  try {
    response = await fetch(endpointOf(options.url), { method: 'POST', headers, body, signal });
    text = await response.text();
  } catch (cause) {
    throw new Unsettled('no answer', { cause });
  }
  if (isTransient(response.status)) throw new Unsettled(`status ${response.status}`);
  let answer: GraphQLAnswer;
  try {
    answer = JSON.parse(text) as GraphQLAnswer;
  } catch (cause) {
    const params = { url: options.url, status: response.status };
    throw new ImportError('REFUSED', { text: 'NO_GRAPHQL', params, cause });
  }
  return dataOf(answer);
}

/** A client that a restarting gateway or service does not stop, for as long as its patience lasts. */
export function createGatewayClient(options: GatewayClientOptions): GatewayClient {
  return async <D>(query: string, variables: Record<string, unknown>): Promise<D> => {
    const body = JSON.stringify({ query, variables });
    const giveUpAt = Date.now() + (options.patienceMs ?? 60_000);
    for (let pause = firstPauseMs; ; pause = Math.min(pause * 2, longestPauseMs)) {
      try {
        return (await attempt(options, body)) as D;
      } catch (error) {
        if (!(error instanceof Unsettled)) throw error;
        if (Date.now() + pause > giveUpAt) {
          const params = { url: options.url, why: error.message };
          throw new ImportError('GATEWAY_UNREACHABLE', { params, cause: error });
        }
        await wait(pause);
      }
    }
  };
}
