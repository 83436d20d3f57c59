import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  randomBytes,
  type KeyObject,
} from 'node:crypto';

/** Encrypts single fields for one tenant; the newest key seals, all listed keys open. */
export type FieldCipher = {
  seal(tenantId: string, text: string): string;
  open(tenantId: string, sealed: string): string;
  /** A keyed hash for equality search; the caller normalises the text first. */
  index(tenantId: string, text: string): string;
  /** The key of one file, made of its id; of the newest version, or of the one that it was sealed with. */
  fileKey(fileId: string, version?: number): { version: number; key: KeyObject };
};

const algorithm = 'aes-256-gcm';

function parseKeys(spec: string): Map<string, Buffer> {
  const keys = spec.split(',').map((part): [string, Buffer] => {
    const [version = '', base64 = ''] = part.split(':', 2);
    const key = Buffer.from(base64, 'base64');
    if (!/^\d+$/.test(version) || key.length !== 32) throw new Error('FIELD_KEYS wants version:base64 of 32 bytes');
    return [version, key];
  });
  return new Map(keys);
}

/**
 * `spec` is `1:<base64>,2:<base64>`: master keys by version, from which each tenant's own are derived, so that a
 * tenant's ciphertext cannot be opened as another's. The blind index stays on the first version: it must not move.
 */
export function createFieldCipher(spec: string): FieldCipher {
  const masters = parseKeys(spec);
  const versions = [...masters.keys()].sort((a, b) => Number(a) - Number(b));
  // As key objects: a buffer is made into one again at every use, which costs more than the hashing.
  const derived = new Map<string, KeyObject>();
  const derive = (version: string, id: string, use: string): KeyObject => {
    const master = masters.get(version);
    if (master === undefined) throw new Error(`no field key of version ${version}`);
    return createSecretKey(Buffer.from(hkdfSync('sha256', master, id, `steward/${use}`, 32)));
  };
  const keyOf = (version: string, tenantId: string, use: string): KeyObject => {
    const name = `${version}/${tenantId}/${use}`;
    const known = derived.get(name) ?? derive(version, tenantId, use);
    derived.set(name, known);
    return known;
  };
  return {
    seal(tenantId, text) {
      const version = versions.at(-1) as string;
      const iv = randomBytes(12);
      const cipher = createCipheriv(algorithm, keyOf(version, tenantId, 'field'), iv);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return `${version}.${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')}`;
    },
    open(tenantId, sealed) {
      const [version = '', payload = ''] = sealed.split('.', 2);
      const bytes = Buffer.from(payload, 'base64url');
      const decipher = createDecipheriv(algorithm, keyOf(version, tenantId, 'field'), bytes.subarray(0, 12));
      decipher.setAuthTag(bytes.subarray(12, 28));
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
    },
    index: (tenantId, text) =>
      createHmac('sha256', keyOf(versions[0] as string, tenantId, 'index'))
        .update(text)
        .digest('base64url'),
    fileKey(fileId, given) {
      const version = given ?? Number(versions.at(-1));
      return { version, key: derive(String(version), fileId, 'file') };
    },
  };
}
