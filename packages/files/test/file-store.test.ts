import { createSecretKey, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';

import { localFileStore, memoryFileStore, sealedFileStore, type FileKeys, type FileStore } from '../src/index.ts';
import { fileStoreContract } from './file-store.contract.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'steward-files-'));
});
afterAll(() => rm(root, { recursive: true }));

describe('memory', () => fileStoreContract(async () => memoryFileStore()));

describe('local directory', () => {
  fileStoreContract(() => localFileStore(root));

  it('still has its contents after a restart, and no half-written ones', async () => {
    const id = newId();
    const store = await localFileStore(root);
    await store.put(
      id,
      (async function* () {
        yield Buffer.from('kept');
      })(),
    );
    const [half, running] = [join(root, 'incoming', newId()), join(root, 'incoming', newId())];
    await writeFile(half, 'half');
    await utimes(half, 0, 0);
    await writeFile(running, 'of another process');
    expect(await (await localFileStore(root)).get(id)).not.toBeNull();
    expect((await readdir(join(root, 'incoming'))).map((name) => join(root, 'incoming', name))).toEqual([running]);
  });
});

describe('sealed', () => {
  const keys = [randomBytes(32), randomBytes(32)].map((key) => createSecretKey(key));
  const upTo =
    (newest: number): FileKeys =>
    (_id, version = newest) => ({ version, key: keys[version] ?? keys[0]! });
  const text = '身份证 440106198001011234 '.repeat(40);
  async function* pieces(size: number): AsyncGenerator<Uint8Array> {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  const put = async (store: FileStore, size = 7): Promise<string> => {
    const id = newId();
    await store.put(id, pieces(size));
    return id;
  };
  const read = async (store: FileStore, id: string) => buffer((await store.get(id)) as Readable);
  const pathOf = (id: string): string => join(root, id.slice(-2), id);

  fileStoreContract(async () => sealedFileStore(await localFileStore(root), upTo(0)));

  it('keeps nothing on the disk that can be read, and no two files alike', async () => {
    const store = sealedFileStore(await localFileStore(root), upTo(0));
    const [one, other] = [await put(store), await put(store)];
    const [bytes, others] = [await readFile(pathOf(one)), await readFile(pathOf(other))];
    expect(bytes.includes('440106198001011234')).toBe(false);
    expect(bytes.includes('身份证')).toBe(false);
    expect(bytes.equals(others)).toBe(false);
    expect((await read(store, one)).toString()).toBe(text);
  });

  it('opens what an older key sealed after a newer one came', async () => {
    const directory = await localFileStore(root);
    const id = await put(sealedFileStore(directory, upTo(0)));
    const newer = sealedFileStore(directory, upTo(1));
    expect((await read(newer, id)).toString()).toBe(text);
    const sealedLater = await put(newer);
    await expect(
      read(
        sealedFileStore(directory, () => ({ version: 0, key: keys[0]! })),
        sealedLater,
      ),
    ).rejects.toThrow();
  });

  it.each([
    ['a byte', (bytes: Buffer) => bytes.fill(bytes[100]! ^ 1, 100, 101)],
    ['its end', (bytes: Buffer) => bytes.subarray(0, -1)],
    ['most of it', (bytes: Buffer) => bytes.subarray(0, 40)],
  ])('fails to its reader when %s was altered', async (_what, alter) => {
    const store = sealedFileStore(await localFileStore(root), upTo(0));
    const id = await put(store);
    await writeFile(pathOf(id), alter(await readFile(pathOf(id))));
    await expect(read(store, id)).rejects.toThrow();
  });

  it("fails in another file's place", async () => {
    const store = sealedFileStore(await localFileStore(root), upTo(0));
    const [one, other] = [await put(store), await put(store)];
    await writeFile(pathOf(one), await readFile(pathOf(other)));
    await expect(read(store, one)).rejects.toThrow();
  });

  it.each([1, 10, 100_000])('gives what was kept before files were sealed, in pieces of %d', async (size) => {
    const directory = await localFileStore(root);
    const id = await put(directory, size);
    expect((await read(sealedFileStore(directory, upTo(0)), id)).toString()).toBe(text);
  });
});
