import type { Log } from '@steward/core';
import type { ErrorRequestHandler } from 'express';
import type { GatewayConfig } from './config.ts';
import { refusalBody, RefusalError, type Refusal } from './refusal.ts';
import { currentScope } from './request-scope.ts';

export class HttpRefusal extends Error {
  readonly status: number;
  readonly refusal: Refusal;

  constructor(status: number, refusal: Refusal) {
    super(refusal.reason);
    this.status = status;
    this.refusal = refusal;
  }
}

/** Errors outside the graph; Express itself would answer with a stack. */
export const answerError =
  (config: GatewayConfig, log: Log): ErrorRequestHandler =>
  (error: unknown, _request, response, _next) => {
    const { status, refusal } = error instanceof HttpRefusal ? error : httpRefusalOf(error, config);
    const scope = currentScope();
    if (status >= 500) log.error({ err: error, traceId: scope.traceId }, 'an unforeseen error was masked');
    if (response.headersSent) return void response.destroy();
    if (error instanceof RefusalError) response.set(error.headers);
    response.status(status).set('cache-control', 'no-store').json(refusalBody(refusal, scope));
  };

/** The body parser's errors carry a type; everything else is ours. */
function httpRefusalOf(error: unknown, config: GatewayConfig): { status: number; refusal: Refusal } {
  if (error instanceof RefusalError) return { status: error.status, refusal: error.refusal };
  const { type, status = 500 } = (error ?? {}) as { type?: unknown; status?: number };
  if (type === 'entity.too.large') {
    return {
      status: 413,
      refusal: { code: 'BAD_USER_INPUT', reason: 'BODY_TOO_LARGE', params: { bytes: config.BODY_LIMIT_BYTES } },
    };
  }
  if (status >= 400 && status < 500) return { status, refusal: { code: 'BAD_USER_INPUT', reason: 'BODY_INVALID' } };
  return { status: 500, refusal: { code: 'INTERNAL', reason: 'INTERNAL' } };
}
