import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, lstatSync, mkdirSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { LaunchError } from './launch-error.mjs';
import { fetchFromDebian, isDebian } from './nats-debian.mjs';

// The first with `sync_interval: always`, without which a power cut loses acknowledged messages.
const OLDEST = [2, 10];

const USUAL_PLACES = [
  '/usr/local/bin',
  '/usr/local/sbin',
  '/usr/bin',
  '/usr/sbin',
  '/opt/homebrew/bin',
  '/opt/local/bin',
];

function versionOf(program) {
  const { stdout, status } = spawnSync(program, ['--version'], { encoding: 'utf8', timeout: 10_000 });
  const match = status === 0 ? /nats-server: v(\d+)\.(\d+)\.(\d+)/.exec(stdout) : null;
  return match ? match.slice(1).map(Number) : null;
}

function isRecent(version) {
  return version !== null && (version[0] > OLDEST[0] || (version[0] === OLDEST[0] && version[1] >= OLDEST[1]));
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function isPrivate(directory) {
  const { uid, mode } = lstatSync(directory);
  return uid === process.getuid() && (mode & 0o077) === 0;
}

/** Where fetched programs are kept: `~/.cache/steward`, or for a user without a home a private directory. */
export function cacheDirectory() {
  const preferred = path.join(homedir(), '.cache', 'steward');
  try {
    mkdirSync(preferred, { recursive: true, mode: 0o700 });
    accessSync(preferred, constants.W_OK);
    return preferred;
  } catch {
    const substitute = path.join(tmpdir(), `steward-cache-${process.getuid?.() ?? 'user'}`);
    mkdirSync(substitute, { recursive: true, mode: 0o700 });
    // Anybody may write to the temporary directory; a program that somebody else put there must not be run.
    if (isPrivate(substitute)) return substitute;
    throw new LaunchError(
      `Neither ${preferred} nor ${substitute} can be used as a cache: set HOME to a directory of yours.`,
    );
  }
}

function namedByUser(name) {
  if (!isExecutable(name))
    throw new LaunchError(`NATS_SERVER_BIN=${name} is not a program that can be run: correct or unset it.`);
  if (isRecent(versionOf(name))) return name;
  throw new LaunchError(
    `NATS_SERVER_BIN=${name} is not a nats-server of version ${OLDEST.join('.')} or newer: name another one.`,
  );
}

function findInstalled(cached) {
  const places = [
    ...(process.env.PATH ?? '').split(path.delimiter),
    ...USUAL_PLACES,
    path.join(homedir(), 'go', 'bin'),
  ];
  const candidates = places.filter((place) => path.isAbsolute(place)).map((place) => path.join(place, 'nats-server'));
  return [...new Set([...candidates, cached])].find((each) => isExecutable(each) && isRecent(versionOf(each)));
}

function adviceFor(platform) {
  if (platform === 'darwin') return 'run `brew install nats-server`';
  return 'install it (version 2.10 or newer) and name it in NATS_SERVER_BIN, or set NATS_URL to a server of your own';
}

/** The path of a nats-server that is new enough, fetched where that is possible without touching the system. */
export async function findNatsServer(onProgress) {
  if (process.env.NATS_SERVER_BIN) return namedByUser(process.env.NATS_SERVER_BIN);
  const cached = path.join(cacheDirectory(), 'nats-server');
  const installed = findInstalled(cached);
  if (installed) return installed;
  if (!isDebian() || !existsSync('/usr/bin/apt-get')) {
    throw new LaunchError(
      `No nats-server of version ${OLDEST.join('.')} or newer was found: ${adviceFor(process.platform)}.`,
    );
  }
  try {
    return await fetchFromDebian(cached, onProgress);
  } catch (error) {
    throw new LaunchError(`nats-server could not be fetched from Debian (${error.message}): ${adviceFor('linux')}.`);
  }
}
