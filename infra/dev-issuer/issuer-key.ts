import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';

export type IssuerKey = { privateKey: JWK; publicKey: JWK };

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

/** The development issuer's key, made on first use. Safe when several processes come first at once: one key wins. */
export async function issuerKey(keyFile: string): Promise<IssuerKey> {
  const kept = await readKey(keyFile);
  if (kept !== undefined) return kept;
  await mkdir(dirname(keyFile), { recursive: true });
  const draft = `${keyFile}.${randomUUID()}`;
  await writeFile(draft, JSON.stringify(await generate()), { mode: 0o600 });
  try {
    // A link, unlike a rename, fails when somebody else's key is there already.
    await link(draft, keyFile);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(draft, { force: true });
  }
  const made = await readKey(keyFile);
  if (made === undefined) throw new Error(`${keyFile} vanished while it was being made`);
  return made;
}

async function readKey(keyFile: string): Promise<IssuerKey | undefined> {
  const text = await readFile(keyFile, 'utf8').catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const privateKey = parseKey(text, keyFile);
  const { d: _secret, ...publicKey } = privateKey;
  return { privateKey, publicKey };
}

function parseKey(text: string, keyFile: string): JWK & { kid: string } {
  try {
    const key = JSON.parse(text) as Partial<JWK>;
    if (key.kty === 'EC' && typeof key.kid === 'string') return key as JWK & { kid: string };
  } catch {
    // Said below, in words that name the file.
  }
  throw new Error(`${keyFile} is not a key of the development issuer: delete it, and a new one is made.`);
}

async function generate(): Promise<JWK> {
  const pair = await generateKeyPair('ES256', { extractable: true });
  const jwk = await exportJWK(pair.privateKey);
  return { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: 'ES256', use: 'sig' };
}
