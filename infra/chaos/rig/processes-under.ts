import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

function parentOf(pid: string): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The program's name stands in parentheses and may hold blanks; state and parent follow it.
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return 0;
  }
}

function allParents(): [number, number][] {
  if (process.platform === 'linux') {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((pid) => [Number(pid), parentOf(pid)]);
  }
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  return lines.map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
}

/** A process and its children: PostgreSQL gives each session a process and a process group of its own. */
function processesUnder(pid: number): number[] {
  return [pid, ...allParents().flatMap(([child, parent]) => (parent === pid ? [child] : []))];
}

/** Signals the process first, so that it starts no more of them, then its children. */
export function signalAll(pid: number, signal: NodeJS.Signals): void {
  for (const each of processesUnder(pid)) {
    try {
      process.kill(each, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}
