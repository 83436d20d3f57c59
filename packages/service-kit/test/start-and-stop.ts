import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

import { startTestService } from '@steward/test-kit';

import { lampsOf } from './lamps-fixture.ts';
import { sample } from './sample-service.ts';

// A test file's life in a process of its own: what is left open when it has stopped keeps the process alive.
const service = await startTestService(sample);
await lampsOf(service).light();
await service.restart();
await service.settle();
await service.stop();

// A start that fails late leaves nothing open either.
const taken = createServer().listen(0, '127.0.0.1');
await once(taken, 'listening');
const { port } = taken.address() as AddressInfo;
const env = { PORT: String(port), HOST: '127.0.0.1' };
const failure = await startTestService(sample, { env }).catch((error: unknown) => error);
taken.close();
process.stdout.write((failure as { code?: string }).code === 'EADDRINUSE' ? 'refused\n' : 'started\n');
process.stdout.write('stopped\n');
