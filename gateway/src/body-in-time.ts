import type { RequestHandler } from 'express';
import { refusalBody } from './refusal.ts';
import { currentScope } from './request-scope.ts';

/** A body that has not come whole after so long, or by the request's deadline, is waited for no longer. */
export const bodyInTime =
  (mostMs: number): RequestHandler =>
  (request, response, next) => {
    // It came along with its head, or there is none.
    if (request.complete) return next();
    const scope = currentScope();
    const giveUp = (): void => {
      if (request.complete || response.headersSent) return;
      response.status(408).set('connection', 'close');
      const body = JSON.stringify(refusalBody({ code: 'BAD_USER_INPUT', reason: 'BODY_LATE' }, scope));
      response.type('json').end(body, () => request.destroy());
    };
    const timer = setTimeout(giveUp, Math.max(1, Math.min(mostMs, scope.deadline.leftMs())));
    request.once('end', () => clearTimeout(timer));
    request.once('close', () => clearTimeout(timer));
    next();
  };
