import { link, mkdir, open, readdir, rm, stat, unlink, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';

import { isId, newId } from '@steward/core';

import type { FileStore } from './file-store.ts';

const hasCode = (error: unknown, code: string): boolean => (error as NodeJS.ErrnoException).code === code;

/** Persists directory entries; a file's own fsync does not. */
async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

async function writeAll(file: FileHandle, content: AsyncIterable<Uint8Array>): Promise<void> {
  try {
    for await (const chunk of content) await file.writeFile(chunk);
    await file.sync();
  } finally {
    await file.close();
  }
}

const dayMs = 86_400_000;

/** Removes what a crash left half-written; what is younger may belong to another process on the same directory. */
async function removeLeftovers(incoming: string): Promise<void> {
  for (const name of await readdir(incoming)) {
    const path = join(incoming, name);
    const found = await stat(path).catch(() => null);
    if (found !== null && Date.now() - found.mtimeMs > dayMs) await rm(path, { force: true });
  }
}

/**
 * A directory of this machine. Content is written beside its place, synced and then linked into it, so a name is either
 * absent or complete, also after a power cut; a link, unlike a rename, never replaces what is there.
 */
export async function localFileStore(root: string): Promise<FileStore> {
  const incoming = join(root, 'incoming');
  await mkdir(incoming, { recursive: true });
  await removeLeftovers(incoming);

  // The last characters of a UUIDv7 are random: 256 directories that fill evenly.
  const directoryOf = (id: string): string => {
    if (!isId(id)) throw new RangeError('a stored file is named by its id');
    return join(root, id.slice(-2));
  };

  return {
    async put(id, content) {
      const directory = directoryOf(id);
      const temporary = join(incoming, newId());
      try {
        await writeAll(await open(temporary, 'wx', 0o600), content);
        if ((await mkdir(directory, { recursive: true })) !== undefined) await syncDirectory(root);
        await link(temporary, join(directory, id));
        await syncDirectory(directory);
        return true;
      } catch (error) {
        if (hasCode(error, 'EEXIST')) return false;
        throw error;
      } finally {
        await rm(temporary, { force: true });
      }
    },
    async get(id) {
      try {
        const file = await open(join(directoryOf(id), id), 'r');
        return file.createReadStream();
      } catch (error) {
        if (hasCode(error, 'ENOENT')) return null;
        throw error;
      }
    },
    async delete(id) {
      const directory = directoryOf(id);
      try {
        await unlink(join(directory, id));
      } catch (error) {
        if (hasCode(error, 'ENOENT')) return;
        throw error;
      }
      // What was deleted must not be there again after a power cut.
      await syncDirectory(directory);
    },
  };
}
