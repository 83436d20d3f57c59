import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { nameOf, type Cell, type Draw } from './cells.ts';

/** What stays of a kill. */
export type KillRecord = {
  seed: number;
  cell: string;
  signal: Draw['signal'];
  recoveryMs: number;
  tookMs: number;
  lost: string[];
  doubled: string[];
};

/** Which run it is: an interrupted one goes on only as the same. */
export type RunPlan = { cells: readonly Cell[]; seeds: number; firstSeed: number };

/** The kills of a run, on the disk as soon as they are judged. */
export type RunRecord = {
  kills(): readonly KillRecord[];
  has(draw: Draw): boolean;
  add(kill: KillRecord): void;
};

const headOf = ({ cells, seeds, firstSeed }: RunPlan): string =>
  JSON.stringify({ seeds, firstSeed, cells: cells.map(nameOf) });

/** A process that was killed while it wrote leaves half a line, which is no kill. */
const wholeLines = (text: string): string[] => text.split('\n').slice(0, -1);

/** The record in `file`, new unless the run is to be resumed. */
export function openRunRecord(file: string, plan: RunPlan, resume: boolean): RunRecord {
  const head = headOf(plan);
  const kills: KillRecord[] = [];
  if (resume && existsSync(file)) {
    const [found, ...lines] = wholeLines(readFileSync(file, 'utf8'));
    if (found !== head)
      throw new RangeError('the interrupted run had other cells or seeds: ask for the same, or begin anew');
    kills.push(...lines.map((line) => JSON.parse(line) as KillRecord));
  }
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, [head, ...kills.map((kill) => JSON.stringify(kill))].map((line) => `${line}\n`).join(''));
  const keyOf = (seed: number, cell: string): string => `${seed} ${cell}`;
  const done = new Set(kills.map(({ seed, cell }) => keyOf(seed, cell)));
  return {
    kills: () => kills,
    has: ({ seed, cell }) => done.has(keyOf(seed, nameOf(cell))),
    add: (kill) => {
      kills.push(kill);
      done.add(keyOf(kill.seed, kill.cell));
      appendFileSync(file, `${JSON.stringify(kill)}\n`);
    },
  };
}
