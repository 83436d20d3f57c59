import { pipeline } from 'node:stream/promises';
import { createGate, type Gate, type Log } from '@steward/core';
import express, { Router, type Request, type Response } from 'express';
import { bodyInTime } from './body-in-time.ts';
import { refusalBody, type Refusal } from './refusal.ts';
import { currentScope, traceparentOf } from './request-scope.ts';
import { HOOKS_UNDER_WAY, type Subgraph, type Subgraphs } from './subgraphs.ts';

/** Plain words only, as for files. */
const hookPath = /^\/hooks\/([a-z][a-z0-9-]*)((?:\/[A-Za-z0-9_-]+)+)$/;

/** What somebody outside tells us is short; what is longer is not read. */
const LIMIT = '64kb';
const STALL_MS = 30_000;
/** So many more may wait for their turn with a service, and so long; whoever is refused tells it again. */
const waiting = { waiting: HOOKS_UNDER_WAY, waitMs: 1_000 };

const requestHeaders = ['content-type', 'accept'];
/** Signature, time, nonce and serial number of a provider's key. */
const signatureHeader = /^wechatpay-[a-z-]+$/;
const responseHeaders = ['content-type', 'cache-control'];

type Parts = { subgraphs: Subgraphs; bodyTimeoutMs: number; log: Log };

/**
 * Passes `POST /hooks/<service>/...` on to the service, byte for byte: what providers outside tell by themselves. The
 * service believes their signature alone; no token, cookie or header of ours gets through.
 */
export function hooksProxy(parts: Parts): Router {
  const router = Router();
  const body = express.raw({ type: () => true, limit: LIMIT, inflate: false });
  const gates = new Map(
    parts.subgraphs.all.map(({ name }): [string, Gate] => [name, createGate({ most: HOOKS_UNDER_WAY, ...waiting })]),
  );
  router.use('/hooks', bodyInTime(parts.bodyTimeoutMs), body, async (request, response) => {
    const { pathname, search } = new URL(request.originalUrl, 'http://gateway.invalid');
    const isPlain = request.originalUrl === pathname && search === '' && request.method === 'POST';
    const subgraph = isPlain ? parts.subgraphs.find(hookPath.exec(pathname)?.[1] ?? '') : undefined;
    if (subgraph === undefined) return refuse(response, 404, { code: 'NOT_FOUND', reason: 'ROUTE_NOT_FOUND' });
    const leave = await gates.get(subgraph.name)?.entered();
    if (leave === undefined) return refuse(response, 503, { code: 'UNAVAILABLE', reason: 'OVERLOADED' });
    await forward(subgraph, request, response, parts.log).finally(leave);
  });
  return router;
}

function headersOf({ headers }: Request): Record<string, string | string[]> {
  const passed = Object.entries(headers).filter(
    (header): header is [string, string | string[]] =>
      header[1] !== undefined && (requestHeaders.includes(header[0]) || signatureHeader.test(header[0])),
  );
  return Object.fromEntries(passed);
}

async function forward(subgraph: Subgraph, request: Request, response: Response, log: Log): Promise<void> {
  const scope = currentScope();
  try {
    const { statusCode, headers, body } = await subgraph.hooks.request({
      method: 'POST',
      path: request.originalUrl,
      headers: { ...headersOf(request), traceparent: traceparentOf(scope) },
      body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
      headersTimeout: STALL_MS,
      bodyTimeout: STALL_MS,
    });
    const known = responseHeaders.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]]));
    response.status(statusCode).set(Object.fromEntries(known));
    await pipeline(body, response);
  } catch {
    if (response.headersSent) return void response.destroy();
    log.warn({ service: subgraph.name, traceId: scope.traceId }, 'a hook could not be passed on');
    // Whoever told it tells it again.
    const params = { service: subgraph.name };
    refuse(response, 503, { code: 'UNAVAILABLE', reason: 'SUBGRAPH_UNAVAILABLE', params });
  }
}

const refuse = (response: Response, status: number, refusal: Refusal): void =>
  void response.status(status).json(refusalBody(refusal, currentScope()));
