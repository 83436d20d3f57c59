import { createLog, systemClock } from '@steward/core';
import { openDatabase } from '@steward/db';
import { connectNats, createConsumer, subscribe } from '@steward/events';

import { keepMove, sink } from '../rig/event-rig.ts';
import { deadlyStep, movedAsRead } from './poison-facts.ts';

// One instance of a consumer that deadly facts take down: told where to read, it says when it is ready, and begins.
const [url = '', nats = '', prefix = ''] = process.argv.slice(2);
const log = createLog({ name: 'poison-consumer', level: process.env['TEST_LOG'] ?? 'silent' });
const database = await openDatabase({ url, service: sink, entities: [], log });
const consumer = createConsumer({
  database,
  nats: await connectNats(nats),
  prefix,
  log,
  service: sink,
  clock: systemClock,
  catalog: [movedAsRead],
  handlers: [
    subscribe(movedAsRead, 'keep-move', async (tx, event) => {
      if (event.data.step === deadlyStep) process.kill(process.pid, 'SIGKILL');
      await keepMove(tx, event);
    }),
  ],
});
process.once('message', () => void consumer.start());
process.once('disconnect', () => process.exit(0));
process.send?.('ready');
