import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';

import { localFileStore, memoryFileStore } from '../src/index.ts';
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
