import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { CALL_HEADER, createCallSigner, generateIdentityKey, IDENTITY_HEADER, signIdentity } from '@steward/auth';
import { aStaffViewer, startTestService, type TestService } from '@steward/test-kit';

import { sample } from './sample-service.ts';

const key = await generateIdentityKey();
const next = await generateIdentityKey();
const bothKeys = JSON.stringify({ keys: [...key.publicKeys.keys, ...next.publicKeys.keys] });

let service: TestService;
beforeAll(async () => {
  service = await startTestService(sample, { env: { IDENTITY_PUBLIC_KEYS: bothKeys } });
});
afterAll(() => service.stop());

const viewer = aStaffViewer({ roles: ['maintenance'] });
const body = JSON.stringify({ query: '{ lamps { totalCount } }' });

async function send(headers: Record<string, string>, content = body): Promise<unknown> {
  const response = await fetch(`${service.url()}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': 'en', ...headers },
    body: content,
  });
  const answer = (await response.json()) as { data?: unknown; errors?: { extensions: { reason: string } }[] };
  return [response.status, answer.errors?.[0]?.extensions.reason ?? answer.data];
}

async function headersBy({ privateKey, kid }: typeof key, audience = 'sample'): Promise<Record<string, string>> {
  const identity = await signIdentity(viewer, privateKey, { kid, audience });
  return { [IDENTITY_HEADER]: identity, [CALL_HEADER]: createCallSigner(privateKey)(identity, body) };
}

const lamps = [200, { lamps: { totalCount: 0 } }];

test('a direct call is refused', async () => {
  expect(await send({})).toEqual([401, 'IDENTITY_REQUIRED']);
  expect(await send({ authorization: 'Bearer x.y.z' })).toEqual([401, 'IDENTITY_REQUIRED']);
});

test('a call of the gateway is answered, and refused when it is sent again', async () => {
  const headers = await headersBy(key);
  expect(await send(headers)).toEqual(lamps);
  expect(await send(headers)).toEqual([401, 'IDENTITY_INVALID']);
});

test('an identity taken from another call opens nothing', async () => {
  const { [IDENTITY_HEADER]: identity = '', ...proof } = await headersBy(key);
  expect(await send({ [IDENTITY_HEADER]: identity })).toEqual([401, 'IDENTITY_INVALID']);
  const other = JSON.stringify({ query: '{ lamps { nodes { id } } }' });
  expect(await send({ [IDENTITY_HEADER]: identity, ...proof }, other)).toEqual([401, 'IDENTITY_INVALID']);
  expect(await send(await headersBy(key, 'another-service'))).toEqual([401, 'IDENTITY_INVALID']);
});

test('old and new key are both good while both are published', async () => {
  expect(await send(await headersBy(key))).toEqual(lamps);
  expect(await send(await headersBy(next))).toEqual(lamps);
});
