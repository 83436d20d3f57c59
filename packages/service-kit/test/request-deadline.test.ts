import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { CALL_HEADER, createCallSigner, generateIdentityKey, IDENTITY_HEADER, signIdentity } from '@steward/auth';
import { DEADLINE_HEADER } from '@steward/core';
import { eventually, startTestService, type TestService } from '@steward/test-kit';
import pg from 'pg';

import { communityId, lightLamp, worker } from './lamps-fixture.ts';
import { sample } from './sample-service.ts';

const key = await generateIdentityKey();
const poolSize = 2;

let service: TestService;
let other: pg.Client;
beforeAll(async () => {
  const env = { IDENTITY_PUBLIC_KEYS: JSON.stringify(key.publicKeys), DATABASE_POOL_SIZE: String(poolSize) };
  service = await startTestService(sample, { env });
  other = new pg.Client({ connectionString: service.databaseUrl });
  await other.connect();
});
afterAll(async () => {
  await other.end();
  await service.stop();
});

type Refused = { code: string; reason: string };
type Answer = { headers: Headers; data?: unknown; errors?: { message: string; extensions: Refused }[] };

async function ask(query: string, variables: object, headers: Record<string, string> = {}): Promise<Answer> {
  const body = JSON.stringify({ query, variables });
  const identity = await signIdentity(worker, key.privateKey, { kid: key.kid, audience: 'sample' });
  const proof = { [IDENTITY_HEADER]: identity, [CALL_HEADER]: createCallSigner(key.privateKey)(identity, body) };
  const response = await fetch(`${service.url()}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': 'en', ...proof, ...headers },
    body,
  });
  return { headers: response.headers, ...((await response.json()) as object) };
}

const refusalsOf = ({ errors = [] }: Answer): unknown =>
  errors.map(({ extensions: { code, reason } }) => [code, reason]);

/** Nobody gets at the lamps meanwhile. */
async function whileLocked<T>(work: () => Promise<T>): Promise<T> {
  await other.query('begin');
  await other.query('lock table lamp in access exclusive mode');
  try {
    return await work();
  } finally {
    await other.query('rollback');
  }
}

const waitingForLamps = async (): Promise<number> => {
  const { rows } = await other.query<{ waiting: string }>(
    `select count(*) as waiting from pg_locks where relation = 'lamp'::regclass and not granted`,
  );
  return Number(rows[0]?.waiting);
};

const list = '{ lamps { nodes { id } } }';
const lamp = { input: { communityId, watts: 60, ownerName: '王小明' } };

test('a query that its caller does not wait for any more is given up in the database too', async () => {
  await whileLocked(async () => {
    const start = performance.now();
    const answer = await ask(list, {}, { [DEADLINE_HEADER]: '300' });
    expect(refusalsOf(answer)).toEqual([['UNAVAILABLE', 'DEADLINE_EXCEEDED']]);
    expect(answer.errors?.[0]?.message).toBe(
      'The service could not answer in the time that there was; please try again.',
    );
    expect(performance.now() - start).toBeGreaterThanOrEqual(290);
    expect(performance.now() - start).toBeLessThan(5_000);
    expect(await waitingForLamps()).toBe(0);
  });
  expect((await ask(list, {}, { [DEADLINE_HEADER]: '60000' })).data).toEqual({ lamps: { nodes: [] } });
});

test('a command that does not end in time has done nothing', async () => {
  await whileLocked(async () => {
    const answer = await ask(lightLamp, lamp, { [DEADLINE_HEADER]: '300' });
    expect(refusalsOf(answer)).toEqual([['UNAVAILABLE', 'DEADLINE_EXCEEDED']]);
  });
  expect((await ask(list, {})).data).toEqual({ lamps: { nodes: [] } });
  expect((await ask(lightLamp, lamp, { [DEADLINE_HEADER]: '60000' })).errors).toBeUndefined();
});

test('when all connections are taken, whoever comes next is told within a second or so', async () => {
  await whileLocked(async () => {
    const holders = Array.from({ length: poolSize }, () => ask(list, {}, { [DEADLINE_HEADER]: '6000' }));
    await eventually(async () => (await waitingForLamps()) === poolSize);
    const start = performance.now();
    expect(refusalsOf(await ask(list, {}))).toEqual([['UNAVAILABLE', 'DATABASE_UNAVAILABLE']]);
    expect(performance.now() - start).toBeGreaterThanOrEqual(890);
    expect(performance.now() - start).toBeLessThan(4_000);
    // Whoever waits less is told sooner, and why.
    expect(refusalsOf(await ask(list, {}, { [DEADLINE_HEADER]: '50' }))).toEqual([
      ['UNAVAILABLE', 'DEADLINE_EXCEEDED'],
    ]);
    await other.query('rollback');
    for (const holder of await Promise.all(holders)) expect(holder.errors).toBeUndefined();
    await other.query('begin');
  });
});

test('an idle connection is kept for longer than the gateway keeps it', async () => {
  const [, seconds] = /timeout=(\d+)/.exec((await ask(list, {})).headers.get('keep-alive') ?? '') ?? [];
  expect(Number(seconds)).toBeGreaterThan(4);
});
