import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { createIdentityVerifier, systemViewer } from '@steward/auth';
import { createLog, loadConfig, type Log } from '@steward/core';
import { migrate, openDatabase, type Database } from '@steward/db';
import {
  connectNats,
  createConsumer,
  createRelay,
  eventMigrations,
  type Handler,
  type NatsConnection,
} from '@steward/events';
import { bindFiles, fileMigrations, localFileStore, parseSigningKeys } from '@steward/files';

import { serviceConfig, type ServiceConfig } from './config.ts';
import { advanceDeadline, deadlineTimer } from './deadlines.ts';
import { createFieldCipher } from './field-cipher.ts';
import { startHousekeeping } from './housekeeping.ts';
import { createHttp, type HttpParts } from './http.ts';
import { kitMigrations } from './kit-migrations.ts';
import { mergeLabels } from './labels.ts';
import { createMetrics } from './metrics.ts';
import { policySetEntity } from './policy-set.ts';
import { bindTx, type Running } from './running.ts';
import { directoryChannel } from './notification-channel.ts';
import { notificationTimer, sendNotification } from './notifications.ts';
import { buildServiceSchema } from './schema.ts';
import { openClock } from './service-clock.ts';
import type { ServiceDefinition } from './service-definition.ts';
import { createTimerLoop } from './timer-loop.ts';

export type RunningService = { name: string; url: string; stop(): Promise<void> };

/** All migrations of a service: the platform's tables, then its own. */
export const migrationsOf = (definition: ServiceDefinition) => [
  ...eventMigrations,
  ...fileMigrations,
  ...kitMigrations,
  ...definition.migrations,
];

/** Lets the kit's functions know, inside a reaction, for whom they run. */
const bound = (running: Running, handlers: Handler[]): Handler[] =>
  handlers.map((handler) => ({
    ...handler,
    command: (tx, event) => {
      bindTx(tx, running, {
        command: handler.name,
        viewer: systemViewer(event.tenantid, running.name),
        authorized: true,
      });
      return handler.command(tx, event);
    },
  }));

async function listen(server: Server, config: ServiceConfig): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.PORT, config.HOST, resolve);
  });
  const { address, port } = server.address() as AddressInfo;
  return `http://${address.includes(':') ? `[${address}]` : address}:${port}`;
}

/** What a process is made of, in the order in which it is opened. */
type Opened = HttpParts & { nats: NatsConnection };

/** Files and personal data: what the service's database keeps only sealed or only by reference. */
async function openStores(definition: ServiceDefinition, config: ServiceConfig, database: Database) {
  const cipher = createFieldCipher(config.FIELD_KEYS);
  const store = await localFileStore(config.FILES_DIR);
  bindFiles(database, {
    service: definition.name,
    signingKeys: parseSigningKeys(config.FILE_SIGNING_KEY),
    purposes: definition.filePurposes,
    names: { seal: cipher.seal, open: cipher.open },
  });
  return { cipher, store };
}

async function openParts(definition: ServiceDefinition, config: ServiceConfig, log: Log): Promise<Opened> {
  const { name } = definition;
  const metrics = createMetrics(name);
  const database = await openDatabase({
    url: config.DATABASE_URL,
    service: name,
    entities: [policySetEntity, ...definition.entities],
    poolSize: config.DATABASE_POOL_SIZE,
    log,
    onStatement: () => metrics.inc('steward_sql_statements_total'),
  });
  const { cipher, store } = await openStores(definition, config, database);
  const clock = await openClock(config, database);
  const labels = mergeLabels(definition.labels);
  const { aggregates, access, householdsOf } = definition;
  const channel = directoryChannel(config.OUTGOING_DIR);
  const running: Running = { name, aggregates, access, cipher, labels, channel, householdsOf };
  const nats = await connectNats(config.NATS_URL, { name: `steward-${name}` });
  const wire = { database, nats, service: name, prefix: config.NATS_PREFIX, log, metrics };
  const relay = createRelay(wire);
  const consumer = createConsumer({ ...wire, clock, handlers: bound(running, definition.handlers) });
  const commands = { [deadlineTimer]: advanceDeadline, [notificationTimer]: sendNotification, ...definition.timers };
  const timers = createTimerLoop({ database, running, commands, clock, log });
  const verify = createIdentityVerifier({ publicKeys: config.IDENTITY_PUBLIC_KEYS, audience: name });
  const own = { definition, config, running, labels, log, metrics, verify };
  return { ...own, database, store, clock, nats, relay, consumer, timers };
}

/** Stops taking work in, then the things that make work, then what carries it out, then the connections. */
async function stopInOrder(parts: Opened, server: Server, apollo: { stop(): Promise<void> }): Promise<void> {
  server.closeIdleConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  await apollo.stop();
  await parts.timers.stop();
  await parts.consumer.stop();
  await parts.relay.stop();
  await parts.nats.close();
  await parts.database.close();
  parts.log.info('stopped');
}

/** Starts a service: configuration, migration, database, relay, consumer, timers, HTTP. Answers once it takes requests. */
export async function runService(definition: ServiceDefinition, env: NodeJS.ProcessEnv): Promise<RunningService> {
  const config = loadConfig(serviceConfig, env);
  const { name } = definition;
  const log = createLog({ name, level: config.LOG_LEVEL });
  await migrate({ url: config.DATABASE_URL, service: name, migrations: migrationsOf(definition), log });
  // The schema first: a table that does not fit it must not leave connections behind.
  const schema = buildServiceSchema(definition);
  const parts = await openParts(definition, config, log);
  const { app, apollo } = await createHttp(parts, schema);
  const server = createServer({ keepAliveTimeout: 75_000 }, app);
  await parts.relay.start();
  await parts.consumer.start();
  parts.timers.start();
  const stopHousekeeping = startHousekeeping(parts);
  const url = await listen(server, config);
  log.info({ url }, 'ready');
  const stop = async (): Promise<void> => {
    stopHousekeeping();
    await stopInOrder(parts, server, apollo);
  };
  return { name, url, stop };
}
