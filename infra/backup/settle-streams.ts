import { existsSync, renameSync } from 'node:fs';

import { createLog } from '@steward/core';
import { roleNames } from '@steward/db';
import { connectNats, logIdentity, settleLog, type NatsConnection } from '@steward/events';
import pg from 'pg';

import { LaunchError } from '../embedded/launch-error.mjs';
import { startNats } from '../embedded/nats.mjs';
import { databaseName, dataPath, findServices } from '../start/layout.ts';
import { messageOf } from '../start/lifetime.ts';
import type { Say } from '../start/progress.ts';
import { stampOf } from './stamp.ts';

const log = createLog({ name: 'restore', level: 'silent' });

async function databasesOn(adminUrl: string): Promise<Set<string>> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>('select datname as name from pg_database');
    return new Set(rows.map(({ name }) => name));
  } finally {
    await client.end();
  }
}

export function urlOf(adminUrl: string, database: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  return url.href;
}

/** As the service's relay would be. */
export function systemPool(adminUrl: string, service: string, database = databaseName(service)): pg.Pool {
  const options = `-c role=${roleNames(service).system}`;
  return new pg.Pool({ connectionString: urlOf(adminUrl, database), options, max: 2 });
}

async function withPool<T>(adminUrl: string, service: string, work: (pool: pg.Pool) => Promise<T>): Promise<T> {
  const pool = systemPool(adminUrl, service);
  try {
    return await work(pool);
  } finally {
    await pool.end();
  }
}

async function settleService(adminUrl: string, service: string, nats: NatsConnection, prefix: string): Promise<number> {
  const settled = await withPool(adminUrl, service, (pool) =>
    settleLog({ pool, nats, prefix, publisher: service, log }),
  );
  return settled.lost;
}

/** The broker of this installation, with what it kept; null when it has kept nothing, for the relays fill an empty one. */
async function openBroker(say: Say): Promise<{ url: string; stop(): Promise<void> } | null> {
  const external = process.env['NATS_URL'];
  if (external !== undefined) return { url: external, stop: () => Promise.resolve() };
  const storeDir = dataPath('nats');
  if (!existsSync(storeDir)) return null;
  try {
    return await startNats({ storeDir, onProgress: say });
  } catch (error) {
    if (!(error instanceof LaunchError) || !error.message.includes('does not start')) throw error;
    const aside = `${storeDir}.before-${stampOf(new Date())}`;
    renameSync(storeDir, aside);
    say(
      `  the broker's store cannot be read and is now in ${aside}: the events are published again from the databases`,
    );
    return null;
  }
}

/** False for a database whose service had not made its tables yet at that point. */
async function beginLife(pool: pg.Pool): Promise<boolean> {
  const { rows } = await pool.query<{ made: boolean }>(`select to_regclass('log_identity') is not null as made`);
  if (rows[0]?.made !== true) return false;
  await logIdentity(pool);
  return true;
}

/**
 * Takes out of the streams, before anything reads them, the facts that the restored databases do not have, and keeps
 * them as lost facts of their publishers. What the streams miss the relays publish once they run.
 */
export async function settleStreams(adminUrl: string, say: Say, only?: string): Promise<void> {
  const existing = await databasesOn(adminUrl);
  const there = findServices().filter((service) => existing.has(databaseName(service)));
  // With a broker or without: from here on what is in the logs belongs to the life before.
  const services: string[] = [];
  for (const service of there) if (await withPool(adminUrl, service, beginLife)) services.push(service);
  const broker = await openBroker(say);
  if (broker === null) return;
  const prefix = process.env['NATS_PREFIX'] ?? 'steward';
  try {
    const nats = await connectNats(broker.url, { name: 'steward-restore' });
    try {
      for (const service of services.filter((each) => only === undefined || each === only)) {
        const lost = await settleService(adminUrl, service, nats, prefix);
        if (lost > 0) {
          say(
            `  ${service}: ${lost} facts are newer than its database; see \`npm run events -- lost --publisher ${service}\``,
          );
        }
      }
    } finally {
      await nats.close();
    }
  } catch (error) {
    if (error instanceof LaunchError) throw error;
    throw new LaunchError(`The streams could not be compared with the databases (${messageOf(error)}): restore again.`);
  } finally {
    await broker.stop();
  }
}
