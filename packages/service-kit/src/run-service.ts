import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { createIdentityVerifier, systemViewer } from '@steward/auth';
import { createLog, loadConfig, type Log } from '@steward/core';
import { migrate, openDatabase, type Database } from '@steward/db';
import { connectNats, createConsumer, createRelay, eventMigrations, type Consumer, type Handler, type Relay } from '@steward/events';
import { bindFiles, fileMigrations, localFileStore, parseSigningKeys } from '@steward/files';

import { serviceConfig, type ServiceConfig } from './config.ts';
import { advanceDeadline, deadlineTimer } from './deadlines.ts';
import { createFieldCipher } from './field-cipher.ts';
import { startHousekeeping } from './housekeeping.ts';
import { createHttp } from './http.ts';
import { kitMigrations } from './kit-migrations.ts';
import { mergeLabels } from './labels.ts';
import { createMetrics } from './metrics.ts';
import { policySetEntity } from './policy-set.ts';
import { bindTx, type Running } from './running.ts';
import { directoryChannel } from './notification-channel.ts';
import { notificationTimer, sendNotification } from './notifications.ts';
import { openClock } from './service-clock.ts';
import type { ServiceDefinition } from './service-definition.ts';
import { createTimerLoop, type TimerLoop } from './timer-loop.ts';

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
      bindTx(tx, running, { command: handler.name, viewer: systemViewer(event.tenantid, running.name), authorized: true });
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

type Parts = { server: Server; apollo: { stop(): Promise<void> }; timers: TimerLoop; consumer: Consumer; relay: Relay };

/** Stops taking work in, then the things that make work, then what carries it out, then the connections. */
async function stopInOrder(parts: Parts, database: Database, closeNats: () => Promise<void>, log: Log): Promise<void> {
  parts.server.closeIdleConnections();
  await new Promise<void>((resolve) => parts.server.close(() => resolve()));
  await parts.apollo.stop();
  await parts.timers.stop();
  await parts.consumer.stop();
  await parts.relay.stop();
  await closeNats();
  await database.close();
  log.info('stopped');
}

/** Starts a service: configuration, migration, database, relay, consumer, timers, HTTP. Answers once it takes requests. */
export async function runService(definition: ServiceDefinition, env: NodeJS.ProcessEnv): Promise<RunningService> {
  const config = loadConfig(serviceConfig, env);
  const { name } = definition;
  const log = createLog({ name, level: config.LOG_LEVEL });
  await migrate({ url: config.DATABASE_URL, service: name, migrations: migrationsOf(definition), log });
  const metrics = createMetrics(name);
  const database = await openDatabase({
    url: config.DATABASE_URL,
    service: name,
    entities: [policySetEntity, ...definition.entities],
    poolSize: config.DATABASE_POOL_SIZE,
    log,
    onStatement: () => metrics.inc('steward_sql_statements_total'),
  });
  const cipher = createFieldCipher(config.FIELD_KEYS);
  const store = await localFileStore(config.FILES_DIR);
  bindFiles(database, {
    service: name,
    signingKeys: parseSigningKeys(config.FILE_SIGNING_KEY),
    purposes: definition.filePurposes,
    names: { seal: cipher.seal, open: cipher.open },
  });
  const clock = await openClock(config, database);
  const labels = mergeLabels(definition.labels);
  const running: Running = {
    name,
    aggregates: definition.aggregates,
    access: definition.access,
    cipher,
    labels,
    channel: directoryChannel(config.OUTGOING_DIR),
    householdsOf: definition.householdsOf,
  };
  const nats = await connectNats(config.NATS_URL, { name: `steward-${name}` });
  const wire = { database, nats, service: name, prefix: config.NATS_PREFIX, log, metrics };
  const relay = createRelay(wire);
  const consumer = createConsumer({ ...wire, clock, handlers: bound(running, definition.handlers) });
  const commands = { [deadlineTimer]: advanceDeadline, [notificationTimer]: sendNotification, ...definition.timers };
  const timers = createTimerLoop({ database, running, commands, clock, log });
  const verify = createIdentityVerifier({ publicKeys: config.IDENTITY_PUBLIC_KEYS, audience: name });
  const { app, apollo } = await createHttp({
    definition, config, database, running, clock, labels, log, metrics, verify, store, relay, consumer, timers,
  });
  const server = createServer({ keepAliveTimeout: 75_000 }, app);
  await relay.start();
  await consumer.start();
  timers.start();
  const stopHousekeeping = startHousekeeping({ database, store, log });
  const url = await listen(server, config);
  log.info({ url }, 'ready');
  const stop = async (): Promise<void> => {
    stopHousekeeping();
    await stopInOrder({ server, apollo, timers, consumer, relay }, database, () => nats.close(), log);
  };
  return { name, url, stop };
}
