import type { Log } from '@steward/core';
import pg from 'pg';
import { DataSource, type EntitySchema, type Logger, type QueryRunner } from 'typeorm';

import { SnakeNaming, type AnyEntity } from './entity.ts';
import { roleNames } from './roles.ts';
import { afterCommitHooks, runBeforeCommit, setScope, type Scope, type Tx } from './tx.ts';

// Days stay `YYYY-MM-DD` (pg would make them instants of this machine's zone) and counts become numbers.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

export type DatabaseOptions = {
  /** The owner's login; sessions take on the service's or the system role before their first statement. */
  url: string;
  service: string;
  entities: readonly AnyEntity[];
  log: Log;
  poolSize?: number;
  /** Told of every statement of the service's transactions but the ones that frame them; metrics count them. */
  onStatement?: () => void;
};

/** A service's own database: every access is a transaction of one tenant, or the system role's few tables. */
export type Database = {
  /** A read-only transaction as the service role. */
  read<T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** A transaction as the service role; hooks of `beforeCommit` run inside it, those of `afterCommit` after it. */
  write<T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Connections as the system role: delivery of events, consumers' positions, the look-up of due timers. */
  system: pg.Pool;
  /** A connection of its own as the system role, for LISTEN and session locks; the caller ends it. */
  connectSystem(): Promise<pg.Client>;
  dataSource: DataSource;
  service: string;
  close(): Promise<void>;
};

const timeouts = {
  connectionTimeoutMillis: 5_000,
  idleTimeoutMillis: 30_000,
  statement_timeout: 30_000,
  idle_in_transaction_session_timeout: 60_000,
};

const framing = /^(start transaction|begin|commit|rollback|savepoint|select set_config)/i;

/** TypeORM's logger as a counter; the text of a statement goes no further. */
const countingLogger = (count: () => void): Logger => ({
  logQuery: (query) => {
    if (!framing.test(query)) count();
  },
  logQueryError: () => undefined,
  logQuerySlow: () => undefined,
  logSchemaBuild: () => undefined,
  logMigration: () => undefined,
  log: () => undefined,
});

/** TypeORM's words for a statement on a runner that has no connection any more. */
const isReleasedError = (error: unknown): boolean => /^QueryRunner\w*ReleasedError$/.test((error as Error).name);

/** Nobody but TypeORM gives a runner back before its work has ended, and it does so when the connection has broken. */
const connectionLost = (cause: unknown): Error =>
  Object.assign(new Error('the connection broke during a transaction', { cause }), { code: '08006' });

async function inTransaction<T>(
  source: DataSource,
  scope: Scope,
  readOnly: boolean,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const runner: QueryRunner = source.createQueryRunner();
  try {
    await runner.startTransaction();
    const tx = runner.manager;
    setScope(tx, scope);
    await runner.query(`select set_config('app.tenant_id', $1, true), set_config('transaction_read_only', $2, true)`, [
      scope.tenantId,
      readOnly ? 'on' : 'off',
    ]);
    const result = await work(tx);
    if (!readOnly) await runBeforeCommit(tx);
    await runner.commitTransaction();
    for (const hook of afterCommitHooks(tx)) hook();
    return result;
  } catch (error) {
    // The connection may be gone; the first error is the one that matters.
    if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
    throw runner.isReleased && isReleasedError(error) ? connectionLost(error) : error;
  } finally {
    await runner.release();
  }
}

/** Opens the pools; does not migrate. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { url, service, log } = options;
  const names = roleNames(service);
  const onPoolError = (error: Error): void => log.warn({ service, error: error.message }, 'a pooled connection failed');
  const source = new DataSource({
    type: 'postgres',
    url,
    entities: [...options.entities] as EntitySchema[],
    namingStrategy: new SnakeNaming(),
    applicationName: `steward-${service}`,
    poolSize: options.poolSize ?? 10,
    poolErrorHandler: onPoolError,
    ...(options.onStatement === undefined
      ? {}
      : { logger: countingLogger(options.onStatement), logging: ['query'] as const }),
    extra: { ...timeouts, options: `-c role=${names.service}` },
  });
  await source.initialize();
  const systemConfig = {
    connectionString: url,
    application_name: `steward-${service}-system`,
    options: `-c role=${names.system}`,
  };
  const system = new pg.Pool({ ...systemConfig, ...timeouts, max: 5 });
  system.on('error', onPoolError);
  return {
    read: (scope, work) => inTransaction(source, scope, true, work),
    write: (scope, work) => inTransaction(source, scope, false, work),
    system,
    connectSystem: async () => {
      const { connectionTimeoutMillis } = timeouts;
      const client = new pg.Client({ ...systemConfig, connectionTimeoutMillis, keepAlive: true });
      client.on('error', onPoolError);
      await client.connect();
      return client;
    },
    dataSource: source,
    service,
    close: async () => {
      await source.destroy();
      await system.end();
    },
  };
}
