import path from 'node:path';

import { drawKills, nameOf, type Draw } from './cells.ts';
import { openRunRecord, type KillRecord, type RunPlan, type RunRecord } from './kill-record.ts';
import { beginSiege, type Siege } from './siege.ts';
import { summarize, type Summary } from './summary.ts';

export type MatrixOptions = RunPlan & {
  /** Holds the record of the run and, in a folder of its own, the rig's data. */
  directory: string;
  resume: boolean;
  say(line: string): void;
};

/** What is recorded of a kill after which the rig did not come back: it is lost as a whole. */
const broken = (draw: Draw, error: unknown, tookMs: number): KillRecord => ({
  seed: draw.seed,
  cell: nameOf(draw.cell),
  signal: draw.signal,
  recoveryMs: tookMs,
  tookMs,
  lost: [`the rig did not come back: ${(error as Error).message}`],
  doubled: [],
});

const tell = ({ seed, cell, signal, recoveryMs, tookMs, lost, doubled }: KillRecord): string =>
  [
    `seed ${seed}`.padEnd(8),
    cell.padEnd(24),
    signal,
    `recovered in ${String(recoveryMs).padStart(5)} ms`,
    `${(tookMs / 1_000).toFixed(1)} s`,
    lost.length + doubled.length === 0 ? 'whole' : `LOST ${lost.length} DOUBLED ${doubled.length}`,
  ].join('  ');

/** A rig that is opened for the first kill and anew after one that it did not survive. */
function rigKeeper(directory: string, say: (line: string) => void) {
  let siege: Siege | null = null;
  let isInterrupted = false;
  return {
    isInterrupted: () => isInterrupted,
    interrupt: () => (isInterrupted = true),
    get: async (): Promise<Siege> => (siege ??= await beginSiege({ directory, onProgress: say })),
    discard: async (): Promise<void> => {
      const old = siege;
      siege = null;
      await old?.stop();
    },
    auditAll: async (): Promise<string[]> => {
      const findings = await siege?.auditAll();
      return findings === undefined ? [] : [...findings.lost, ...findings.doubled];
    },
  };
}

async function strikeAll(
  draws: readonly Draw[],
  record: RunRecord,
  keeper: ReturnType<typeof rigKeeper>,
  say: (line: string) => void,
): Promise<void> {
  for (const draw of draws) {
    if (record.has(draw)) continue;
    const begun = Date.now();
    const siege = await keeper.get();
    try {
      const { findings, recoveryMs, tookMs } = await siege.strike(draw);
      const { seed, signal } = draw;
      record.add({ seed, cell: nameOf(draw.cell), signal, recoveryMs, tookMs, ...findings });
    } catch (error) {
      // A kill that was cut short says nothing; a resumed run makes it again.
      if (keeper.isInterrupted()) return;
      record.add(broken(draw, error, Date.now() - begun));
      await keeper.discard();
    }
    const last = record.kills().at(-1);
    if (last !== undefined) say(tell(last));
  }
}

/** Strikes every cell once for each seed, on one rig, and compares everything once more at the end of each seed. */
export async function runMatrix({ directory, resume, say, ...plan }: MatrixOptions): Promise<Summary> {
  const record = openRunRecord(path.join(directory, 'kills.jsonl'), plan, resume);
  const keeper = rigKeeper(path.join(directory, 'rig'), say);
  const stop = (): void => {
    keeper.interrupt();
    void keeper.discard().finally(() => process.exit(130));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const late: string[] = [];
  try {
    for (let seed = plan.firstSeed; seed < plan.firstSeed + plan.seeds; seed += 1) {
      await strikeAll(drawKills(plan.cells, seed), record, keeper, say);
      late.push(...(await keeper.auditAll()));
    }
  } finally {
    await keeper.discard();
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
  return summarize(record.kills(), plan.seeds, late);
}
