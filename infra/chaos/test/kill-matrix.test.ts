import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { failpoints } from '@steward/core';

import { drawKills, nameOf, victims, type Draw } from '../cells.ts';
import { beginSiege, type Siege } from '../siege.ts';

/** A kill for each step, the victims in turn; the seed decides the rest. */
const cells = failpoints.flatMap((step, index) => {
  const victim = victims[(index + Math.floor(index / victims.length)) % victims.length];
  return victim === undefined ? [] : [{ step, victim }];
});
const kills = drawKills(cells, 3);

/** Longer than the forgetful ledger takes to write what it has not forgotten. */
const stallMs = 3_000;

const mainOf = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

const killedAt = (step: Draw['cell']['step']): Draw => ({
  seed: 0,
  cell: { step, victim: 'carrier' },
  signal: 'SIGKILL',
  after: 0,
  goesFirst: false,
  standsMs: 0,
  either: 0,
});

describe('killing what carries facts, step by step', () => {
  let directory: string;
  let siege: Siege;

  beforeAll(async () => {
    directory = mkdtempSync(path.join(tmpdir(), 'steward-chaos-'));
    siege = await beginSiege({ directory });
  }, 120_000);
  afterAll(async () => {
    await siege?.stop();
    rmSync(directory, { recursive: true, force: true });
  }, 60_000);

  test.each(kills.map((draw) => [nameOf(draw.cell), draw.signal, draw] as const))(
    'loses and doubles nothing at %s with %s',
    async (_name, _signal, draw) => {
      expect((await siege.strike(draw)).findings).toEqual({ lost: [], doubled: [] });
    },
    90_000,
  );

  test('leaves a history that is whole from its beginning', async () => {
    expect(await siege.auditAll()).toEqual({ lost: [], doubled: [] });
  });

  test.each([
    ['doubled', 'consumer-commit', './doubling-ledger-main.ts', /^chaos-ledger: 2 effects of/],
    ['lost', 'ack', './forgetful-ledger-main.ts', /^chaos-ledger: no effect of/],
  ] as const)(
    'finds what is %s when a consumer that breaks its promise is killed at %s',
    async (kind, step, main, story) => {
      await Promise.all(siege.rig.ledgers.map((ledger) => ledger.become(mainOf(main))));
      const { findings } = await siege.strike(killedAt(step), stallMs);
      expect(findings[kind]).toEqual(expect.arrayContaining([expect.stringMatching(story)]));
    },
    90_000,
  );
});
