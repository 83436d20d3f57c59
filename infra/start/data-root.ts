import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { claimDirectory } from '../embedded/data-directory.mjs';
import { LaunchError } from '../embedded/launch-error.mjs';
import { dataDir } from './layout.ts';
import { messageOf } from './lifetime.ts';

function makeDataDirectory(): void {
  // Others may pass through but not look: under root PostgreSQL runs as another user, in a directory of its own.
  mkdirSync(dataDir, { recursive: true, mode: 0o711 });
  chmodSync(dataDir, 0o711);
}

function orOneSentence(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (error instanceof LaunchError) throw error;
    throw new LaunchError(
      `${dataDir} cannot be used by this user (${messageOf(error)}): start as its owner or remove it.`,
    );
  }
}

/** Makes `.data` ours for as long as this process lives. */
export function claimData(): void {
  orOneSentence(() => {
    makeDataDirectory();
    claimDirectory(dataDir, 'Steward');
  });
}

/** Begins with an empty `.data`; only after `claimData`, so that nobody's running platform loses its data. */
export function resetData(): void {
  orOneSentence(() => {
    rmSync(dataDir, { recursive: true, force: true });
    makeDataDirectory();
    claimDirectory(dataDir, 'Steward');
  });
}
