import { createHash } from 'node:crypto';

import { QueryFailedError, QueryRunnerAlreadyReleasedError, type QueryRunner } from 'typeorm';
import type pg from 'pg';

/** SQL that a connection parses and plans once, for what is sent again and again. */
export type Prepared = { readonly name: string; readonly text: string };

type Named = { readonly name?: string; readonly text: string };

const known = new Map<string, Prepared>();

/**
 * Marks SQL to be prepared on each connection. For texts of which there are few: columns are named rather than `*`, whose
 * plan breaks when a migration adds one, and nothing of the plan may hang on a parameter being null.
 */
export function prepared(text: string): Prepared {
  const found = known.get(text) ?? { name: createHash('sha256').update(text).digest('hex').slice(0, 32), text };
  known.set(text, found);
  return found;
}

/** How a transaction reaches its connection, and what stands in the way of a statement: that nobody waits any more. */
type Line = { client: pg.PoolClient; admit: (text: string) => void; isOver?: boolean };

const lines = new WeakMap<QueryRunner, Line>();

export const bindConnection = (runner: QueryRunner, line: Line): void => void lines.set(runner, line);

/** As much of a socket as is needed here; pg does not tell of it in its types. */
type Corked = { connection?: { stream?: { writableCorked: number; cork(): void; uncork(): void } } };

/** What is sent in one turn of the program leaves in one write: each costs more than what it brings. */
function gather(client: pg.PoolClient): void {
  const stream = (client as unknown as Corked).connection?.stream;
  if (stream === undefined || stream.writableCorked > 0) return;
  stream.cork();
  process.nextTick(() => stream.uncork());
}

function lineOf(runner: QueryRunner): Line {
  const line = lines.get(runner);
  if (line === undefined || line.isOver === true || runner.isReleased) throw new QueryRunnerAlreadyReleasedError();
  return line;
}

async function transmit({ client }: Line, { name, text }: Named, values?: unknown[]): Promise<pg.QueryResult<never>> {
  gather(client);
  try {
    return await client.query<never>({ text, ...(name === undefined ? {} : { name }), ...(values && { values }) });
  } catch (error) {
    throw new QueryFailedError(text, values, error as Error);
  }
}

/**
 * Sends a statement on the transaction's connection at once, behind those that were sent before it, answered or not. Past
 * TypeORM, whose own way around a statement costs more than the statement; errors are wrapped as it wraps them.
 */
export async function sendOn(
  runner: QueryRunner,
  sql: string | Prepared,
  values?: unknown[],
): Promise<pg.QueryResult<never>> {
  const line = lineOf(runner);
  const statement: Named = typeof sql === 'string' ? { text: sql } : sql;
  line.admit(statement.text);
  return transmit(line, statement, values);
}

/** Ends a transaction; what still comes of it, from work that nobody waited for, is refused. */
export async function endOn(runner: QueryRunner, text: 'commit' | 'rollback'): Promise<pg.QueryResult<never>> {
  const line = lineOf(runner);
  line.isOver = true;
  return transmit(line, { text });
}
