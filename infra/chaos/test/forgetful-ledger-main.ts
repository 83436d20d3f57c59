import { afterCommit } from '@steward/db';
import { runMain } from '@steward/service-kit';
import pg from 'pg';

import { effectOf, effectSql } from '../services/effect-table.ts';
import { ledgerWith } from '../services/ledger.ts';

const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 1 });
pool.on('error', () => undefined);

const writtenBehindMs = 700;

/** Wrong on purpose: the effect is written behind, when the position has moved already, so a crash forgets it. */
await runMain(
  ledgerWith((tx, event) => {
    afterCommit(tx, () => void setTimeout(() => void pool.query(effectSql, effectOf(event)), writtenBehindMs));
    return Promise.resolve();
  }),
);
