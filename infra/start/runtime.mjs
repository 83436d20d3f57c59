import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { LaunchError } from '../embedded/launch-error.mjs';

const OLDEST_LAUNCHER = 20;
const OLDEST_PLATFORM = 24;

const majorOf = (version) => Number.parseInt(version.replace(/^v/, ''), 10);

/** Refuses a Node that cannot even run the launcher. */
export function requireLauncherNode() {
  if (majorOf(process.version) >= OLDEST_LAUNCHER) return;
  throw new LaunchError(
    `Node ${process.version} is too old: install Node ${OLDEST_LAUNCHER} or newer and start again.`,
  );
}

/** The Node that runs the platform: the one npm installs for this machine, or this one if it is new enough. */
export function findRuntime(root) {
  const carried = path.join(root, 'node_modules', '.bin', 'node');
  if (existsSync(carried)) {
    const real = realpathSync(carried);
    if (real === process.execPath) return process.execPath;
    const { status, stdout } = spawnSync(real, ['--version'], { encoding: 'utf8' });
    if (status === 0 && majorOf(stdout) >= OLDEST_PLATFORM) return real;
  }
  if (majorOf(process.version) >= OLDEST_PLATFORM) return process.execPath;
  throw new LaunchError(
    `npm has no Node for this machine (${process.platform}-${process.arch}) and this is ${process.version}: ` +
      `install Node ${OLDEST_PLATFORM} or newer and start again.`,
  );
}
