import { readdirSync } from 'node:fs';

import type { Migration } from '@steward/db';

const folder = new URL('./migrations/', import.meta.url);

const load = async (file: string): Promise<Migration> => {
  const module = (await import(new URL(file, folder).href)) as { migration: Migration };
  return module.migration;
};

/** Every file of the folder, in the order of their names; a new one needs no entry anywhere. */
export const migrations: Migration[] = await Promise.all(readdirSync(folder).sort().map(load));
