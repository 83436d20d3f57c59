import { randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';

import { expect, it } from '@jest/globals';
import { newId } from '@steward/core';

import type { FileStore } from '../src/index.ts';

async function* chunksOf(...chunks: Uint8Array[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield chunk;
}

async function* failingAfter(chunk: Uint8Array): AsyncGenerator<Uint8Array> {
  yield chunk;
  throw new Error('the line went dead');
}

const read = async (store: FileStore, id: string): Promise<Buffer | null> => {
  const content = await store.get(id);
  return content === null ? null : buffer(content);
};

/** What holds for every adapter of the `FileStore` port. */
export function fileStoreContract(open: () => Promise<FileStore>): void {
  it('gives back what was put, whole and unchanged', async () => {
    const store = await open();
    const id = newId();
    const [first, second] = [randomBytes(3_000_000), randomBytes(17)];
    expect(await store.put(id, chunksOf(first, second))).toBe(true);
    expect((await read(store, id))?.equals(Buffer.concat([first, second]))).toBe(true);
  });

  it('has nothing under an id that was never put', async () => {
    const store = await open();
    expect(await store.get(newId())).toBeNull();
  });

  it('keeps nothing of a content that failed on its way, and takes the retry', async () => {
    const store = await open();
    const id = newId();
    await expect(store.put(id, failingAfter(randomBytes(1000)))).rejects.toThrow('the line went dead');
    expect(await store.get(id)).toBeNull();
    expect(await store.put(id, chunksOf(Buffer.from('again')))).toBe(true);
    expect(String(await read(store, id))).toBe('again');
  });

  it('never replaces a content: the first one stays', async () => {
    const store = await open();
    const id = newId();
    await store.put(id, chunksOf(Buffer.from('first')));
    expect(await store.put(id, chunksOf(Buffer.from('second')))).toBe(false);
    expect(String(await read(store, id))).toBe('first');
  });

  it('lets exactly one of many simultaneous contents win', async () => {
    const store = await open();
    const id = newId();
    const contents = Array.from({ length: 8 }, () => randomBytes(50_000));
    const won = await Promise.all(contents.map((content) => store.put(id, chunksOf(content))));
    expect(won.filter(Boolean)).toHaveLength(1);
    expect((await read(store, id))?.equals(contents[won.indexOf(true)] as Buffer)).toBe(true);
  });

  it('forgets what is deleted, also when told twice', async () => {
    const store = await open();
    const id = newId();
    await store.put(id, chunksOf(Buffer.from('gone')));
    await store.delete(id);
    await store.delete(id);
    expect(await store.get(id)).toBeNull();
  });

  it.each(['../escape', '/etc/passwd', 'a/b', '', '.', `${newId()}/..`, `${newId()}\0`, `${newId()}.html`])(
    'refuses the name %j, which is no id',
    async (name) => {
      const store = await open();
      await expect(store.put(name, chunksOf(Buffer.from('x')))).rejects.toThrow(RangeError);
      await expect(store.get(name)).rejects.toThrow(RangeError);
      await expect(store.delete(name)).rejects.toThrow(RangeError);
    },
  );
}
