import type { RunningLine } from './events-line.ts';
import { sharedNow } from './events-catalog.ts';
import { steadyPerSecond } from './events-roles.ts';
import { quantile } from './measure.ts';

export type Latency = { p50ms: number; p95ms: number; p99ms: number };

const lastOf = (moments: readonly (readonly [string, number])[]): number => moments.at(-1)?.[1] ?? Number.NaN;

const perSecond = (count: number, startedAt: number, endedAt: number): number => (count * 1000) / (endedAt - startedAt);

/** From a full outbox: relay started until the last effect is committed. */
export async function measureBacklog(line: RunningLine, count: number): Promise<number> {
  await line.stopRelay();
  await line.burst(count);
  const effects = line.effects(count);
  const startedAt = await line.startRelay();
  return perSecond(count, startedAt, lastOf(await effects));
}

/** While commands commit as fast as they can: first command until the last effect is committed. */
export async function measureConcurrent(line: RunningLine, count: number): Promise<number> {
  const effects = line.effects(count);
  const startedAt = await line.burst(count);
  return perSecond(count, startedAt, lastOf(await effects));
}

/** One fact in each transaction, at a steady rate: from the answer to its commit until its effect is committed. */
export async function measureSteady(line: RunningLine, seconds: number): Promise<Latency> {
  const effects = line.effects(seconds * steadyPerSecond);
  const committed = new Map(await line.steady(seconds));
  const taken = (await effects).map(([fact, at]) => at - (committed.get(fact) ?? sharedNow()));
  const sorted = taken.toSorted((a, b) => a - b);
  return { p50ms: quantile(sorted, 0.5), p95ms: quantile(sorted, 0.95), p99ms: quantile(sorted, 0.99) };
}
