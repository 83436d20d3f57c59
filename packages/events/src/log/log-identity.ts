import type { Pool, PoolClient } from 'pg';

/** Header of a message, and key of a stream's metadata: the life of the log that it was sent from. */
export const logHeader = 'Steward-Log';

const clusterSql = `select (select system_identifier::text from pg_control_system()) || '/' ||
  substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8) as cluster`;

/**
 * Which cluster this is, and on which timeline: PostgreSQL begins another one after each recovery to a point in time.
 * A server that does not tell is one cluster for ever, and `renewLogIdentity` is all that shows its restores.
 */
async function clusterOf(client: PoolClient): Promise<string> {
  try {
    const { rows } = await client.query<{ cluster: string }>(clusterSql);
    return rows[0]?.cluster ?? 'unknown';
  } catch (error) {
    const code = (error as { code?: string }).code ?? '';
    // Not allowed, not supported, not known: as some managed servers answer.
    if (['42501', '0A000', '42883'].includes(code)) return 'unknown';
    throw error;
  }
}

type Identity = { identity: string; cluster: string };

async function newest(client: PoolClient): Promise<Identity | null> {
  const { rows } = await client.query<Identity>(
    'select identity, cluster from log_identity order by place desc limit 1',
  );
  return rows[0] ?? null;
}

/** What is in the log now belongs to the life before. */
async function begin(client: PoolClient, cluster: string): Promise<string> {
  const { rows } = await client.query<{ identity: string }>(
    `insert into log_identity (identity, cluster, from_seq)
     select gen_random_uuid(), $1, coalesce((select max(seq) from outbox), 0) + 1 returning identity`,
    [cluster],
  );
  return rows[0]?.identity ?? '';
}

async function identify(pool: Pool, isRenewed: boolean): Promise<string> {
  const client = await pool.connect();
  try {
    const cluster = await clusterOf(client);
    const found = await newest(client);
    if (found?.cluster === cluster && !isRenewed) return found.identity;
    await client.query('begin');
    await client.query(`select pg_advisory_xact_lock(hashtext('steward-log-identity'))`);
    // Another instance may have seen the same a moment before.
    const again = await newest(client);
    const isDone = again !== null && again.identity !== found?.identity;
    const identity = isDone ? again.identity : await begin(client, cluster);
    await client.query('commit');
    return identity;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

/**
 * The identity of this life of a database's log. Another begins by itself when the database has come to another
 * cluster or timeline: after a restore or a failover the log may lack what others have read of it.
 */
export const logIdentity = (pool: Pool): Promise<string> => identify(pool, false);

/** Begins another life of the log: the database was put back in a way that the server does not show. */
export const renewLogIdentity = (pool: Pool): Promise<string> => identify(pool, true);

export async function lineageOf(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ identity: string }>('select identity from log_identity order by place');
  return rows.map(({ identity }) => identity);
}
