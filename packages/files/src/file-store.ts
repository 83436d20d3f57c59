import type { Readable } from 'node:stream';

/**
 * Where the bytes live. Names are file ids made by the platform, never anything that a user typed; an adapter refuses
 * every other name. One contract suite (`test/file-store.contract.ts`) holds for all adapters.
 */
export type FileStore = {
  /**
   * Keeps all of `content` durably under `id`, or nothing at all when the stream fails. The first complete content of
   * an id stays for good: a later one is discarded and answered with false.
   */
  put(id: string, content: AsyncIterable<Uint8Array>): Promise<boolean>;
  /** The content, or null where there is none. */
  get(id: string): Promise<Readable | null>;
  /** Removes the content, for good once it answers; nothing happens where there is none. */
  delete(id: string): Promise<void>;
};
