import type { FailpointOrder } from '@steward/core';
import { afterCommit } from '@steward/db';
import type { StewardEvent } from '@steward/events';
import { runMain } from '@steward/service-kit';
import pg from 'pg';

import { effectOf, effectSql } from '../services/effect-table.ts';
import { ledgerWith } from '../services/ledger.ts';

const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 1 });
pool.on('error', () => undefined);

const writtenBehindMs = 700;

// Told to stop at a step it writes nothing more until it may go: however slowly the signal comes, it comes first.
let isToStop = false;
process.on('message', ({ failpoint }: FailpointOrder) => (isToStop = failpoint === 'stop'));

function writeBehind(event: StewardEvent<unknown>): void {
  setTimeout(() => (isToStop ? writeBehind(event) : void pool.query(effectSql, effectOf(event))), writtenBehindMs);
}

/** Wrong on purpose: the effect is written behind, when the position has moved already, so a crash forgets it. */
await runMain(
  ledgerWith((tx, event) => {
    afterCommit(tx, () => writeBehind(event));
    return Promise.resolve();
  }),
);
