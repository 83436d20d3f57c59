import type { LoadResult } from './load-messages.ts';
import { askOnce, queryOfAll, registerDepartment } from './load-operations.ts';
import { startLoad } from './load.ts';
import type { PlatformRig } from './platform-rig.ts';

export type RestartsReport = {
  restarts: number;
  requests: number;
  failed: Record<string, number>;
  /** Commands that were answered, and what they have done: departments entered. */
  commands: { answered: number; done: number };
  p99ms: number;
};

export type RestartsOptions = {
  times: number;
  perSecond: number;
  connections: number;
  /** All at once makes a share of it short; one after the other tells which was noticed. */
  isTogether: boolean;
  onRestart?: (part: string, time: number, seconds: number) => void;
  /** Ends it after the restart under way; what was done is reported. */
  signal?: AbortSignal;
};

const countDepartments = async (rig: PlatformRig): Promise<number> => {
  const [row] = await rig.sql<{ count: number }>('hr', 'select count(*)::int as count from department');
  return row?.count ?? 0;
};

/** Restarts the gateway and every service under load and says what clients noticed of it. */
export async function restartUnderLoad(rig: PlatformRig, options: RestartsOptions): Promise<RestartsReport> {
  const { times, perSecond, connections, isTogether, onRestart, signal } = options;
  const { gatewayUrl: url, token, services } = rig;
  const operations = [queryOfAll(services), registerDepartment];
  for (const operation of operations) await askOnce(url, token, operation);
  const before = await countDepartments(rig);
  const load = startLoad({ url, token, operations, mode: 'open', connections, perSecond });
  let restarts = 0;
  const restart = async (part: string, time: number): Promise<void> => {
    if (signal?.aborted === true) return;
    const startedAt = performance.now();
    await rig.restart(part);
    restarts += 1;
    onRestart?.(part, time, (performance.now() - startedAt) / 1000);
  };
  const parts = ['gateway', ...services];
  for (let time = 1; time <= times; time += 1) {
    if (isTogether) await Promise.all(parts.map((part) => restart(part, time)));
    else for (const part of parts) await restart(part, time);
  }
  const result = await load.stop();
  const done = (await countDepartments(rig)) - before;
  return reportOf(result, restarts, done);
}

const reportOf = (
  { sent, failed, refused, goodCommands, p99ms }: LoadResult,
  restarts: number,
  done: number,
): RestartsReport => ({
  restarts,
  requests: sent,
  failed: refused === 0 ? failed : { ...failed, OVERLOADED: refused },
  commands: { answered: goodCommands, done },
  p99ms,
});

/** Whether nobody noticed anything: every request answered whole, every command done once. */
export const isUnnoticed = ({ failed, commands }: RestartsReport): boolean =>
  Object.keys(failed).length === 0 && commands.answered === commands.done;
