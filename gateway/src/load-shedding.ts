import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createGate, type Gate } from '@steward/core';
import type { GatewayConfig } from './config.ts';
import type { GatewayMetrics } from './metrics.ts';
import { refusalBody } from './refusal.ts';
import { openScope, runInScope, type RequestScope } from './request-scope.ts';

/** How often the event loop is looked at. */
const SAMPLE_MS = 50;
/** So few may always be under way, however late the loop is: something has to be answered. */
const FEWEST = 32;
/** A body counts as one request more for each so many bytes, so that large ones cannot fill the memory. */
const BYTES_PER_PLACE = 262_144;
/** Of a refused request so much is read to keep its connection; for more it is closed. */
const READ_ANYWAY_BYTES = 65_536;
const RETRY_AFTER_SECONDS = '1';

export type LoadShedding = {
  /** Lets a request through to the listener, after a short wait perhaps, or refuses it. */
  guard: (listener: RequestListener) => RequestListener;
  now: () => { underWay: number; waiting: number; width: number; lagMs: number };
  stop: () => void;
};

/**
 * The first thing that a request to the graph meets, before its body is read or its token looked at: what is more than
 * can be answered is refused for less than it costs to begin with it. Narrows when the event loop is late.
 */
export function createLoadShedding(config: GatewayConfig, metrics: GatewayMetrics): LoadShedding {
  const { REQUESTS_UNDER_WAY: most, REQUESTS_WAITING: waiting, REQUESTS_WAIT_MS: waitMs } = config;
  const gate = createGate({ most, waiting, waitMs });
  const lag = watchLag((lagMs) => narrow(gate, lagMs > config.EVENT_LOOP_LAG_MS));
  const guard =
    (listener: RequestListener): RequestListener =>
    (request, response) => {
      const scope = openScope(request.headers, config.REQUEST_DEADLINE_MS);
      const goOn = (): void => runInScope(scope, () => listener(request, response));
      if (!isOfGraph(request.url)) return goOn();
      const weight = weightOf(request, config.BODY_LIMIT_BYTES);
      gate.enter(
        (leave) => {
          if (leave === undefined) {
            metrics.refusedForLoad();
            return refuse(request, response, scope);
          }
          response.once('close', leave);
          // Whoever went away while waiting is not heard of again.
          if (request.socket.destroyed) return leave();
          goOn();
        },
        { weight },
      );
    };
  const now: LoadShedding['now'] = () => ({
    underWay: gate.underWay(),
    waiting: gate.waiting(),
    width: gate.width(),
    lagMs: Math.round(lag.ms()),
  });
  return { guard, now, stop: lag.stop };
}

const isOfGraph = (url = ''): boolean => /^\/graphql(?:[/?#]|$)/i.test(url);

/** A body whose length is not told may be as long as bodies may be. */
function weightOf({ headers }: IncomingMessage, limitBytes: number): number {
  const isChunked = headers['transfer-encoding'] !== undefined;
  const bytes = isChunked ? limitBytes : Math.min(limitBytes, Number(headers['content-length'] ?? 0));
  return 1 + Math.floor(bytes / BYTES_PER_PLACE);
}

/** A little wider while the loop is in time, a fifth narrower whenever it is not. */
function narrow(gate: Gate, isLate: boolean): void {
  const width = gate.width();
  gate.narrow(isLate ? Math.max(FEWEST, Math.floor(width * 0.8)) : width + 1);
}

/** How much later than asked for the event loop gets to a timer. */
function watchLag(onSample: (ms: number) => void): { ms: () => number; stop: () => void } {
  let [lag, expected] = [0, performance.now() + SAMPLE_MS];
  const timer = setInterval(() => {
    const at = performance.now();
    lag = Math.max(0, at - expected);
    expected = at + SAMPLE_MS;
    onSample(lag);
  }, SAMPLE_MS).unref();
  return { ms: () => lag, stop: () => clearInterval(timer) };
}

function refuse(request: IncomingMessage, response: ServerResponse, scope: RequestScope): void {
  const body = JSON.stringify(refusalBody({ code: 'UNAVAILABLE', reason: 'OVERLOADED' }, scope));
  const { 'content-length': length = '0', 'transfer-encoding': encoding } = request.headers;
  const isShort = encoding === undefined && Number(length) <= READ_ANYWAY_BYTES;
  response.writeHead(503, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'retry-after': RETRY_AFTER_SECONDS,
    ...(isShort ? {} : { connection: 'close' }),
  });
  response.end(body);
}
