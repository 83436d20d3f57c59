import express, { Router, type Response } from 'express';
import { DateTime, Duration } from 'luxon';
import { z } from 'zod';
import { createPlatformClock, type TimedService } from './platform-clock.ts';
import { refusalBody, RefusalError, type Refusal } from './refusal.ts';
import { currentScope } from './request-scope.ts';
import type { Subgraph, Subgraphs } from './subgraphs.ts';

/** A step may run many timers, each a transaction. */
const STEP_MS = 120_000;

const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const duration = z.string().transform((text, context) => {
  const parsed = Duration.fromISO(text);
  if (parsed.isValid) return parsed;
  context.addIssue({ code: 'custom', message: 'is not an ISO 8601 duration' });
  return z.NEVER;
});
const wanted = z.union([z.strictObject({ set: instant }), z.strictObject({ advance: duration })]);

/** `POST /_test/clock` moves the time of the whole platform. Mounted only with STEWARD_FAKE_CLOCK=1. */
export function testClockRouter(subgraphs: Subgraphs): Router {
  const clock = createPlatformClock(subgraphs.all.map(timedService));
  const router = Router();
  router.post('/clock', express.json(), async (request, response) => {
    const input = wanted.safeParse(request.body);
    if (!input.success) return answer(response, 400, { code: 'BAD_USER_INPUT', reason: 'CLOCK_INPUT_INVALID' });
    try {
      const { now, timersRun } = await clock.move((from) => targetOf(input.data, from));
      response.json({ now: now.toISOString(), timersRun });
    } catch (error) {
      if (!(error instanceof RefusalError)) throw error;
      answer(response, error.refusal.code === 'BAD_USER_INPUT' ? 400 : 503, error.refusal);
    }
  });
  return router;
}

/** Months and days of a duration are counted in UTC: the platform spans communities of several zones. */
const targetOf = (input: z.infer<typeof wanted>, from: Date): Date =>
  'set' in input ? input.set : DateTime.fromJSDate(from, { zone: 'utc' }).plus(input.advance).toJSDate();

const answer = (response: Response, status: number, refusal: Refusal): void =>
  void response.status(status).json(refusalBody(refusal, currentScope()));

/** A service's clock over its `/_test` addresses. */
function timedService(subgraph: Subgraph): TimedService {
  const ask = async <S extends z.ZodType>(
    method: 'GET' | 'POST',
    path: string,
    shape: S,
    body?: object,
  ): Promise<z.infer<S>> => {
    try {
      const { statusCode, body: answered } = await subgraph.graph.request({
        method,
        path: `/_test${path}`,
        headers: { 'content-type': 'application/json' },
        body: body === undefined ? null : JSON.stringify(body),
        signal: AbortSignal.timeout(STEP_MS),
        headersTimeout: 0,
        bodyTimeout: 0,
      });
      const text = await answered.text();
      if (statusCode === 200) return shape.parse(JSON.parse(text));
    } catch {
      // Said below, without the address that a network error would name.
    }
    throw new RefusalError({ code: 'UNAVAILABLE', reason: 'SUBGRAPH_UNAVAILABLE', params: { service: subgraph.name } });
  };
  return {
    name: subgraph.name,
    now: async () => (await ask('GET', '/clock', z.object({ now: instant }))).now,
    earliest: async (until) =>
      (await ask('GET', `/timers?until=${until.toISOString()}`, z.object({ earliest: instant.nullable() }))).earliest,
    set: async (at) => void (await ask('POST', '/clock', z.object({ now: instant }), { set: at.toISOString() })),
    runDue: async () => (await ask('POST', '/run-due', z.object({ timersRun: z.int().min(0) }))).timersRun,
    stillness: () => ask('GET', '/quiet', z.object({ quiet: z.boolean(), lastFact: z.int() })),
  };
}
