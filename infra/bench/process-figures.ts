import { readFileSync } from 'node:fs';

/** The kernel's clock ticks a second; Linux has had 100 for as long as it tells them to programs. */
const ticksPerSecond = 100;

const read = (pid: number, file: string): string => readFileSync(`/proc/${pid}/${file}`, 'utf8');

/** Seconds of CPU that a process has used; undefined where the system does not tell. */
export function cpuSeconds(pid: number): number | undefined {
  try {
    const stat = read(pid, 'stat');
    // The program's name stands in parentheses and may hold blanks.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
  } catch {
    return undefined;
  }
}

/** Megabytes that a process holds in memory; undefined where the system does not tell. */
export function memoryMb(pid: number): number | undefined {
  try {
    return Math.round(Number(/VmRSS:\s+(\d+)/.exec(read(pid, 'status'))?.[1]) / 1024);
  } catch {
    return undefined;
  }
}

/** The most memory that a process held while the work went on. */
export async function mostMemory<T>(pid: number, work: Promise<T>): Promise<{ result: T; mostMb: number | undefined }> {
  let mostMb = memoryMb(pid);
  const timer = setInterval(() => {
    const now = memoryMb(pid);
    if (now !== undefined) mostMb = Math.max(mostMb ?? 0, now);
  }, 100);
  try {
    return { result: await work, mostMb };
  } finally {
    clearInterval(timer);
  }
}
