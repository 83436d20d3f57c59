import { cpus, totalmem } from 'node:os';

/** One way of doing the same work; `before` makes ready for its turn in each round and is not measured. */
export type Contender = { name: string; run: () => Promise<void>; before?: () => Promise<void> };

export type Workload = { name: string; contenders: readonly Contender[] };

export type Figures = { p50ms: number; p95ms: number; rps: number };

export type Results = Record<string, Record<string, Figures>>;

const rounded = (value: number): number => Math.round(value * 100) / 100;

/** The value below which that share of the sorted values lies. */
export function quantile(sorted: readonly number[], share: number): number {
  const at = Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1);
  return sorted[Math.max(0, at)] ?? Number.NaN;
}

export const median = (values: readonly number[]): number =>
  quantile(
    values.toSorted((a, b) => a - b),
    0.5,
  );

async function timesOf(run: () => Promise<void>, times: number): Promise<number[]> {
  const taken: number[] = [];
  for (let index = 0; index < times; index += 1) {
    const startedAt = performance.now();
    await run();
    taken.push(performance.now() - startedAt);
  }
  return taken;
}

function figuresOf(taken: number[]): Figures {
  const sorted = taken.toSorted((a, b) => a - b);
  const total = sorted.reduce((sum, one) => sum + one, 0);
  return { p50ms: quantile(sorted, 0.5), p95ms: quantile(sorted, 0.95), rps: (sorted.length * 1000) / total };
}

/**
 * Measures all contenders of all workloads in turn, round after round, so that what else the machine does meets all of
 * them alike; the figures are the medians over the rounds. One request at a time, after one round that does not count.
 */
export async function measure(
  workloads: readonly Workload[],
  { rounds, requests, onRound }: { rounds: number; requests: number; onRound?: (done: number) => void },
): Promise<Results> {
  const taken = new Map<Contender, Figures[]>();
  for (let round = 0; round <= rounds; round += 1) {
    for (const { contenders } of workloads) {
      for (const contender of contenders) {
        await contender.before?.();
        const figures = figuresOf(await timesOf(contender.run, requests));
        if (round > 0) taken.set(contender, [...(taken.get(contender) ?? []), figures]);
      }
    }
    onRound?.(round);
  }
  const over = (contender: Contender, pick: (figures: Figures) => number): number =>
    rounded(median((taken.get(contender) ?? []).map(pick)));
  return Object.fromEntries(
    workloads.map(({ name, contenders }) => [
      name,
      Object.fromEntries(
        contenders.map((contender) => [
          contender.name,
          {
            p50ms: over(contender, ({ p50ms }) => p50ms),
            p95ms: over(contender, ({ p95ms }) => p95ms),
            rps: over(contender, ({ rps }) => rps),
          },
        ]),
      ),
    ]),
  );
}

/** What figures have to be read with. */
export const machine = (): { cpu: string; cores: number; memoryGb: number; node: string } => ({
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memoryGb: Math.round(totalmem() / 1024 ** 3),
  node: process.version,
});
