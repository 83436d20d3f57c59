import type { Consumer, Relay } from '@steward/events';
import { Router, json } from 'express';
import { z } from 'zod';

import type { ServiceClock } from './service-clock.ts';
import type { TimerLoop } from './timer-loop.ts';

type Parts = { clock: ServiceClock; timers: TimerLoop; relay: Relay; consumer: Consumer };

const move = z.object({ set: z.iso.datetime().transform((text) => new Date(text)) });

/** What the gateway drives the fake clock by; mounted only with STEWARD_FAKE_CLOCK=1. */
export function testClockRouter({ clock, timers, relay, consumer }: Parts): Router {
  const router = Router();
  router.use(json());
  router.get('/clock', (_request, response) => void response.json({ now: clock.now().toISOString() }));
  router.post('/clock', async (request, response) => {
    const wanted = move.safeParse(request.body);
    if (!wanted.success) return void response.status(400).json({ reason: 'CLOCK_INSTANT_INVALID' });
    if (wanted.data.set < clock.now()) return void response.status(400).json({ reason: 'CLOCK_BACKWARDS' });
    await clock.move?.(wanted.data.set);
    response.json({ now: clock.now().toISOString() });
  });
  router.get('/timers', async (request, response) => {
    const until = z.iso.datetime().safeParse(request.query['until']);
    if (!until.success) return void response.status(400).json({ reason: 'CLOCK_INSTANT_INVALID' });
    response.json({ earliest: (await timers.earliest(new Date(until.data)))?.toISOString() ?? null });
  });
  router.post('/run-due', async (_request, response) => void response.json({ timersRun: await timers.runDue() }));
  router.get('/quiet', async (_request, response) => {
    // The relay first: what it still has to send would only then reach the consumers.
    const quiet = (await relay.quiet()) && (await consumer.quiet());
    response.json({ quiet });
  });
  return router;
}
