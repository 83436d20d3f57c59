import type { KillRecord } from './kill-record.ts';

/** The document of `npm run chaos -- --json`. */
export type ChaosDocument = {
  kills: number;
  lost: number;
  doubled: number;
  recoveryMs: { p50: number; p99: number };
  seeds: number;
};

export type Summary = {
  document: ChaosDocument;
  /** How long a kill took at the median, all in all. */
  medianMs: number;
  /** What was wrong, one line each. */
  stories: string[];
};

/** The smallest value that at least this share of all values does not exceed; 0 of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

/** `late`: what only the comparison of everything has shown. */
export function summarize(kills: readonly KillRecord[], seeds: number, late: readonly string[]): Summary {
  const recoveries = kills.map(({ recoveryMs }) => recoveryMs);
  const count = (pick: (kill: KillRecord) => string[]): number =>
    kills.reduce((sum, kill) => sum + pick(kill).length, 0);
  const told = kills.flatMap(({ seed, cell, signal, lost, doubled }) =>
    [...lost, ...doubled].map((story) => `seed ${seed} ${cell} ${signal}: ${story}`),
  );
  return {
    document: {
      kills: kills.length,
      lost: count(({ lost }) => lost) + late.length,
      doubled: count(({ doubled }) => doubled),
      recoveryMs: { p50: percentile(recoveries, 0.5), p99: percentile(recoveries, 0.99) },
      seeds,
    },
    medianMs: percentile(
      kills.map(({ tookMs }) => tookMs),
      0.5,
    ),
    stories: [...told, ...late.map((story) => `at the end: ${story}`)],
  };
}
