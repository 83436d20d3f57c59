import type { Database } from '@steward/db';
import { Router, json } from 'express';
import { z } from 'zod';

import type { Messaging } from './messaging.ts';
import type { ServiceClock } from './service-clock.ts';
import type { TimerLoop } from './timer-loop.ts';

type Parts = { clock: ServiceClock; timers: TimerLoop; messaging: Messaging; database: Database };

const move = z.object({ set: z.iso.datetime().transform((text) => new Date(text)) });

/** The number of the newest fact: two answers with the same one have no fact made between them. */
async function lastFactOf({ system }: Database): Promise<number> {
  const { rows } = await system.query<{ seq: number }>('select coalesce(max(seq), 0) as seq from outbox');
  return rows[0]?.seq ?? 0;
}

/** What the gateway drives the fake clock by; mounted only with STEWARD_FAKE_CLOCK=1. */
export function testClockRouter({ clock, timers, messaging, database }: Parts): Router {
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
    // Read first: a fact that is made while the rest is looked at shows in the next answer.
    const lastFact = await lastFactOf(database);
    response.json({ quiet: await messaging.quiet(), lastFact });
  });
  return router;
}
