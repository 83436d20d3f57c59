import { generateIdentityKey, type IdentityKey } from '@steward/auth';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { LaunchError } from '../embedded/launch-error.mjs';

const jwk = z.looseObject({ kty: z.string(), crv: z.string(), kid: z.string() });

const keysSchema = z.object({
  identity: z.object({
    kid: z.string(),
    privateKey: jwk.extend({ d: z.string() }),
    publicKeys: z.object({ keys: z.array(jwk) }),
  }),
  fieldKeys: z.string().min(1),
  fileSigningKey: z.string().min(32),
  /** Password of the login that owns a service's database, by service. */
  databasePasswords: z.record(z.string(), z.string()),
});

/** The secrets of this installation; none has a default in code. */
export type Keys = Omit<z.infer<typeof keysSchema>, 'identity'> & { identity: IdentityKey };

const secret = (bytes: number, encoding: 'base64' | 'base64url'): string => randomBytes(bytes).toString(encoding);

async function generateKeys(): Promise<Keys> {
  return {
    identity: await generateIdentityKey(),
    fieldKeys: `1:${secret(32, 'base64')}`,
    fileSigningKey: secret(32, 'base64url'),
    databasePasswords: {},
  };
}

function writeKeys(file: string, keys: Keys): void {
  // Renaming is atomic: a power cut leaves the old keys or the new ones.
  writeFileSync(`${file}.new`, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

function readKeys(file: string): Keys {
  try {
    return keysSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw new LaunchError(
      `${file} cannot be read as keys: restore it from a backup, or run \`npm start -- --reset\` to begin with empty data.`,
    );
  }
}

/**
 * The keys in `file`, made on the first start. `hasData`: encrypted data exists, which new keys could not read.
 */
export async function loadKeys(file: string, services: readonly string[], hasData: boolean): Promise<Keys> {
  if (!existsSync(file) && hasData) {
    throw new LaunchError(
      `${file} is missing and the data beside it cannot be read without it: ` +
        'restore it from a backup, or run `npm start -- --reset` to begin with empty data.',
    );
  }
  const keys = existsSync(file) ? readKeys(file) : await generateKeys();
  for (const service of services) keys.databasePasswords[service] ??= secret(24, 'base64url');
  writeKeys(file, keys);
  return keys;
}
