import { runMain } from '@steward/service-kit';
import pg from 'pg';

import { effectOf, effectSql } from '../services/effect-table.ts';
import { ledgerWith } from '../services/ledger.ts';

const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'] });
// A server that goes away breaks idle connections; the next statement opens another.
pool.on('error', () => undefined);

/** Wrong on purpose: the effect is committed apart from the position, so it stays when that is rolled back. */
await runMain(ledgerWith(async (_tx, event) => void (await pool.query(effectSql, effectOf(event)))));
