import type { CpuPerFact } from './events-cpu.ts';
import { median } from './measure.ts';
import { factsPerCommit, steadyPerSecond, writers } from './events-roles.ts';
import type { Latency } from './events-workloads.ts';

type PolicyRound = {
  backlog: number;
  concurrent: number;
  eachBacklog: number;
  eachConcurrent: number;
  jetstream: number;
  steady: Latency;
  cpu: Record<string, CpuPerFact>;
};

export type Round = { sql: number; policies: Record<string, PolicyRound> };

export type EventsReport = {
  batches: Record<string, number>;
  workloads: Record<string, Record<string, Record<string, number>>>;
  ratios: Record<string, Record<string, number>>;
  /** Milliseconds of processor time for a fact by policy, workload and part; those of what runs beside it included. */
  cpuPerFact: Record<string, Record<string, CpuPerFact>>;
};

/** What the delivery has to stay under, and the share of the slower ceiling that it has to reach. */
const limitMs = 50;
const share = 0.5;
const judged = ['backlog', 'concurrent'];

const rounded = (value: number): number => Math.round(value * 100) / 100;

/** Medians over the rounds of what each part used, the most first. */
function medianCpu(rounds: readonly CpuPerFact[]): CpuPerFact {
  const parts = [...new Set(rounds.flatMap((round) => Object.keys(round)))];
  const figures = parts.map((part): [string, number] => [part, median(rounds.map((round) => round[part] ?? 0))]);
  return Object.fromEntries(figures.filter(([, ms]) => ms >= 0.001).toSorted(([, a], [, b]) => b - a));
}

/** Medians over the rounds. A ratio is that of the medians, to the slower of the two ceilings. */
export function summarise(rounds: readonly Round[], events: number): EventsReport {
  const workloads: EventsReport['workloads'] = {};
  const ratios: EventsReport['ratios'] = {};
  const cpuPerFact: EventsReport['cpuPerFact'] = {};
  const sql = rounded(median(rounds.map((round) => round.sql)));
  for (const policy of Object.keys(rounds[0]?.policies ?? {})) {
    const over = (pick: (round: PolicyRound) => number): number =>
      rounded(
        median(rounds.flatMap(({ policies }) => (policies[policy] === undefined ? [] : [pick(policies[policy])]))),
      );
    const jetstream = over((round) => round.jetstream);
    const own = {
      backlog: over((round) => round.backlog),
      concurrent: over((round) => round.concurrent),
      'backlog, one by one': over((round) => round.eachBacklog),
      'concurrent, one by one': over((round) => round.eachConcurrent),
    };
    workloads[`steady, sync ${policy}`] = {
      steward: {
        perSecond: steadyPerSecond,
        p50ms: over(({ steady }) => steady.p50ms),
        p95ms: over(({ steady }) => steady.p95ms),
        p99ms: over(({ steady }) => steady.p99ms),
      },
    };
    workloads[`sustained, sync ${policy}`] = Object.fromEntries(
      Object.entries({ ...own, sql, jetstream }).map(([name, perSecond]) => [name, { perSecond }]),
    );
    const used = rounds.map(({ policies }) => policies[policy]?.cpu ?? {});
    cpuPerFact[policy] = Object.fromEntries(
      Object.keys(used[0] ?? {}).map((way) => [way, medianCpu(used.map((round) => round[way] ?? {}))]),
    );
    const ceiling = Math.min(sql, jetstream);
    ratios[`sustained, sync ${policy}`] = Object.fromEntries(
      Object.entries(own).map(([name, perSecond]) => [name, rounded(perSecond / ceiling)]),
    );
  }
  return { batches: { events, factsPerCommit, writers }, workloads, ratios, cpuPerFact };
}

/** What was not reached, one line each. One by one the round trips of the commands decide, which is only shown. */
export function judge({ workloads, ratios }: EventsReport): string[] {
  const slow = Object.entries(workloads).flatMap(([name, { steward }]) =>
    (steward?.['p99ms'] ?? 0) >= limitMs ? [`${name}: ${limitMs} ms or more in the 99th percentile`] : [],
  );
  const low = Object.entries(ratios).flatMap(([name, ways]) =>
    Object.entries(ways).flatMap(([way, ratio]) =>
      ratio < share && judged.includes(way)
        ? [`${name}, ${way}: ${ratio} of the slower ceiling, less than ${share}`]
        : [],
    ),
  );
  return [...slow, ...low];
}

export function describeEvents({ workloads, ratios, cpuPerFact }: EventsReport): string {
  const lines = Object.entries(workloads).flatMap(([name, contenders]) =>
    Object.entries(contenders).map(([contender, figures]) => {
      const shown = Object.entries(figures).map(([unit, value]) => `${unit} ${value}`);
      const ratio = ratios[name]?.[contender];
      return [name.padEnd(26), contender.padEnd(22), ...shown, ...(ratio === undefined ? [] : [`ratio ${ratio}`])].join(
        ' ',
      );
    }),
  );
  const used = Object.entries(cpuPerFact).flatMap(([policy, ways]) =>
    Object.entries(ways).map(([way, parts]) => {
      const total = rounded(Object.values(parts).reduce((sum, ms) => sum + ms, 0));
      const shown = Object.entries(parts).map(([part, ms]) => `${part} ${ms}`);
      return `ms of CPU for a fact, sync ${policy}, ${way}: ${total} (${shown.join(', ')})`;
    }),
  );
  return [...lines, ...used].join('\n');
}
