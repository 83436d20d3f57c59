import { errorFacts, type Log } from '@steward/core';
import type { Database } from '@steward/db';
import type { Client } from 'pg';

import { pause } from './pause.ts';

/** One stretch of being the only one who does the work. */
export type Term = {
  /** Aborts when the lock is lost or the process stops: finish what is in hand and return. */
  signal: AbortSignal;
  /** Runs `listener` on each NOTIFY of the channel; returns what ends that. */
  onNotify: (listener: () => void) => () => void;
};

export type Leadership = { start(): void; stop(): Promise<void> };

export type LeadershipOptions = {
  database: Database;
  /** Names the work; instances on the same database compete for it. */
  key: string;
  channel: string;
  log: Log;
  lead(term: Term): Promise<void>;
};

const standbyMilliseconds = 500;
const retryMilliseconds = 200;

/**
 * Of all instances one leads at a time: the holder of a session lock on a connection of its own, which also LISTENs.
 * The lock goes with the connection, so a killed leader or a restarted database frees it. A leader that has not
 * noticed yet may still act for a moment; its work is guarded by positions and by the chain of the stream.
 */
export function createLeadership(options: LeadershipOptions): Leadership {
  const stopping = new AbortController();
  let running = Promise.resolve();
  return {
    start: () => {
      running = competeUntilStopped(options, stopping.signal);
    },
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

async function competeUntilStopped(options: LeadershipOptions, stopping: AbortSignal): Promise<void> {
  while (!stopping.aborted) {
    try {
      await serveTerm(options, stopping);
    } catch (error) {
      options.log.warn({ key: options.key, ...errorFacts(error) }, 'a term as leader ended in an error');
    }
    await pause(retryMilliseconds, stopping);
  }
}

async function serveTerm(options: LeadershipOptions, stopping: AbortSignal): Promise<void> {
  const client = await options.database.connectSystem();
  const connection = new AbortController();
  const lost = (): void => connection.abort();
  client.once('end', lost);
  client.once('error', lost);
  const signal = AbortSignal.any([stopping, connection.signal]);
  try {
    await client.query(`listen ${options.channel}`);
    if (!(await acquire(client, options.key, signal))) return;
    await options.lead({ signal, onNotify: (listener) => listenTo(client, listener) });
  } finally {
    await client.end().catch(() => undefined);
  }
}

function listenTo(client: Client, listener: () => void): () => void {
  client.on('notification', listener);
  return () => client.off('notification', listener);
}

async function acquire(client: Client, key: string, signal: AbortSignal): Promise<boolean> {
  while (!signal.aborted) {
    const { rows } = await client.query<{ leads: boolean }>(
      'select pg_try_advisory_lock(hashtextextended($1, 0)) as leads',
      [`steward:${key}`],
    );
    if (rows[0]?.leads === true) return true;
    await pause(standbyMilliseconds, signal);
  }
  return false;
}
