import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { z } from 'zod';

import { LaunchError } from '../embedded/launch-error.mjs';
import { dataPath } from '../start/layout.ts';

/** The secrets of an installation, below its data directory. Without them a backup cannot be read. */
const keyFiles = ['keys.json', 'dev-issuer-key.json', path.join('postgres', 'password')];

const bundleSchema = z.object({ steward: z.literal('keys'), files: z.record(z.string(), z.string()) });

/** The start of a hash of the field keys, which are random: it tells which they are and nothing else. */
export function keysFingerprint(text: string | null = readOrNull(dataPath('keys.json'))): string | null {
  if (text === null) return null;
  const { fieldKeys } = z.object({ fieldKeys: z.string() }).parse(JSON.parse(text));
  return createHash('sha256').update(`steward backup ${fieldKeys}`).digest('hex').slice(0, 16);
}

function readOrNull(file: string): string | null {
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

/** Writes the keys in clear into a file of their own: whoever has it and the backup can read everything. */
export function writeKeyBundle(file: string, backups: string): void {
  const target = path.resolve(file);
  if (target.startsWith(`${path.resolve(backups)}${path.sep}`)) {
    throw new LaunchError(`${target} lies among the backups, which it opens: choose a place apart from them.`);
  }
  const found = keyFiles.flatMap((name) => {
    const text = readOrNull(dataPath(name));
    return text === null ? [] : [[name, text] as const];
  });
  mkdirSync(path.dirname(target), { recursive: true });
  const text = JSON.stringify({ steward: 'keys', files: Object.fromEntries(found) }, null, 2);
  writeFileSync(target, `${text}\n`, { mode: 0o600 });
}

function readBundle(file: string): Record<string, string> {
  try {
    return bundleSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).files;
  } catch {
    throw new LaunchError(`${file} holds no keys: name the file that \`npm run backup -- --with-keys FILE\` wrote.`);
  }
}

/**
 * The secrets to restore with: those of the file named, else those of the data directory; refused when they are not
 * the ones of the backup, because its sealed values could not be opened.
 */
export function secretsFor(fingerprint: string | null, file: string | undefined): Record<string, string> {
  const secrets =
    file === undefined
      ? Object.fromEntries(
          keyFiles.map((name) => [name, readOrNull(dataPath(name))]).filter(([, text]) => text !== null),
        )
      : readBundle(file);
  const keys = secrets['keys.json'] ?? null;
  if (keys === null || secrets[path.join('postgres', 'password')] === undefined) {
    throw new LaunchError(
      'The keys of the backup are not here: name the file that `npm run backup -- --with-keys FILE` wrote with --keys FILE.',
    );
  }
  if (fingerprint !== null && keysFingerprint(keys) !== fingerprint) {
    throw new LaunchError('These are the keys of another installation: name those of the backup with --keys FILE.');
  }
  return secrets;
}

export function writeSecrets(secrets: Record<string, string>): void {
  for (const [name, text] of Object.entries(secrets)) {
    const file = dataPath(name);
    if (readOrNull(file) === text) continue;
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, text, { mode: 0o600 });
  }
}
