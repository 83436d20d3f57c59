import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

const onLinux = process.platform === 'linux';

function inspectOnLinux(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The second field is the program's name in parentheses and may itself contain blanks and parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  return { state: fields[0], startedAt: fields[19], command };
}

function inspectByPs(pid) {
  const line = execFileSync('ps', ['-o', 'stat=,lstart=,command=', '-p', String(pid)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, LC_ALL: 'C' },
  });
  const [state, ...rest] = line.trim().split(/\s+/);
  return { state, startedAt: rest.slice(0, 5).join(' '), command: rest.slice(5).join(' ') };
}

/**
 * The running process with this id, or null. A zombie counts as gone: in a container without an init process
 * nobody collects it, and `kill(pid, 0)` alone would take it for alive for ever.
 */
export function inspectProcess(pid) {
  if (!Number.isInteger(pid) || pid <= 1) return null;
  try {
    const found = onLinux ? inspectOnLinux(pid) : inspectByPs(pid);
    return found.state.startsWith('Z') || found.state.startsWith('X') ? null : { pid, ...found };
  } catch {
    return null;
  }
}

/** Ids of the running processes whose working directory is `directory` (Linux only, elsewhere none are found). */
export function processesIn(directory) {
  if (!onLinux) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return readlinkSync(`/proc/${pid}/cwd`) === directory && inspectProcess(pid) !== null;
      } catch {
        return false;
      }
    });
}

/** Whether the process is gone within the given time. */
export async function waitUntilGone(pid, milliseconds) {
  const end = Date.now() + milliseconds;
  while (inspectProcess(pid)) {
    if (Date.now() >= end) return false;
    await delay(10);
  }
  return true;
}

function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/** Sends the signals one after the other, each with its time to take effect. */
export async function stopProcess(pid, steps) {
  for (const [name, milliseconds] of steps) {
    if (!inspectProcess(pid)) return;
    signal(pid, name);
    if (await waitUntilGone(pid, milliseconds)) return;
  }
}
