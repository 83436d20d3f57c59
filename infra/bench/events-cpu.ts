import { readFileSync } from 'node:fs';

import { cpuSeconds } from './process-figures.ts';

/** Whose processor time is told: processes by their names, and the database's sessions by their database. */
export type Parts = { processes: Readonly<Record<string, number>>; postgres: number };

/** Milliseconds of processor time for a fact, by part. */
export type CpuPerFact = Record<string, number>;

/** Empty when the process has ended meanwhile, and where the system does not tell. */
function told(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** A session's title is `postgres: user database address state`; what is not a session has no address. */
function sessionOf(pid: number): string {
  const title = told(`/proc/${pid}/cmdline`).replaceAll('\0', ' ');
  const database = /^postgres: \S+ (\S+) [\d.]+\(\d+\)/.exec(title)?.[1];
  return database === undefined ? 'postgres' : `postgres ${database.replace(/^[^_]*_/, '')}`;
}

/** PostgreSQL has one thread, whose children are its sessions and helpers. */
const childrenOf = (pid: number): number[] =>
  told(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);

function now({ processes, postgres }: Parts): Map<string, number> {
  const used = new Map<string, number>();
  const add = (part: string, pid: number): void => {
    used.set(part, (used.get(part) ?? 0) + (cpuSeconds(pid) ?? 0));
  };
  for (const [part, pid] of Object.entries(processes)) add(part, pid);
  for (const pid of childrenOf(postgres)) add(sessionOf(pid), pid);
  return used;
}

/** What the work costs every part, in seconds. */
export async function cpuSpent<T>(
  parts: Parts,
  work: () => Promise<T>,
): Promise<{ result: T; seconds: [part: string, seconds: number][] }> {
  const before = now(parts);
  const result = await work();
  const after = [...now(parts)];
  return { result, seconds: after.map(([part, used]) => [part, used - (before.get(part) ?? 0)]) };
}

/** What the work costs every part for each of `count` facts. */
export async function cpuPerFact<T>(
  parts: Parts,
  count: number,
  work: () => Promise<T>,
): Promise<{ result: T; cpu: CpuPerFact }> {
  const { result, seconds } = await cpuSpent(parts, work);
  const cpu = seconds.map(([part, used]): [string, number] => [part, Math.round((used * 1e6) / count) / 1e3]);
  return { result, cpu: Object.fromEntries(cpu) };
}
