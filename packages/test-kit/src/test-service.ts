import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { randomBytes } from 'node:crypto';

import {
  CALL_HEADER,
  createCallSigner,
  generateIdentityKey,
  IDENTITY_HEADER,
  signIdentity,
  type Viewer,
} from '@steward/auth';
import type { Locale } from '@steward/core';
import { createFieldCipher, runService, type RunningService, type ServiceDefinition } from '@steward/service-kit';
import { Duration } from 'luxon';
import pg from 'pg';

import { eventually } from './eventually.ts';
import { createTestDatabase, testServers } from './test-database.ts';
import { openWire, type Wire } from './wire.ts';

export type GraphqlError = {
  message: string;
  path?: (string | number)[];
  extensions: {
    code: string;
    reason: string;
    rule?: string;
    violations: { path?: string; reason: string; rule?: string; message: string }[];
  };
};

// The shape of the data is the document's, which the compiler cannot see.
export type GraphqlAnswer<T> = { data: T; errors?: GraphqlError[] };

export type StoredEvent = {
  type: string;
  aggregateId: string;
  aggregateVersion: number;
  data: Record<string, unknown>;
};

export type TestService = {
  /** Where it listens; a restart moves it. */
  url(): string;
  databaseUrl: string;
  /** Sends an operation as the viewer, over HTTP with a signed identity. */
  graphql<T = Record<string, never>>(
    viewer: Viewer,
    document: string,
    variables?: object,
    locale?: Locale,
  ): Promise<GraphqlAnswer<T>>;
  /** The data of an operation that must succeed. */
  ok<T = Record<string, never>>(viewer: Viewer, document: string, variables?: object): Promise<T>;
  /** The one error of an operation that must be refused. */
  refused(viewer: Viewer, document: string, variables?: object, locale?: Locale): Promise<GraphqlError>;
  /** Facts of other services. */
  wire: Wire;
  /** Waits until nothing is under way: outbox sent, facts consumed. */
  settle(): Promise<void>;
  now(): Promise<Date>;
  /** Moves the fake clock, running every timer at its own time: `{ set }` or `{ advance: 'P1D' }`. */
  move(to: { set: Date } | { advance: string }): Promise<void>;
  /** The events this service has published, oldest first, of one type or all. */
  events(type?: string): Promise<StoredEvent[]>;
  /** SQL as the owner, for looking at what only the database shows. */
  sql<T extends pg.QueryResultRow>(text: string, params?: unknown[]): Promise<T[]>;
  /** Who read clear values of an aggregate, which, and why, oldest first. */
  reveals(viewer: Viewer, aggregateId: string): Promise<Reveal[]>;
  /** Stops the process's parts and starts them anew on the same database, as after a crash. */
  restart(): Promise<void>;
  stop(): Promise<void>;
};

export type Reveal = { sub: string; fields: string[]; reason: string };

export type TestServiceOptions = { now?: Date; env?: NodeJS.ProcessEnv };

/** Where the fake clock of a test starts: a Monday morning in Shanghai. */
export const testStart = new Date('2026-03-02T01:00:00.000Z');

function environment(
  databaseUrl: string,
  directory: string,
  keys: string,
  prefix: string,
  options: TestServiceOptions,
): NodeJS.ProcessEnv {
  return {
    NODE_ENV: 'test',
    LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'silent',
    DATABASE_URL: databaseUrl,
    NATS_URL: testServers().nats,
    NATS_PREFIX: prefix,
    IDENTITY_PUBLIC_KEYS: keys,
    FIELD_KEYS: `1:${randomBytes(32).toString('base64')}`,
    FILE_SIGNING_KEY: randomBytes(32).toString('base64'),
    FILES_DIR: path.join(directory, 'files'),
    OUTGOING_DIR: path.join(directory, 'outgoing'),
    STEWARD_FAKE_CLOCK: '1',
    STEWARD_FAKE_CLOCK_START: (options.now ?? testStart).toISOString(),
    ...options.env,
  };
}

type Call = <T>(method: string, route: string, body?: unknown) => Promise<T>;

/** Plain HTTP to the running service; `url` is asked for at each call, because a restart moves it. */
const caller =
  (url: () => string): Call =>
  async <T>(method: string, route: string, body?: unknown) => {
    const content =
      body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    const response = await fetch(`${url()}${route}`, { method, ...content });
    if (!response.ok) throw new Error(`${method} ${route}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  };

function clockOf(call: Call): Pick<TestService, 'settle' | 'now' | 'move'> {
  const settle = async (): Promise<void> => {
    let before: number | null = null;
    const isSettled = async (): Promise<boolean> => {
      const { quiet, lastFact } = await call<{ quiet: boolean; lastFact: number }>('GET', '/_test/quiet');
      const isSame = quiet && before === lastFact;
      before = quiet ? lastFact : null;
      return isSame;
    };
    // Twice, without a fact made in between: what was consumed after the outbox was looked at may have made one.
    await eventually(isSettled, { what: 'quiet' });
  };
  const now = async (): Promise<Date> => new Date((await call<{ now: string }>('GET', '/_test/clock')).now);
  const earliest = async (until: Date): Promise<Date | null> => {
    const answer = await call<{ earliest: string | null }>('GET', `/_test/timers?until=${until.toISOString()}`);
    return answer.earliest === null ? null : new Date(answer.earliest);
  };
  const move: TestService['move'] = async (to) => {
    const target = 'set' in to ? to.set : new Date((await now()).getTime() + Duration.fromISO(to.advance).toMillis());
    for (let due = await earliest(target); due !== null; due = await earliest(target)) {
      if (due > (await now())) await call('POST', '/_test/clock', { set: due });
      await call('POST', '/_test/run-due', {});
      await settle();
    }
    await call('POST', '/_test/clock', { set: target });
  };
  return { settle, now, move };
}

/** The headers under which the gateway would send a body for a viewer. */
type Signer = (viewer: Viewer, body: string) => Promise<Record<string, string>>;

/** Identities hold for a minute: a viewer who asks again soon brings the same one, as from the gateway. */
function identities(signed: (viewer: Viewer) => Promise<string>): (viewer: Viewer) => Promise<string> {
  const known = new WeakMap<Viewer, { identity: Promise<string>; until: number }>();
  return (viewer) => {
    const found = known.get(viewer);
    if (found !== undefined && Date.now() < found.until) return found.identity;
    const identity = signed(viewer);
    known.set(viewer, { identity, until: Date.now() + 20_000 });
    return identity;
  };
}

function graphOf(url: () => string, sign: Signer): Pick<TestService, 'graphql' | 'ok' | 'refused'> {
  const graphql: TestService['graphql'] = async (viewer, document, variables = {}, locale = 'en') => {
    const body = JSON.stringify({ query: document, variables });
    const response = await fetch(`${url()}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-language': locale, ...(await sign(viewer, body)) },
      body,
    });
    return (await response.json()) as never;
  };
  return {
    graphql,
    ok: async <T>(viewer: Viewer, document: string, variables?: object) => {
      const { data, errors } = await graphql<T>(viewer, document, variables);
      if (errors !== undefined) throw new Error(`refused: ${JSON.stringify(errors)}`);
      return data;
    },
    refused: async (viewer, document, variables, locale) => {
      const { errors = [] } = await graphql(viewer, document, variables, locale);
      if (errors.length !== 1) throw new Error(`one refusal was expected, not ${JSON.stringify(errors)}`);
      return errors[0] as GraphqlError;
    },
  };
}

function lookInto(owner: pg.Pool, fieldKeys: string): Pick<TestService, 'events' | 'sql' | 'reveals'> {
  const cipher = createFieldCipher(fieldKeys);
  return {
    reveals: async ({ tenantId }, aggregateId) => {
      const { rows } = await owner.query<Reveal>(
        'select actor_sub as sub, fields, reason from reveal_log where aggregate_id = $1 order by seq',
        [aggregateId],
      );
      return rows.map((row) => ({ ...row, reason: cipher.open(tenantId, row.reason) }));
    },
    events: async (type) => {
      const { rows } = await owner.query<StoredEvent>(
        `select type, aggregate_id as "aggregateId", aggregate_version as "aggregateVersion", data from outbox
          where $1::text is null or type = $1 order by seq`,
        [type ?? null],
      );
      return rows;
    },
    sql: async <T extends pg.QueryResultRow>(text: string, params: unknown[] = []) =>
      (await owner.query<T>(text, params)).rows,
  };
}

/** Runs a service in this process on a database and stream prefix of its own, with a fake clock. */
export async function startTestService(
  definition: ServiceDefinition,
  options: TestServiceOptions = {},
): Promise<TestService> {
  const database = await createTestDatabase(definition);
  const directory = await mkdtemp(path.join(tmpdir(), 'steward-service-'));
  const prefix = `t${randomBytes(6).toString('hex')}`;
  const key = await generateIdentityKey();
  const env = environment(database.url, directory, JSON.stringify(key.publicKeys), prefix, options);
  const removeData = async (): Promise<void> => {
    await database.drop();
    await rm(directory, { recursive: true, force: true });
  };
  let running: RunningService = await runService(definition, env).catch(async (error: unknown) => {
    await removeData();
    throw error;
  });
  const wire = await openWire(prefix);
  const owner = new pg.Pool({ connectionString: database.url, max: 2 });
  // `end` does not wait for idle connections to close, and dropping the database cuts those that still do.
  owner.on('error', () => undefined);
  const url = (): string => running.url;
  const signCall = createCallSigner(key.privateKey);
  const identityOf = identities((viewer) =>
    signIdentity(viewer, key.privateKey, { kid: key.kid, audience: definition.name }),
  );
  const sign: Signer = async (viewer, body) => {
    const identity = await identityOf(viewer);
    return { [IDENTITY_HEADER]: identity, [CALL_HEADER]: signCall(identity, body) };
  };
  const stop = async (): Promise<void> => {
    await running.stop();
    await wire.close();
    await owner.end();
    await removeData();
  };
  const restart = async (): Promise<void> => {
    await running.stop();
    running = await runService(definition, env);
  };
  const looks = { ...graphOf(url, sign), ...clockOf(caller(url)), ...lookInto(owner, env['FIELD_KEYS'] ?? '') };
  return { url, databaseUrl: database.url, ...looks, wire, restart, stop };
}
