import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import pg from 'pg';

import type { Filled } from './fill.ts';
import { markersIn, newMarkers, suspectsIn, type Markers } from './markers.ts';

export type PrivacyResult = {
  services: Record<string, { sent: number; readInClear: number; errorAnswers: number; rowsBytes: number }>;
  /** Bytes searched by place. */
  searched: Record<string, number>;
  failures: string[];
  /** Inputs whose names sound personal and that are not marked so. */
  unmarked: string[];
  /** Those of them whose values were sent and lie in a table in clear. */
  unmarkedInClear: string[];
};

type Places = {
  /** Directories of the servers: database files, write-ahead log, streams. */
  servers: readonly string[];
  /** An empty one for files and outgoing messages. */
  work: string;
};

const program = fileURLToPath(new URL('fill.ts', import.meta.url));
const ready = (child: ChildProcess, filled: Filled[]): Promise<void> =>
  new Promise((resolve, reject) => {
    child.on('message', (message: Filled | 'filled') => (message === 'filled' ? resolve() : void filled.push(message)));
    child.once('exit', (code) => reject(new Error(`the services ended with ${code}`)));
  });

/** Files under a directory that were written since; servers may remove some while they are listed. */
function filesSince(directory: string, since: number): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) >= since);
}

class Search {
  readonly searched: Record<string, number> = {};
  readonly failures: string[] = [];
  readonly inClear: string[] = [];
  private readonly markers: Markers;

  constructor(markers: Markers) {
    this.markers = markers;
  }

  look(place: string, name: string, data: Buffer): void {
    this.searched[place] = (this.searched[place] ?? 0) + data.length;
    const found = markersIn(data, this.markers);
    if (found.length > 0) this.failures.push(`${place}: ${name} holds a ${found.join(' and a ')} in clear`);
  }

  /** What was sent unmarked and lies in a table as it was sent. */
  lookForSuspects(table: string, text: string, suspects: readonly string[]): void {
    for (const number of suspectsIn(text, this.markers)) this.inClear.push(`${suspects[number] ?? '?'} in ${table}`);
  }

  lookInto(place: string, directory: string, since: number): void {
    for (const file of filesSince(directory, since)) {
      // Gone since it was listed: a temporary file of a server.
      const data = statSync(file, { throwIfNoEntry: false }) === undefined ? Buffer.alloc(0) : readFileSync(file);
      this.look(place, path.relative(directory, file), data);
    }
  }
}

const tablesSql = `select relname as name from pg_class
  where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition order by relname`;

/** Rows as PostgreSQL tells them, which undoes the compression that files may have; then everything goes to the disk. */
async function searchRows(search: Search, { service, databaseUrl, suspects }: Filled): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    let bytes = 0;
    for (const { name } of (await client.query<{ name: string }>(tablesSql)).rows) {
      const { rows } = await client.query<{ text: string }>(`select t::text as text from "${name}" t`);
      const all = rows.map(({ text }) => text).join('\n');
      const data = Buffer.from(all);
      search.lookForSuspects(`${service}.${name}`, all, suspects);
      bytes += data.length;
      search.look('rows', `${service}.${name}`, data);
    }
    await client.query('checkpoint');
    return bytes;
  } finally {
    await client.end();
  }
}

/** Fills services with marked personal values, then looks for the marks wherever they must not be. */
export async function provePrivacy(names: readonly string[], places: Places): Promise<PrivacyResult> {
  const markers = newMarkers();
  const search = new Search(markers);
  const startedAt = Date.now() - 1_000;
  const child = fork(program, [JSON.stringify(markers), places.work, ...names], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, LOG_LEVEL: 'trace' },
  });
  const log: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => log.push(chunk));
  const filled: Filled[] = [];
  try {
    await ready(child, filled).catch((error: unknown) => {
      throw new Error(Buffer.concat(log).toString().slice(-2_000), { cause: error });
    });
    const services: PrivacyResult['services'] = {};
    for (const each of filled) {
      const { service, sent, readInClear, errorCount: errorAnswers } = each;
      services[service] = { sent, readInClear, errorAnswers, rowsBytes: await searchRows(search, each) };
      search.look('error answers', service, Buffer.from(each.errors));
      search.look('metrics', service, Buffer.from(each.metrics));
    }
    for (const directory of places.servers) search.lookInto(path.basename(directory), directory, startedAt);
    search.lookInto('files and outgoing messages', places.work, startedAt);
    child.send('stop');
    await once(child, 'exit');
    search.look('logs', 'standard output', Buffer.concat(log));
    const { searched, failures, inClear } = search;
    const unmarked = filled.flatMap((each) => each.unmarked.map((one) => `${each.service} ${one}`));
    return { services, searched, failures, unmarked, unmarkedInClear: inClear.toSorted() };
  } finally {
    child.kill('SIGKILL');
  }
}
