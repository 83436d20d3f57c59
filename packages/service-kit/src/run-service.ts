import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

import { createCallVerifier, createIdentityVerifier, systemViewer } from '@steward/auth';
import { createLog, drainable, drainTimes, listenOn, loadConfig, type Log } from '@steward/core';
import { migrate, openDatabase, txScope, type Database, type Tx } from '@steward/db';
import { eventMigrations, logIdentity, type Handler } from '@steward/events';
import {
  bindFiles,
  fileMigrations,
  localFileStore,
  parseSigningKeys,
  removalOfErased,
  sealedFileStore,
} from '@steward/files';

import { serviceConfig, type ServiceConfig } from './config.ts';
import { advanceDeadline, deadlineTimer } from './deadlines.ts';
import { erasedFilesTimer } from './erased-files.ts';
import { createFieldCipher } from './field-cipher.ts';
import { startHousekeeping } from './housekeeping.ts';
import { createHttp, type HttpParts } from './http.ts';
import { kitMigrations } from './kit-migrations.ts';
import { mergeLabels } from './labels.ts';
import { createMessaging } from './messaging.ts';
import { createMetrics } from './metrics.ts';
import { policySetEntity } from './policy-set.ts';
import { bindTx, type Running } from './running.ts';
import { directoryChannel } from './notification-channel.ts';
import { notificationTimer } from './notifications.ts';
import { buildServiceSchema } from './schema.ts';
import { sendNotification } from './send-notification.ts';
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
function bound(running: Running, handlers: readonly Handler[]): Handler[] {
  const bind = (tx: Tx, command: string, tenantId: string): void =>
    bindTx(tx, running, { command, viewer: systemViewer(tenantId, running.name), authorized: true });
  return handlers.map(({ command, together, ...handler }) => ({
    ...handler,
    command: (tx, event) => {
      bind(tx, handler.name, event.tenantid);
      return command(tx, event);
    },
    // What shares a transaction is of one tenant.
    ...(together === undefined
      ? {}
      : {
          together: (tx: Tx, events: Parameters<typeof together>[1]) => {
            bind(tx, handler.name, txScope(tx).tenantId);
            return together(tx, events);
          },
        }),
  }));
}

/** Files and personal data: what the service's database keeps only sealed or only by reference. */
async function openStores(definition: ServiceDefinition, config: ServiceConfig, database: Database) {
  const cipher = createFieldCipher(config.FIELD_KEYS);
  const store = sealedFileStore(await localFileStore(config.FILES_DIR), cipher.fileKey);
  bindFiles(database, {
    service: definition.name,
    signingKeys: parseSigningKeys(config.FILE_SIGNING_KEY),
    purposes: definition.filePurposes,
    store,
    names: { seal: cipher.seal, open: cipher.open },
  });
  return { cipher, store };
}

async function openParts(definition: ServiceDefinition, config: ServiceConfig, log: Log): Promise<OpenParts> {
  const { name } = definition;
  const metrics = createMetrics(name);
  const database = await openDatabase({
    url: config.DATABASE_URL,
    service: name,
    entities: [policySetEntity, ...definition.entities],
    poolSize: config.DATABASE_POOL_SIZE,
    waitMs: config.DATABASE_WAIT_MS,
    log,
    onStatement: () => metrics.inc('steward_sql_statements_total'),
  });
  try {
    // Before any command writes: a log that was put back begins another life here, whenever the broker answers.
    await logIdentity(database.system);
    return await openOver(database, { definition, config, log, metrics });
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Whether it stops is known where it runs. */
type OpenParts = Omit<HttpParts, 'isStopping'>;
type Beginning = Pick<HttpParts, 'definition' | 'config' | 'log' | 'metrics'>;

async function openOver(database: Database, { definition, config, log, metrics }: Beginning): Promise<OpenParts> {
  const { name } = definition;
  const { cipher, store } = await openStores(definition, config, database);
  const clock = await openClock(config, database);
  const labels = mergeLabels(definition.labels);
  const { aggregates, access, householdsOf, zonesOf } = definition;
  const running: Running = { name, aggregates, access, cipher, labels, householdsOf, zonesOf };
  const { NATS_URL: natsUrl, NATS_PREFIX: prefix } = config;
  const consumers = [{ handlers: definition.handlers }, ...(definition.consumers ?? [])].map((each) => ({
    ...each,
    handlers: bound(running, each.handlers),
  }));
  const messaging = createMessaging({ database, url: natsUrl, prefix, service: name, consumers, clock, log, metrics });
  const commands = { [deadlineTimer]: advanceDeadline, ...definition.timers };
  const channel = definition.channel ?? directoryChannel(config.OUTGOING_DIR);
  const ownOutside = { [notificationTimer]: sendNotification(channel), [erasedFilesTimer]: removalOfErased };
  const outside = { ...ownOutside, ...definition.outside };
  const timers = createTimerLoop({ database, running, commands, outside, clock, log });
  const verify = createIdentityVerifier({ publicKeys: config.IDENTITY_PUBLIC_KEYS, audience: name });
  const verifyCall = createCallVerifier(config.IDENTITY_PUBLIC_KEYS);
  const own = { definition, config, running, labels, log, metrics, verify, verifyCall };
  return { ...own, database, store, clock, messaging, timers };
}

/** Stops taking work in, then the things that make work, then what carries it out, then the connections. */
async function stopInOrder(
  { timers, messaging, database, log }: OpenParts,
  drain: () => Promise<void>,
  apollo: { stop(): Promise<void> },
): Promise<void> {
  await drain();
  await apollo.stop();
  await timers.stop();
  await messaging.stop();
  await database.close();
  log.info('stopped');
}

/**
 * Starts a service: configuration, migration, database, timers, HTTP; the broker may come later. Answers once it takes
 * requests.
 */
export async function runService(definition: ServiceDefinition, env: NodeJS.ProcessEnv): Promise<RunningService> {
  const config = loadConfig(serviceConfig, env);
  const { name } = definition;
  const log = createLog({ name, level: config.LOG_LEVEL });
  await migrate({ url: config.DATABASE_URL, service: name, migrations: migrationsOf(definition), log });
  // The schema first: a table that does not fit it must not leave connections behind.
  const schema = buildServiceSchema(definition);
  const parts = await openParts(definition, config, log);
  let isStopping = false;
  const { app, apollo } = await createHttp({ ...parts, isStopping: () => isStopping }, schema);
  // Above the gateway's idle time, so that it never sends into a connection that closes.
  const server = createServer({ keepAliveTimeout: 75_000 }, app);
  const drain = drainable(server);
  parts.messaging.start();
  parts.timers.start();
  const stopHousekeeping = startHousekeeping(parts);
  const stop = async (): Promise<void> => {
    isStopping = true;
    await pause(server.listening ? config.STOP_DELAY_MS : 0);
    stopHousekeeping();
    await stopInOrder(parts, () => drain(drainTimes(config)), apollo);
  };
  try {
    const url = await listenOn(server, config);
    log.info({ url }, 'ready');
    return { name, url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
