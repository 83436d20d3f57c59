import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inspectProcess } from './processes.mjs';
import { LaunchError } from './launch-error.mjs';

const CLAIM_FILE = 'launcher.json';

function readClaim(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

/** Makes the directory, for our eyes only. */
export function makePrivateDirectory(directory, who) {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    chmodSync(directory, 0o700);
  } catch (error) {
    throw new LaunchError(
      `The ${who} data directory ${directory} cannot be used (${error.code}): ` +
        'give it to this user, remove it, or run `npm start -- --reset`.',
    );
  }
}

/**
 * Notes that this process runs a server on the directory. A living process that noted it before keeps the directory;
 * a dead one (also a recycled process id: the start time differs) left its server behind, and the caller may stop it.
 */
export function claimDirectory(directory, who) {
  const file = path.join(directory, CLAIM_FILE);
  const claim = readClaim(file);
  const holder = claim && inspectProcess(claim.pid);
  if (holder && holder.startedAt === claim.startedAt && claim.pid !== process.pid) {
    throw new LaunchError(
      `The ${who} data directory ${directory} is in use by the process ${claim.pid}: stop that one first.`,
    );
  }
  const self = inspectProcess(process.pid);
  writeFileSync(file, JSON.stringify({ pid: process.pid, startedAt: self?.startedAt ?? null }), { mode: 0o600 });
}

/** Takes the note back after an orderly stop. */
export function releaseDirectory(directory) {
  rmSync(path.join(directory, CLAIM_FILE), { force: true });
}

/** The secret kept in `file` (mode 0600), or null when there is none. */
export function readSecret(file) {
  try {
    return readFileSync(file, 'utf8').trim() || null;
  } catch {
    return null;
  }
}
