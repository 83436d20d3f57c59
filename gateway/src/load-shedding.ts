import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createGate, type Gate, type Leave } from '@steward/core';
import type { RequestHandler } from 'express';
import { answersInTime } from './answer-in-time.ts';
import { createClientShares, type Share } from './client-shares.ts';
import type { GatewayConfig } from './config.ts';
import type { GatewayMetrics } from './metrics.ts';
import { refusalBody, type Refusal } from './refusal.ts';
import { currentScope, openScope, runInScope, type RequestScope } from './request-scope.ts';

/** How often the event loop is looked at. */
const SAMPLE_MS = 50;
/** So few may always be under way, however late the loop is: something has to be answered. */
const FEWEST = 32;
/** Bodies may hold so much for each request that may be under way, so that large ones cannot fill the memory. */
const BYTES_PER_PLACE = 262_144;
/** For so long a request keeps its place while its body comes. */
const BODY_FOLLOWS_MS = 50;
/** Of a refused request so much is read to keep its connection; for more it is closed. */
const READ_ANYWAY_BYTES = 65_536;
const RETRY_AFTER_SECONDS = '1';

export type LoadShedding = {
  /** Lets a request through to the listener, after a short wait perhaps, or refuses it. */
  guard: (listener: RequestListener) => RequestListener;
  /** For whom the viewer is known: refuses what is beyond a client's share, and lets go of the place of whose body is not there yet. */
  takeShare: RequestHandler;
  /** A place again, for whose body has come meanwhile. */
  comeBack: RequestHandler;
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
  const answers = answersInTime(config.ANSWER_TIMEOUT_MS);
  const places = new WeakMap<IncomingMessage, Leave>();
  const refuseForLoad: Refuse = (request, response, scope) => {
    metrics.refusedForLoad();
    refuse(request, response, scope, { status: 503, refusal: { code: 'UNAVAILABLE', reason: 'OVERLOADED' } });
  };
  const enter = (request: IncomingMessage, response: ServerResponse, scope: RequestScope, goOn: () => void): void =>
    gate.enter((leave) => {
      if (leave === undefined) return refuseForLoad(request, response, scope);
      places.set(request, leave);
      response.once('close', leave);
      // Whoever went away while waiting is not heard of again.
      if (request.socket.destroyed) return leave();
      runInScope(scope, goOn);
    });
  const guard =
    (listener: RequestListener): RequestListener =>
    (request, response) => {
      const scope = openScope(request.headers, config.REQUEST_DEADLINE_MS);
      if (!isPlain(request.url)) return refuse(request, response, scope, nothingThere);
      const goOn = (): void => listener(request, response);
      if (!isOfGraph(request.url)) return runInScope(scope, goOn);
      enter(request, response, scope, () => {
        answers.watch(response, scope);
        goOn();
      });
    };
  return {
    guard,
    ...bodies(config, refuseForLoad, { places, enter }),
    now: () => ({
      underWay: gate.underWay(),
      waiting: gate.waiting(),
      width: gate.width(),
      lagMs: Math.round(lag.ms()),
    }),
    stop: () => {
      lag.stop();
      answers.stop();
    },
  };
}

type Refuse = (request: IncomingMessage, response: ServerResponse, scope: RequestScope) => void;
type Places = {
  places: WeakMap<IncomingMessage, Leave>;
  enter: (request: IncomingMessage, response: ServerResponse, scope: RequestScope, goOn: () => void) => void;
};

/** What is not there yet is waited for outside, and counted by what has come of it: no place for whoever only announces. */
function bodies(config: GatewayConfig, refuseForLoad: Refuse, { places, enter }: Places) {
  const shareOf = createClientShares({
    mostBytes: config.REQUESTS_UNDER_WAY * BYTES_PER_PLACE,
    mostOfClient: config.REQUESTS_PER_CLIENT * BYTES_PER_PLACE,
    requestBytes: BYTES_PER_PLACE,
  });
  const takeShare: RequestHandler = (request, response, next) => {
    const scope = currentScope();
    const share = shareOf(scope.viewer?.sub ?? '');
    if (share === undefined) return refuseForLoad(request, response, scope);
    response.once('close', share.giveBack);
    if (request.complete) return next();
    // What says of itself that it will not fit is refused before it is read.
    if (!share.hold(announcedBytes(request, config))) return refuseForLoad(request, response, scope);
    share.hold(0);
    letGoOfSlow(request, places);
    count(request, share, () => {
      if (response.headersSent) return;
      refuseForLoad(request, response, scope);
      response.once('finish', () => request.destroy());
    });
    next();
  };
  const comeBack: RequestHandler = (request, response, next) => {
    if (places.has(request)) return next();
    enter(request, response, currentScope(), next);
  };
  return { takeShare, comeBack };
}

const announcedBytes = ({ headers }: IncomingMessage, { BODY_LIMIT_BYTES }: GatewayConfig): number =>
  Math.min(BODY_LIMIT_BYTES, Number(headers['content-length'] ?? 0));

/** A body mostly follows its head at once; for one that does not the place is free for others. */
function letGoOfSlow(request: IncomingMessage, places: Places['places']): void {
  const letGo = (): void => {
    if (request.complete) return;
    places.get(request)?.();
    places.delete(request);
  };
  // What has come while the event loop was late is read before it is judged.
  const timer = setTimeout(() => setImmediate(letGo), BODY_FOLLOWS_MS);
  request.once('end', () => clearTimeout(timer));
  request.once('close', () => clearTimeout(timer));
}

function count(request: IncomingMessage, share: Share, giveUp: () => void): void {
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (!share.hold(bytes)) giveUp();
  });
}

/** A path as browsers send it, and as the router reads it: no other form of a URL gets past what goes by its beginning. */
const isPlain = (url = ''): boolean => /^\/[!"$-[\]-~]*$/.test(url);

const isOfGraph = (url = ''): boolean => /^\/graphql(?:[/?]|$)/i.test(url);

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

type Answer = { status: number; refusal: Refusal };

const nothingThere: Answer = { status: 404, refusal: { code: 'NOT_FOUND', reason: 'ROUTE_NOT_FOUND' } };

function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  scope: RequestScope,
  { status, refusal }: Answer,
): void {
  const { 'content-length': length = '0', 'transfer-encoding': encoding } = request.headers;
  const isShort = encoding === undefined && Number(length) <= READ_ANYWAY_BYTES;
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    ...(status === 503 ? { 'retry-after': RETRY_AFTER_SECONDS } : {}),
    ...(isShort ? {} : { connection: 'close' }),
  });
  response.end(JSON.stringify(refusalBody(refusal, scope)));
}
