import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, describe, expect, test } from '@jest/globals';

import { allCells, chooseCells, drawKills, nameOf } from '../cells.ts';
import { openRunRecord, type KillRecord } from '../kill-record.ts';
import { summarize } from '../summary.ts';

const namesOf = (cells: readonly (typeof allCells)[number][]): string[] => cells.map(nameOf);

describe('the matrix', () => {
  test('has 56 cells: 14 steps by four victims', () => {
    expect(new Set(namesOf(allCells)).size).toBe(56);
  });

  test('is chosen from by step, by victim and by both', () => {
    expect(namesOf(chooseCells('all'))).toEqual(namesOf(allCells));
    expect(chooseCells('commit')).toHaveLength(4);
    expect(chooseCells('nats')).toHaveLength(14);
    expect(namesOf(chooseCells('ack/postgres, begin/nats'))).toEqual(['begin/nats', 'ack/postgres']);
    expect(() => chooseCells('comit')).toThrow('there is no cell comit');
  });

  test('is struck in an order and with signals that the seed alone decides', () => {
    const draws = drawKills(allCells, 7);
    expect(drawKills(allCells, 7)).toEqual(draws);
    expect(drawKills(allCells, 8)).not.toEqual(draws);
    expect(namesOf(draws.map(({ cell }) => cell)).toSorted()).toEqual(namesOf(allCells).toSorted());
    expect(new Set(draws.map(({ signal }) => signal))).toEqual(new Set(['SIGKILL', 'SIGSTOP']));
  });
});

describe('the record of a run', () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'steward-chaos-record-'));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  const file = path.join(directory, 'kills.jsonl');
  const cells = chooseCells('commit');
  const plan = { cells, seeds: 1, firstSeed: 1 };
  const [first, second] = drawKills(cells, 1);
  const done = { seed: 1, signal: 'SIGKILL', recoveryMs: 100, tookMs: 900, lost: [], doubled: [] } as const;
  const kill = (recoveryMs = 100): KillRecord => ({
    ...done,
    cell: nameOf(first!.cell),
    recoveryMs,
    lost: [],
    doubled: [],
  });

  test('is taken up again where it ended, past a line that was cut off', () => {
    openRunRecord(file, plan, false).add(kill());
    appendFileSync(file, '{"seed":1,"cel');
    const resumed = openRunRecord(file, plan, true);
    expect(resumed.kills()).toEqual([kill()]);
    expect([resumed.has(first!), resumed.has(second!)]).toEqual([true, false]);
  });

  test('is not taken up as another run, and begins anew unless it is asked for', () => {
    expect(() => openRunRecord(file, { ...plan, seeds: 2 }, true)).toThrow('other cells or seeds');
    expect(openRunRecord(file, plan, false).kills()).toEqual([]);
  });

  test('is summed up in one document', () => {
    const kills = [
      ...Array.from({ length: 98 }, () => kill()),
      kill(5_000),
      { ...kill(7_000), doubled: ['x'], lost: ['y', 'z'] },
    ];
    const { document, medianMs, stories } = summarize(kills, 2, ['late']);
    expect(document).toEqual({ kills: 100, lost: 3, doubled: 1, recoveryMs: { p50: 100, p99: 5_000 }, seeds: 2 });
    expect(medianMs).toBe(900);
    expect(stories).toHaveLength(4);
  });
});
