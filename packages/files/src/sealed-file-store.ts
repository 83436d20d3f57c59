import { createCipheriv, createDecipheriv, randomBytes, type KeyObject } from 'node:crypto';
import { Readable } from 'node:stream';

import type { FileStore } from './file-store.ts';

/** The key of one file: the newest version to seal with, a given one to open with. */
export type FileKeys = (fileId: string, version?: number) => { version: number; key: KeyObject };

const algorithm = 'aes-256-gcm';
/** What a sealed file begins with; one without it was kept before files were sealed, and is given as it is. */
const magic = Buffer.from('steward-sealed\u0001', 'latin1');
const ivBytes = 12;
const tagBytes = 16;
const headBytes = magic.length + 2 + ivBytes;

type Key = { keys: FileKeys; id: string };

/** Head (magic, version of the key, initialisation vector), content, tag. The tag covers the head and whose file it is. */
async function* sealed(content: AsyncIterable<Uint8Array>, { keys, id }: Key): AsyncGenerator<Uint8Array> {
  const { version, key } = keys(id);
  const head = Buffer.concat([magic, Buffer.from([version >> 8, version & 255]), randomBytes(ivBytes)]);
  const cipher = createCipheriv(algorithm, key, head.subarray(-ivBytes));
  cipher.setAAD(Buffer.concat([head, Buffer.from(id)]));
  yield head;
  for await (const chunk of content) yield cipher.update(chunk);
  yield cipher.final();
  yield cipher.getAuthTag();
}

/** Ends with an error where a byte was altered; what came before is cut off at the receiver, who knows the length. */
async function* opened(content: Readable, { keys, id }: Key): AsyncGenerator<Uint8Array> {
  let held = Buffer.alloc(0);
  let decipher: ReturnType<typeof decipherOf> | undefined;
  let isPlain = false;
  for await (const chunk of content) {
    if (isPlain) {
      yield chunk as Buffer;
      continue;
    }
    held = Buffer.concat([held, chunk as Buffer]);
    if (decipher === undefined) {
      isPlain = !held.subarray(0, magic.length).equals(magic.subarray(0, held.length));
      if (isPlain) yield held;
      if (isPlain || held.length < headBytes) continue;
      decipher = decipherOf(held.subarray(0, headBytes), { keys, id });
      held = held.subarray(headBytes);
    }
    // The last bytes so far may be the tag.
    const whole = Math.max(0, held.length - tagBytes);
    if (whole > 0) yield decipher.update(held.subarray(0, whole));
    held = held.subarray(whole);
  }
  if (isPlain) return;
  if (decipher === undefined) {
    // Shorter than a head, so kept before files were sealed.
    yield held;
    return;
  }
  decipher.setAuthTag(held);
  yield decipher.final();
}

function decipherOf(head: Buffer, { keys, id }: Key) {
  const { key } = keys(id, head.readUInt16BE(magic.length));
  const decipher = createDecipheriv(algorithm, key, head.subarray(-ivBytes), { authTagLength: tagBytes });
  decipher.setAAD(Buffer.concat([head, Buffer.from(id)]));
  return decipher;
}

/** A store whose bytes say nothing to whoever has them: each file sealed with a key of its own, and bound to its id. */
export function sealedFileStore(store: FileStore, keys: FileKeys): FileStore {
  return {
    put: (id, content) => store.put(id, sealed(content, { keys, id })),
    async get(id) {
      const content = await store.get(id);
      if (content === null) return null;
      // Also where nobody read a byte of it.
      return Readable.from(opened(content, { keys, id }), { objectMode: false }).once('close', () => content.destroy());
    },
    delete: (id) => store.delete(id),
  };
}
