import { createGate, DomainError, type Gate, type Log, type RequestDeadline } from '@steward/core';
import pg from 'pg';
import { DataSource, type EntitySchema, type Logger, type QueryRunner } from 'typeorm';

import { bindConnection, endOn } from './connection.ts';
import { SnakeNaming, type AnyEntity } from './entity.ts';
import { roleNames } from './roles.ts';
import {
  afterCommitHooks,
  dispatch,
  firstCause,
  requireDispatched,
  runBeforeCommit,
  setScope,
  type Scope,
  type Tx,
} from './tx.ts';

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
  /** How long a transaction waits for one of the pool's connections. */
  waitMs?: number;
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

/** Short enough for whoever asks to be told within a second. */
const waitMs = 900;

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

type Pool = { source: DataSource; gate: Gate; waitMs: number; count: () => void };

/** In words of PostgreSQL's own, so that it counts as an outage like any other. */
const tooManyConnections = (): Error =>
  Object.assign(new Error('no connection of the pool became free in time'), { code: '53300' });

const tooLate = (): Error => new DomainError('UNAVAILABLE', 'DEADLINE_EXCEEDED');

function refuseLate(deadline: RequestDeadline | undefined): void {
  if (deadline !== undefined && deadline.leftMs() <= 0) throw tooLate();
}

/**
 * Whoever sends a statement by TypeORM and whoever sends it past it: nothing is begun for whom nobody waits any more, the
 * commit included; only undoing is.
 */
async function connect(runner: QueryRunner, deadline: RequestDeadline | undefined, count: () => void): Promise<void> {
  const inTime = (text: string): void => {
    if (!/^rollback/i.test(text)) refuseLate(deadline);
  };
  const client = (await runner.connect()) as pg.PoolClient;
  bindConnection(runner, {
    client,
    admit: (text) => {
      inTime(text);
      if (!framing.test(text)) count();
    },
  });
  if (deadline === undefined) return;
  const query = runner.query.bind(runner);
  const checked: typeof query = (text: string, ...rest: []) => {
    inTime(text);
    return query(text, ...rest);
  };
  runner.query = checked;
}

/**
 * Opens the transaction with tenant, read only or not, and how long each statement may take (the session's thirty seconds
 * where nobody waits), in one message that leaves with the first statement. Nothing can run outside of it: without a
 * tenant every statement fails.
 */
function begin(tx: Tx, runner: QueryRunner, { tenantId, deadline }: Scope, readOnly: boolean): void {
  const limit =
    deadline === undefined ? '' : `; set local statement_timeout = ${Math.max(1, Math.ceil(deadline.leftMs()))}`;
  const tenant = pg.escapeLiteral(tenantId);
  dispatch(tx, `start transaction${readOnly ? ' read only' : ''}; set local app.tenant_id = ${tenant}${limit}`);
  // What TypeORM does by itself then joins this transaction instead of opening one.
  Object.assign(runner, { isTransactionActive: true, transactionDepth: 1 });
}

/** The commit leaves together with what was dispatched before it; if any of that failed, the database undoes the whole. */
async function commit(tx: Tx, runner: QueryRunner, deadline: RequestDeadline | undefined): Promise<void> {
  refuseLate(deadline);
  Object.assign(runner, { isTransactionActive: false });
  const committed = endOn(runner, 'commit');
  committed.catch(() => undefined);
  await requireDispatched(tx);
  const { command } = await committed;
  if (command !== 'COMMIT') throw new Error('a statement had failed: the database undid the transaction');
}

async function inTransaction<T>(
  { source, gate, waitMs: longestWait, count }: Pool,
  scope: Scope,
  readOnly: boolean,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const { deadline } = scope;
  refuseLate(deadline);
  const leftMs = deadline?.leftMs() ?? Infinity;
  const leave = await gate.entered({ waitMs: leftMs });
  refuseLate(deadline);
  // A timer may be early by a part of a millisecond, so whose patience ended is not read off the clock.
  if (leave === undefined) throw leftMs < longestWait ? tooLate() : tooManyConnections();
  const runner: QueryRunner = source.createQueryRunner();
  const tx = runner.manager;
  try {
    await connect(runner, deadline, count);
    setScope(tx, scope);
    begin(tx, runner, scope, readOnly);
    const result = await work(tx);
    if (!readOnly) await runBeforeCommit(tx);
    await commit(tx, runner, deadline);
    for (const hook of afterCommitHooks(tx)) hook();
    return result;
  } catch (error) {
    const first = await firstCause(tx, error);
    // The connection may be gone; the first error is the one that matters.
    if (runner.isTransactionActive) await endOn(runner, 'rollback').catch(() => undefined);
    throw runner.isReleased && isReleasedError(first) ? connectionLost(first) : first;
  } finally {
    await runner.release();
    leave();
  }
}

/** Opens the pools; does not migrate. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { url, service, log } = options;
  const names = roleNames(service);
  const onPoolError = (error: Error): void => log.warn({ service, error: error.message }, 'a pooled connection failed');
  const poolSize = options.poolSize ?? 10;
  const source = new DataSource({
    type: 'postgres',
    url,
    entities: [...options.entities] as EntitySchema[],
    namingStrategy: new SnakeNaming(),
    applicationName: `steward-${service}`,
    poolSize,
    poolErrorHandler: onPoolError,
    ...(options.onStatement === undefined
      ? {}
      : { logger: countingLogger(options.onStatement), logging: ['query'] as const }),
    // Statements that need not wait for each other's answers do not.
    extra: { ...timeouts, pipeline: true, options: `-c role=${names.service}` },
  });
  await source.initialize();
  const longestWait = options.waitMs ?? waitMs;
  const gate = createGate({ most: poolSize, waiting: Infinity, waitMs: longestWait });
  const pool: Pool = { source, gate, waitMs: longestWait, count: options.onStatement ?? (() => undefined) };
  const systemConfig = {
    connectionString: url,
    application_name: `steward-${service}-system`,
    options: `-c role=${names.system}`,
  };
  const system = new pg.Pool({ ...systemConfig, ...timeouts, max: 5 });
  system.on('error', onPoolError);
  return {
    read: (scope, work) => inTransaction(pool, scope, true, work),
    write: (scope, work) => inTransaction(pool, scope, false, work),
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
