import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventuallyHolds } from '@steward/test-kit/eventually';
import { createPlanCache } from '../src/executor.ts';
import {
  normalised,
  openRegisteredOperations,
  operationId,
  planKeys,
  TooManyOperations,
} from '../src/registered-operations.ts';
import { aPlatform, ask, bearer, issuerKey, type Platform } from './a-gateway.ts';
import { aToken, clerkClaims, ids } from './an-issuer.ts';

let platform: Platform;
let operator: string;
const directory = mkdtempSync(join(tmpdir(), 'steward-operations-'));
const env = { OPERATIONS_MODE: 'enforce', OPERATIONS_DIR: directory };
let url: string;
beforeAll(async () => {
  platform = await aPlatform();
  operator = await aToken(issuerKey, { steward: { ...clerkClaims, roles: ['operator'] } });
  ({ url } = await platform.gateway(env));
});
afterAll(async () => {
  await platform.stop();
  rmSync(directory, { recursive: true });
});

const list = 'query List { orders { id title } }';
const one = 'query One($id: ID!) { order(id: $id) { title } }';
const app = { client: 'app', version: '1.0' };
const ours = { tenantId: ids.tenant, ...app };
const asApp = (version = '1.0'): Record<string, string> => ({
  'apollographql-client-name': 'app',
  'apollographql-client-version': version,
});

async function admin(path: string, body?: object, token = operator, at = url) {
  const response = await fetch(`${at}/operations${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': 'en', ...bearer(token) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
const reasonOf = ({ body }: { body: unknown }): unknown =>
  (body as { errors?: { extensions: { reason: string } }[] }).errors?.[0]?.extensions.reason;

const send = async (body: object, headers: Record<string, string> = asApp(), at = url) => {
  platform.orders.calls.length = 0;
  const response = await fetch(`${at}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...bearer(platform.token), ...headers },
    body: JSON.stringify(body),
  });
  const answer = { status: response.status, body: (await response.json()) as object };
  return [answer.status, reasonOf(answer) ?? (answer.body as { data: unknown }).data, platform.orders.calls.length];
};
/** The same by GET, with these parameters in this order. */
const get = async (parameters: readonly (readonly [string, string])[], headers = asApp(), at = url) => {
  platform.orders.calls.length = 0;
  const search = new URLSearchParams(parameters.map(([name, value]): [string, string] => [name, value])).toString();
  const response = await fetch(`${at}/graphql?${search}`, {
    headers: { 'apollo-require-preflight': '1', 'accept-language': 'en', ...bearer(platform.token), ...headers },
  });
  const answer = { status: response.status, body: (await response.json()) as object };
  return [answer.status, reasonOf(answer) ?? (answer.body as { data: unknown }).data, platform.orders.calls.length];
};
const refused = [403, 'OPERATION_NOT_REGISTERED', 0];
const listed = [
  200,
  {
    orders: [
      { id: '1', title: 'tap' },
      { id: '2', title: 'lift' },
    ],
  },
  1,
];

describe('only operators register', () => {
  test.each([
    ['another role', async () => admin('', { ...app, operations: [list] }, platform.token), 403, 'OPERATOR_REQUIRED'],
    ['a bad token', async () => admin('', { ...app, operations: [list] }, 'x.y.z'), 401, 'TOKEN_INVALID'],
    ['no client', async () => admin('', { version: '1', operations: [list] }), 400, 'OPERATIONS_INVALID'],
    ['no GraphQL', async () => admin('', { ...app, operations: ['{'] }), 400, 'OPERATIONS_INVALID'],
    ['an unknown field', async () => admin('', { ...app, operations: ['{ nothing }'] }), 400, 'OPERATIONS_INVALID'],
    ['two in one', async () => admin('', { ...app, operations: [`${list} ${one}`] }), 400, 'OPERATIONS_INVALID'],
  ])('%s is refused, and nothing is kept', async (_name, ask_, status, reason) => {
    const answer = await ask_();
    expect([answer.status, reasonOf(answer)]).toEqual([status, reason]);
    expect(readdirSync(directory)).toEqual([]);
  });

  test('without a token nothing is told', async () => {
    const response = await fetch(`${url}/operations`);
    expect(response.status).toBe(401);
  });
});

test('a client sends what its version has registered, by text or by id, and nothing else', async () => {
  expect(await send({ query: list })).toEqual(refused);
  const pushed = await admin('', { ...app, operations: [list, one] });
  const id = operationId(normalised(list));
  expect(pushed).toMatchObject({ status: 200, body: { registered: [{ id, name: 'List' }, { name: 'One' }] } });

  expect(await send({ query: list })).toEqual(listed);
  expect(await send({ query: `# a comment\n${list.replaceAll(' ', '\n ')}` })).toEqual(listed);
  expect(await send({ documentId: id })).toEqual(listed);
  expect(await send({ documentId: `sha256:${id}`, operationName: 'List' })).toEqual(listed);
  expect(await send({ extensions: { persistedQuery: { version: 1, sha256Hash: id } } })).toEqual(listed);
  expect(await send({ query: one, variables: { id: '2' } })).toEqual([200, { order: { title: 'lift' } }, 1]);

  expect(await send({ query: list.replace('title', 'id') })).toEqual(refused);
  // The text decides: an id beside it opens nothing.
  expect(await send({ documentId: id, query: '{ orders { id } }' })).toEqual(refused);
  expect(await send({ query: list }, asApp('1.1'))).toEqual(refused);
  expect(await send({ query: list }, { ...asApp(), 'apollographql-client-name': 'other' })).toEqual(refused);
  expect(await send({ query: list }, {})).toEqual(refused);
  expect(await send({ documentId: '__proto__' })).toEqual(refused);
  expect(await send({ query: '{ __schema { types { name } } }' })).toEqual(refused);
});

test('by GET as well: the text that is judged is the one that is run, whatever else stands in the URL', async () => {
  await admin('', { ...app, operations: [list, one] });
  const id = operationId(normalised(list));
  const other = '{ orders { id } }';
  expect(await get([['query', list]])).toEqual(listed);
  expect(await get([['documentId', id]])).toEqual(listed);
  expect(await get([['extensions', JSON.stringify({ persistedQuery: { version: 1, sha256Hash: id } })]])).toEqual(
    listed,
  );
  const variables = JSON.stringify({ id: '2' });
  expect(
    await get([
      ['query', one],
      ['variables', variables],
    ]),
  ).toEqual([200, { order: { title: 'lift' } }, 1]);

  const padding = Array.from({ length: 999 }, () => ['a', ''] as const);
  const invalid = [400, 'REQUEST_INVALID', 0];
  expect(await get([['query', other]])).toEqual(refused);
  expect(
    await get([
      ['documentId', id],
      ['query', other],
    ]),
  ).toEqual(refused);
  expect(await get([['documentId', id], ...padding, ['query', other]])).toEqual(invalid);
  expect(await get([['query', list], ...padding, ['query', other]])).toEqual(invalid);
  expect(
    await get([
      ['query', list],
      ['query', other],
    ]),
  ).toEqual(invalid);
  expect(
    await get([
      ['query', list],
      ['variables', '{'],
    ]),
  ).toEqual(invalid);
  expect(await get([['query', list]], asApp('1.1'))).toEqual(refused);
});

test('what one company registers is nothing to another: neither told, nor withdrawn, nor what its people may send', async () => {
  await admin('', { ...app, operations: [list] });
  const tenantId = '01930000-0000-7000-8000-0000000000ff';
  const operatorOfOther = await aToken(issuerKey, { steward: { ...clerkClaims, tenantId, roles: ['operator'] } });
  expect((await admin('', undefined, operatorOfOther)).body).toEqual({ registrations: [] });
  await admin('/retire', app, operatorOfOther);
  expect(await send({ query: list })).toEqual(listed);
  await admin('', { ...app, operations: ['query Other { orders { id } }'] }, operatorOfOther);
  expect(await send({ query: 'query Other { orders { id } }' })).toEqual(refused);
  expect(await send({ query: list }, { ...asApp(), ...bearer(operatorOfOther) })).toEqual(refused);
});

test('a company registers no more than there is room for, which takes nothing from others', async () => {
  const place = mkdtempSync(join(tmpdir(), 'steward-room-'));
  const store = await openRegisteredOperations(
    place,
    () => undefined,
    () => undefined,
  );
  const wide = Array.from({ length: 5_000 }, (_, index) => ({ id: `id-${index}`, name: '', text: '{ f }' }));
  await store.push(ours, wide);
  await expect(store.push({ ...ours, version: '2' }, wide.slice(0, 1))).rejects.toThrow(TooManyOperations);
  await store.push({ ...ours, tenantId: 'another' }, wide.slice(0, 1));
  expect(store.find(ours, 'id-4999')).toEqual(wide.at(-1));
  store.close();
  rmSync(place, { recursive: true });
});

test('another process knows of a push and of a retirement within seconds, and so does one that starts', async () => {
  const other = await platform.gateway(env);
  const v2 = { client: 'app', version: '2.0' };
  await admin('', { ...v2, operations: [list] });
  await eventuallyHolds(async () => expect(await send({ query: list }, asApp('2.0'), other.url)).toEqual(listed));
  const late = await platform.gateway(env);
  expect(await send({ query: list }, asApp('2.0'), late.url)).toEqual(listed);
  expect((await admin('')).body).toMatchObject({ registrations: [expect.anything(), { ...v2, operations: [{}] }] });
  await admin('/retire', v2);
  expect(await send({ query: list }, asApp('2.0'))).toEqual(refused);
  await eventuallyHolds(async () => expect(await send({ query: list }, asApp('2.0'), other.url)).toEqual(refused));
});

test('in the mode log what is not registered is answered, but an id that nobody knows cannot be', async () => {
  const logging = await platform.gateway({ ...env, OPERATIONS_MODE: 'log' });
  expect(await send({ query: list }, {}, logging.url)).toEqual(listed);
  expect(await send({ documentId: 'ab' }, {}, logging.url)).toEqual(refused);
});

test('switched off, which it is unless told otherwise, there is no such address and nothing is refused', async () => {
  const off = await platform.gateway();
  expect(await send({ query: list }, {}, off.url)).toEqual(listed);
  expect((await admin('', undefined, operator, off.url)).status).toBe(404);
  expect((await ask(off.url, list, bearer(platform.token))).status).toBe(200);
});

test('pushes at the same time are all kept', async () => {
  const place = mkdtempSync(join(tmpdir(), 'steward-pushes-'));
  const open = () =>
    openRegisteredOperations(
      place,
      () => undefined,
      (error) => {
        throw error;
      },
    );
  const stores = await Promise.all([open(), open(), open()]);
  const operations = Array.from({ length: 30 }, (_, index) => ({ id: `id-${index}`, name: '', text: `{ f${index} }` }));
  await Promise.all(operations.map((operation, index) => stores[index % 3]!.push(ours, [operation])));
  const fresh = await open();
  expect(
    fresh
      .list(ids.tenant)[0]
      ?.operations.map(({ id }) => id)
      .toSorted(),
  ).toEqual(operations.map(({ id }) => id).toSorted());
  for (const store of [...stores, fresh]) store.close();
  rmSync(place, { recursive: true });
});

test("plans of registered operations are there before anybody asks, and no others' push them out", async () => {
  const place = mkdtempSync(join(tmpdir(), 'steward-plans-'));
  const operation = { id: operationId(normalised(list)), name: 'List', text: normalised(list) };
  const store = await openRegisteredOperations(
    place,
    () => undefined,
    () => undefined,
  );
  await store.push(ours, [operation]);
  const plans = createPlanCache(store.isKept);
  const plan = { kind: 'QueryPlan' } as never;
  for (const key of planKeys(operation)) await plans.set(key, plan);
  const flood = 'x'.repeat(20_000);
  for (let index = 0; index < 5_000; index += 1) {
    await plans.set(`once-${index}`, { kind: flood } as never);
    await plans.get(`once-${index}`);
  }
  for (const key of planKeys(operation)) expect(await plans.get(key)).toBe(plan);
  expect(await plans.get('once-0')).toBeUndefined();
  await store.retire(ours);
  await store.push(ours, [{ ...operation, id: 'f'.repeat(64), name: '' }]);
  await plans.set('f'.repeat(64), plan);
  for (const key of planKeys(operation)) expect(await plans.get(key)).toBeUndefined();
  store.close();
  rmSync(place, { recursive: true });
});
