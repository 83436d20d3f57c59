import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';

import pg from 'pg';

import { LaunchError } from '../embedded/launch-error.mjs';
import { dataPath } from '../start/layout.ts';
import type { Say } from '../start/progress.ts';
import { readServerFacts, turnArchivingOn } from './archiving.ts';
import { chooseBackup, contentFolders, type BackupStore } from './backup-store.ts';
import { addMissing } from './content-mirror.ts';
import { secretsFor, writeSecrets } from './key-bundle.ts';
import { recover, unarchivedLog } from './recover.ts';
import { settleStreams } from './settle-streams.ts';
import { stampOf } from './stamp.ts';

export type RestoreOptions = {
  root: string;
  backup?: string | undefined;
  until?: Date | undefined;
  timeline?: number | undefined;
  replace: boolean;
  keys?: string | undefined;
  say: Say;
};

export const passwordName = path.join('postgres', 'password');

function requireRoom(cluster: string, replace: boolean): void {
  const isTaken = existsSync(cluster) && readdirSync(cluster).length > 0;
  if (!isTaken || replace) return;
  throw new LaunchError(
    `${cluster} is not empty: add --replace to lay the databases that are there aside, ` +
      'or name an empty data directory in STEWARD_DATA_DIR.',
  );
}

/** Files and outgoing messages as far as they are not there; for an earlier point also what was deleted after it. */
export async function restoreContent(store: BackupStore, until: Date | undefined, below = ''): Promise<number> {
  const gone = until === undefined || !existsSync(store.gone) ? [] : readdirSync(store.gone);
  const laidAside = gone
    .filter((name) => name >= stampOf(until ?? new Date()))
    .map((name) => path.join(store.gone, name));
  let copied = 0;
  for (const from of [store.content, ...laidAside]) {
    for (const folder of contentFolders) {
      copied += await addMissing(path.join(from, folder, below), dataPath(folder, below));
    }
  }
  return copied;
}

function putInPlace(recovered: string, cluster: string, say: Say): void {
  mkdirSync(path.dirname(cluster), { recursive: true, mode: 0o700 });
  if (existsSync(cluster)) {
    const aside = `${cluster}.before-${stampOf(new Date())}`;
    renameSync(cluster, aside);
    say(`  the databases that were there are now in ${aside}: remove them when they are not needed any more`);
  }
  renameSync(path.join(recovered, 'cluster'), cluster);
  rmSync(recovered, { recursive: true, force: true });
}

/** Everything of an installation back, to the end of the log or to a point in time. */
export async function restoreCluster(options: RestoreOptions): Promise<void> {
  const { root, until, say } = options;
  const cluster = dataPath('postgres', 'cluster');
  const found = chooseBackup(root, { name: options.backup, until });
  requireRoom(cluster, options.replace);
  const { manifest, store } = found;
  const secrets = secretsFor(manifest.keysFingerprint, options.keys);
  say(
    `Restoring the backup ${manifest.name} ${until === undefined ? 'and the whole log' : `to ${until.toISOString()}`}`,
  );
  const directory = dataPath('restoring');
  rmSync(directory, { recursive: true, force: true });
  const server = await recover({
    ...found,
    directory,
    password: secrets[passwordName] ?? '',
    until,
    timeline: options.timeline,
    unarchived: unarchivedLog(cluster, manifest),
    archives: true,
    say,
  });
  try {
    const client = new pg.Client({ connectionString: server.url });
    await client.connect();
    await turnArchivingOn(client, store, await readServerFacts(client));
    await client.end();
    await settleStreams(server.url, say);
  } finally {
    await server.stop();
  }
  chmodSync(dataPath(), 0o711);
  putInPlace(directory, cluster, say);
  writeSecrets(secrets);
  say(`  ${await restoreContent(store, until)} files brought back`);
}
