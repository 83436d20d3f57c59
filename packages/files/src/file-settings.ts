import { systemClock, type Clock } from '@steward/core';
import type { Database, Tx } from '@steward/db';

import type { FilePurpose } from './file-policy.ts';
import type { FileStore } from './file-store.ts';
import type { SigningKeys } from './file-token.ts';

/** How a service's files work; one value per process and database. */
export type FileSettings = {
  /** The service's name as it stands in URLs: `work-orders`. */
  service: string;
  signingKeys: SigningKeys;
  purposes: Record<string, FilePurpose>;
  /** Keeps original file names unreadable at rest: people put names and addresses into them. */
  names: { seal(tenantId: string, name: string): string; open(tenantId: string, sealed: string): string };
  /** Where the bytes live; needed by services that make files themselves. */
  store?: FileStore;
  /** What signed URLs expire by: real time even where the service's clock is a fake one. */
  clock?: Clock;
};

type BoundSettings = FileSettings & { clock: Clock };

/** A command has nothing but its transaction, so the settings hang on the data source that opened it. */
const settingsBySource = new WeakMap<object, BoundSettings>();

/** Makes `createUpload` and its companions work in the transactions of a database; once, where the service is wired. */
export function bindFiles(database: Database, settings: FileSettings): void {
  if (!/^[a-z][a-z0-9-]*$/.test(settings.service)) throw new Error(`not a service's name: ${settings.service}`);
  settingsBySource.set(database.dataSource, { clock: systemClock, ...settings });
}

function settingsOf(source: object): BoundSettings {
  const settings = settingsBySource.get(source);
  if (settings === undefined) throw new Error('this database has no file settings: call bindFiles where it is opened');
  return settings;
}

export const settingsOfTx = (tx: Tx): BoundSettings => settingsOf(tx.dataSource);

export const settingsOfDatabase = (database: Database): BoundSettings => settingsOf(database.dataSource);
