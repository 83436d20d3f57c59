import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { chown, open, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { crc32 } from 'node:zlib';

import type { Say } from '../start/progress.ts';

/** Path below the root, bytes, CRC-32. */
export type CopiedFile = [file: string, bytes: number, crc: number];
export type Owner = { uid?: number | undefined; gid?: number | undefined };

const reportEveryMilliseconds = 3_000;
const chunkBytes = 1 << 20;
const atOnce = 6;
const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(0);

/** Says every few seconds how far a long copy has come. */
export function progress(say: Say, what: string, total: number): (bytes: number) => void {
  const begun = Date.now();
  let [done, next] = [0, begun + reportEveryMilliseconds];
  return (bytes) => {
    done += bytes;
    if (Date.now() < next) return;
    next = Date.now() + reportEveryMilliseconds;
    const perSecond = done / ((Date.now() - begun) / 1_000);
    say(`  ${what}: ${megabytes(done)} of ${megabytes(total)} MB (${megabytes(perSecond)} MB/s)`);
  };
}

/** Files and folders below a directory, as paths relative to it; `skip` is asked for each of them. */
export function listTree(root: string, skip: (relative: string, isFolder: boolean) => boolean = () => false) {
  const files: string[] = [];
  const folders: string[] = [];
  const visit = (relative: string): void => {
    for (const entry of readdirSync(path.join(root, relative), { withFileTypes: true })) {
      const child = path.join(relative, entry.name);
      if (skip(child, entry.isDirectory())) continue;
      if (entry.isDirectory()) {
        folders.push(child);
        visit(child);
      } else if (entry.isFile()) {
        files.push(child);
      }
    }
  };
  if (existsSync(root)) visit('');
  return { files, folders };
}

export function bytesOf(root: string, files: readonly string[]): number {
  return files.reduce((sum, file) => sum + (statSync(path.join(root, file), { throwIfNoEntry: false })?.size ?? 0), 0);
}

async function copyOpened(from: FileHandle, to: FileHandle, buffer: Buffer): Promise<[bytes: number, crc: number]> {
  let [bytes, crc] = [0, 0];
  for (;;) {
    const { bytesRead } = await from.read(buffer, 0, buffer.length, null);
    if (bytesRead === 0) return [bytes, crc];
    const chunk = buffer.subarray(0, bytesRead);
    crc = crc32(chunk, crc);
    await to.writeFile(chunk);
    bytes += bytesRead;
  }
}

/** Copies one file; null when it has gone in the meantime. */
export async function copyFile(
  from: string,
  to: string,
  owner: Owner = {},
  buffer: Buffer = Buffer.allocUnsafe(chunkBytes),
): Promise<[bytes: number, crc: number] | null> {
  const source = await open(from, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (source === null) return null;
  try {
    const target = await open(to, 'w', 0o600);
    try {
      const { uid, gid } = owner;
      if (uid !== undefined && gid !== undefined) await target.chown(uid, gid);
      return await copyOpened(source, target, buffer);
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

/** Runs `work` for each file, a few at a time: a cluster is thousands of small files. */
export async function forEachFile(
  files: readonly string[],
  work: (file: string, buffer: Buffer) => Promise<void>,
): Promise<void> {
  const left = files.values();
  const worker = async (): Promise<void> => {
    const buffer = Buffer.allocUnsafe(chunkBytes);
    for (const file of left) await work(file, buffer);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

export async function makeFolders(root: string, folders: readonly string[], owner: Owner = {}): Promise<void> {
  for (const folder of ['', ...folders]) {
    const target = path.join(root, folder);
    mkdirSync(target, { recursive: true, mode: 0o700 });
    if (owner.uid !== undefined && owner.gid !== undefined) await chown(target, owner.uid, owner.gid);
  }
}
