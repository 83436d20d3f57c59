import type { ServerResponse } from 'node:http';
import type { RequestScope } from './request-scope.ts';

/** How often it is looked whether somebody does not read. */
const LOOK_MS = 250;

/** Cuts answers that nobody reads: so long after the request's deadline they would hold a place for ever. */
export function answersInTime(readMs: number) {
  const underWay = new Map<ServerResponse, RequestScope>();
  const timer = setInterval(() => {
    for (const [response, { deadline }] of underWay) if (deadline.leftMs() < -readMs) response.destroy();
  }, LOOK_MS).unref();
  return {
    watch: (response: ServerResponse, scope: RequestScope): void => {
      underWay.set(response, scope);
      response.once('close', () => underWay.delete(response));
    },
    stop: () => clearInterval(timer),
  };
}
