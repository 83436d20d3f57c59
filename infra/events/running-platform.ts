import { readFile } from 'node:fs/promises';

import { createLog } from '@steward/core';
import { openDatabase, type Database } from '@steward/db';
import { connectNats, type NatsConnection } from '@steward/events';
import { z } from 'zod';

import { ToldError } from './command-error.ts';

const runFileSchema = z.object({ natsUrl: z.string(), databases: z.record(z.string(), z.string()) });

/** The servers of the platform that runs on this machine, opened when they are asked for. */
export type RunningPlatform = {
  services: readonly string[];
  /** As the service's system role. */
  database(service: string): Promise<Database>;
  nats(): Promise<NatsConnection>;
  close(): Promise<void>;
};

export async function openRunningPlatform(file: string): Promise<RunningPlatform> {
  const { natsUrl, databases } = await readRunFile(file);
  const closing: (() => Promise<void>)[] = [];
  const log = createLog({ name: 'events', level: 'silent' });
  return {
    services: Object.keys(databases).toSorted(),
    database: async (service) => {
      const url = databases[service];
      if (url === undefined)
        throw new ToldError('noService', { service, services: Object.keys(databases).toSorted().join(' ') });
      const database = await openDatabase({ url, service, entities: [], log, poolSize: 1 });
      closing.push(() => database.close());
      return database;
    },
    nats: async () => {
      const nats = await connectNats(natsUrl, { name: 'steward-events-command' });
      closing.push(() => nats.close());
      return nats;
    },
    close: async () => {
      for (const close of closing) await close();
    },
  };
}

async function readRunFile(file: string): Promise<z.infer<typeof runFileSchema>> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new ToldError('noRunFile', { file });
  });
  const content = runFileSchema.safeParse(parseJson(text));
  if (content.success) return content.data;
  throw new ToldError('notStarted', { file });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The platform is writing it at this moment.
    return null;
  }
}
