import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { LaunchError } from '../embedded/launch-error.mjs';

const REPORT_EVERY_MILLISECONDS = 5_000;

function readText(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

function parsedOrNull(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const markerOf = (root) => path.join(root, 'node_modules', '.steward-lock');

const hashOf = (text) => createHash('sha256').update(text).digest('hex');

/** Whether npm's own note of what it installed agrees with the lock: somebody ran `npm ci` by hand. */
function isInstalledByHand(root, lock) {
  const present = parsedOrNull(readText(path.join(root, 'node_modules', '.package-lock.json')))?.packages;
  if (!present) return false;
  const wanted = JSON.parse(lock).packages;
  const isSame = (name) =>
    wanted[name]?.version === present[name].version && wanted[name]?.resolved === present[name].resolved;
  const isThere = (name) => name === '' || !name.includes('node_modules/') || wanted[name].optional || name in present;
  return Object.keys(present).every((name) => name in wanted && isSame(name)) && Object.keys(wanted).every(isThere);
}

function isUpToDate(root, lock) {
  return readText(markerOf(root))?.trim() === hashOf(lock) || isInstalledByHand(root, lock);
}

/** How to call npm: the one that called us, with the Node it runs on (ours may lie in the folder it will empty). */
function npmCommand() {
  const { npm_execpath: script, npm_node_execpath: node } = process.env;
  return script && node ? [node, script] : ['npm'];
}

function runNpm(root, logFile, onProgress) {
  const [program, ...args] = [...npmCommand(), 'ci', '--include=dev', '--no-audit', '--no-fund'];
  const log = openSync(logFile, 'w', 0o600);
  const begun = Date.now();
  const seconds = () => Math.round((Date.now() - begun) / 1_000);
  const report = setInterval(() => onProgress(`  installing packages, ${seconds()} s`), REPORT_EVERY_MILLISECONDS);
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, stdio: ['ignore', log, log] });
    child.once('error', () => resolve({ ok: false, seconds: seconds() }));
    child.once('exit', (code) => resolve({ ok: code === 0, seconds: seconds() }));
  }).finally(() => {
    clearInterval(report);
    closeSync(log);
  });
}

/**
 * Runs `npm ci` when node_modules is missing or was installed from another lock than the present one.
 * @returns {Promise<boolean>} whether it ran
 */
export async function ensureInstalled(root, onProgress) {
  const lock = readText(path.join(root, 'package-lock.json'));
  if (lock === null)
    throw new LaunchError(`${root} has no package-lock.json: start in a whole clone of the repository.`);
  if (isUpToDate(root, lock)) return false;
  onProgress('Installing packages (npm ci), about half a minute the first time');
  const logFile = path.join(root, '.data', 'npm-ci.log');
  try {
    mkdirSync(path.dirname(logFile), { recursive: true, mode: 0o711 });
    const { ok, seconds } = await runNpm(root, logFile, onProgress);
    if (!ok) throw new LaunchError(`npm ci failed: see ${logFile}, mend what it names, and start again.`);
    writeFileSync(markerOf(root), `${hashOf(lock)}\n`);
    onProgress(`Packages installed (${seconds} s)`);
    return true;
  } catch (error) {
    if (error instanceof LaunchError) throw error;
    throw new LaunchError(
      `Nothing can be written to ${error.path ?? root} (${error.code}): start as the user who owns it.`,
    );
  }
}
