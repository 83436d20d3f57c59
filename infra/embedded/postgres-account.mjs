import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, readFileSync, statSync } from 'node:fs';
import { LaunchError } from './launch-error.mjs';

const FALLBACK_NUMBER = 1000;

function passwdEntries() {
  try {
    return readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .map((line) => line.split(':'))
      .filter((fields) => fields.length >= 4)
      .map(([name, , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }));
  } catch {
    return [];
  }
}

function canReach(account, paths) {
  const script = 'for each in "$@"; do test -r "$each" && test -x "$each" || exit 1; done';
  const { uid, gid } = account;
  return spawnSync('/bin/sh', ['-c', script, 'reach', ...paths], { uid, gid, cwd: '/', stdio: 'ignore' }).status === 0;
}

/** The account that an existing cluster belongs to, else `postgres`, else `nobody`. */
function preferredAccount(cluster, entries) {
  if (existsSync(cluster)) {
    const { uid, gid } = statSync(cluster);
    const owner = entries.find((entry) => entry.uid === uid);
    return uid === 0 ? null : { name: owner?.name ?? String(uid), uid, gid };
  }
  return entries.find((entry) => entry.name === 'postgres') ?? entries.find((entry) => entry.name === 'nobody') ?? null;
}

/**
 * Runs the command in a user namespace where root appears as an ordinary user. initdb looks the number up in
 * /etc/passwd, so it has to be one that is listed there where possible.
 */
function namespaceAccount(entries) {
  const number = entries.find((entry) => entry.uid === FALLBACK_NUMBER)
    ? FALLBACK_NUMBER
    : entries.find((e) => e.uid > 0)?.uid;
  const mapped = number ?? FALLBACK_NUMBER;
  const prefix = ['unshare', '--user', `--map-user=${mapped}`, `--map-group=${mapped}`, '--'];
  const works = spawnSync(prefix[0], [...prefix.slice(1), 'true'], { stdio: 'ignore' }).status === 0;
  return works ? prefix : null;
}

/**
 * PostgreSQL refuses to run as root. Returns how to run it here: `account` (uid and gid to start it with) or `prefix`
 * (a command that executes it under another identity); both empty for an ordinary user.
 */
export function chooseAccount({ cluster, dataDir, nativeDir }) {
  if (process.getuid?.() !== 0) return { account: {}, prefix: [] };
  const entries = passwdEntries();
  const preferred = preferredAccount(cluster, entries);
  if (preferred) {
    const { uid, gid } = statSync(dataDir);
    chownSync(dataDir, preferred.uid, preferred.gid);
    if (canReach(preferred, [`${nativeDir}/bin/postgres`, dataDir])) {
      return { account: { uid: preferred.uid, gid: preferred.gid }, prefix: [] };
    }
    chownSync(dataDir, uid, gid);
  }
  const mine = !existsSync(cluster) || statSync(cluster).uid === 0;
  const prefix = mine ? namespaceAccount(entries) : null;
  if (prefix) return { account: {}, prefix };
  throw new LaunchError(
    `PostgreSQL does not run as root, and the user ${preferred?.name ?? 'nobody'} cannot reach ${dataDir}: ` +
      'start as an ordinary user, or move the project to a directory that other users can enter.',
  );
}
