import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGate, type Gate, type Log } from '@steward/core';
import { Router, type Request, type Response } from 'express';
import { refusalBody, type Refusal } from './refusal.ts';
import { currentScope, traceparentOf } from './request-scope.ts';
import { FILES_UNDER_WAY, type Subgraph, type Subgraphs } from './subgraphs.ts';

/** Plain words only, no percent signs: no path trick has anything to work with. Links of ours need no more. */
const filePath = /^\/files\/([a-z][a-z0-9-]*)((?:\/[A-Za-z0-9_~=-][A-Za-z0-9._~=-]*)+)$/;

const requestHeaders = ['content-type', 'content-length', 'range', 'if-none-match', 'if-range', 'accept'];
const responseHeaders = [
  'content-type',
  'content-length',
  'content-disposition',
  'content-range',
  'accept-ranges',
  'etag',
  'last-modified',
  'cache-control',
  'content-security-policy',
  'x-content-type-options',
  'referrer-policy',
];

/** In the time that a transfer may stand still at least so much of it has to pass, in either direction. */
const LEAST_BYTES = 65_536;
/** So many more may wait for their turn with a service, and so long. */
const waiting = { waiting: FILES_UNDER_WAY, waitMs: 1_000 };

class TooLarge extends Error {}

type Parts = { subgraphs: Subgraphs; limitBytes: number; stallMs: number; log: Log };

/**
 * Streams `/files/<service>/...` to and from the service, which checks the signed link. Nothing is kept in memory,
 * and neither the user's token nor a cookie is passed on.
 */
export function filesProxy(parts: Parts): Router {
  const router = Router();
  const gates = new Map(
    parts.subgraphs.all.map(({ name }): [string, Gate] => [name, createGate({ most: FILES_UNDER_WAY, ...waiting })]),
  );
  router.use('/files', async (request, response) => {
    const { pathname, search } = new URL(request.originalUrl, 'http://gateway.invalid');
    // The URL parser resolves `..`; what was asked must already be what it makes of it.
    const isPlain = request.originalUrl === pathname + search && ['GET', 'HEAD', 'PUT'].includes(request.method);
    const subgraph = isPlain ? parts.subgraphs.find(filePath.exec(pathname)?.[1] ?? '') : undefined;
    if (subgraph === undefined) return refuse(request, response, 404, { code: 'NOT_FOUND', reason: 'ROUTE_NOT_FOUND' });
    if (Number(request.headers['content-length'] ?? 0) > parts.limitBytes)
      return refuse(request, response, 413, tooLarge(parts));
    const leave = await gates.get(subgraph.name)?.entered();
    if (leave === undefined) return refuse(request, response, 503, overloaded);
    await forward(subgraph, request, response, parts).finally(leave);
  });
  return router;
}

async function forward(subgraph: Subgraph, request: Request, response: Response, parts: Parts): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const progress = watchProgress(parts.stallMs, () => gone.abort());
  const scope = currentScope();
  try {
    const { statusCode, headers, body } = await subgraph.files.request({
      method: request.method,
      path: request.originalUrl,
      headers: {
        ...pick(request.headers, requestHeaders),
        'accept-language': scope.acceptLanguage ?? scope.locale,
        traceparent: traceparentOf(scope),
      },
      body: request.method === 'PUT' ? request.pipe(meter(progress.passed, parts.limitBytes)) : null,
      signal: gone.signal,
      headersTimeout: parts.stallMs,
      bodyTimeout: parts.stallMs,
    });
    if (statusCode >= 500) {
      body.destroy();
      return unavailable(subgraph, request, response);
    }
    response.status(statusCode).set(pick(headers, responseHeaders));
    await pipeline(body, meter(progress.passed), response, { signal: gone.signal });
  } catch (error) {
    if (response.headersSent || response.destroyed) return void response.destroy();
    if (error instanceof TooLarge) return refuse(request, response, 413, tooLarge(parts));
    if (gone.signal.aborted) return refuse(request, response, 408, late);
    parts.log.warn({ service: subgraph.name, traceId: scope.traceId }, 'a file could not be passed on');
    unavailable(subgraph, request, response);
  } finally {
    progress.stop();
  }
}

/** Neither side's standing still is noticed by the other: one that does not read, or does not write, is given up. */
function watchProgress(stallMs: number, giveUp: () => void) {
  const timer = setTimeout(giveUp, stallMs);
  let bytes = 0;
  return {
    passed: (more: number): void => {
      bytes += more;
      if (bytes < LEAST_BYTES) return;
      bytes = 0;
      timer.refresh();
    },
    stop: () => clearTimeout(timer),
  };
}

function meter(passed: (bytes: number) => void, limitBytes = Infinity): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      passed(chunk.length);
      if (bytes > limitBytes) done(new TooLarge());
      else done(null, chunk);
    },
  });
}

const late: Refusal = { code: 'BAD_USER_INPUT', reason: 'BODY_LATE' };
const overloaded: Refusal = { code: 'UNAVAILABLE', reason: 'OVERLOADED' };

const tooLarge = ({ limitBytes }: Parts): Refusal => ({
  code: 'BAD_USER_INPUT',
  reason: 'FILE_TOO_LARGE',
  params: { bytes: limitBytes },
});

const unavailable = ({ name }: Subgraph, request: Request, response: Response): void =>
  refuse(request, response, 503, { code: 'UNAVAILABLE', reason: 'SUBGRAPH_UNAVAILABLE', params: { service: name } });

function refuse(request: Request, response: Response, status: number, refusal: Refusal): void {
  // The rest of a body is not read only to keep the connection.
  if (!request.readableEnded && request.method === 'PUT') response.set('connection', 'close');
  response.status(status).json(refusalBody(refusal, currentScope()));
}

const pick = (
  headers: Record<string, string | string[] | undefined>,
  names: string[],
): Record<string, string | string[]> =>
  Object.fromEntries(names.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])));
