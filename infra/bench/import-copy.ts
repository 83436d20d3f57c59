import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { text } from 'node:stream/consumers';

import pg from 'pg';
import { from, to } from 'pg-copy-streams';

const ofCommunity = (table: string): string =>
  `select t.* from ${table} t where t.community_id = (select id from community where number = $code$`;
const ofHouseholds = (table: string): string =>
  `select t.* from ${table} t join household h on h.id = t.household_id
    where h.community_id = (select id from community where number = $code$`;

/** The rows that an import writes, table by table: the register, the histories and the facts. */
const written: Record<string, string> = {
  place: `${ofCommunity('place')})`,
  person: `${ofCommunity('person')})`,
  household: `${ofCommunity('household')})`,
  household_holding: `${ofHouseholds('household_holding')})`,
  household_membership: `${ofHouseholds('household_membership')})`,
  change: `select c.* from change c where c.aggregate_id in (
    select id from place where community_id = (select id from community where number = $code$)
    union all select id from person where community_id = (select id from community where number = $code$)
    union all select id from household where community_id = (select id from community where number = $code$))`,
  outbox: `${ofCommunity('outbox')})`,
};

/**
 * Copies the rows of a community's import once more, into tables of the same columns, checks and indexes, by one COPY for
 * each in one transaction: what the database alone needs to keep them. Answers the seconds.
 */
export async function copyAgain(database: string, code: string): Promise<number> {
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  try {
    const rows: [table: string, lines: string][] = [];
    for (const [table, query] of Object.entries(written)) {
      const copy = client.query(to(`copy (${query.replaceAll('$code$', `'${code}'`)}) to stdout`));
      rows.push([table, await text(copy)]);
      await client.query(`drop table if exists copy_of_${table}`);
      await client.query(`create table copy_of_${table} (like ${table} including all)`);
    }
    const startedAt = performance.now();
    await client.query('begin');
    for (const [table, lines] of rows) {
      await pipeline(Readable.from([lines]), client.query(from(`copy copy_of_${table} from stdin`)));
    }
    await client.query('commit');
    return (performance.now() - startedAt) / 1_000;
  } finally {
    await client.end();
  }
}
