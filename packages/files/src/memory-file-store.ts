import { Readable } from 'node:stream';

import { isId } from '@steward/core';

import type { FileStore } from './file-store.ts';

function checked(id: string): string {
  if (!isId(id)) throw new RangeError('a stored file is named by its id');
  return id;
}

/** A store for tests; keeps everything until the process ends. */
export function memoryFileStore(): FileStore {
  const contents = new Map<string, Buffer>();
  return {
    async put(id, content) {
      checked(id);
      const chunks: Uint8Array[] = [];
      for await (const chunk of content) chunks.push(Uint8Array.from(chunk));
      if (contents.has(id)) return false;
      contents.set(id, Buffer.concat(chunks));
      return true;
    },
    async get(id) {
      const content = contents.get(checked(id));
      return content === undefined ? null : Readable.from([content], { objectMode: false });
    },
    async delete(id) {
      contents.delete(checked(id));
    },
  };
}
