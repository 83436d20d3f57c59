import { mock } from 'node:test';

import { afterEach, expect, test } from '@jest/globals';

import { createCallSigner, createCallVerifier, generateIdentityKey, signIdentity } from '../src/index.ts';
import { aViewer } from './a-viewer.ts';

const key = await generateIdentityKey();
const next = await generateIdentityKey();
const identityBy = ({ privateKey, kid }: typeof key): Promise<string> =>
  signIdentity(aViewer(), privateKey, { kid, audience: 'work-orders' });
const identity = await identityBy(key);
const body = '{"query":"mutation { pay(fen: 1) { id } }"}';
const bytes = Buffer.from(body);
const sign = createCallSigner(key.privateKey);
const refused = expect.objectContaining({ code: 'UNAUTHENTICATED', reason: 'IDENTITY_INVALID' }) as unknown as Error;

afterEach(() => {
  mock.timers.reset();
});

test('a call is taken once, and the same body again when it was signed again', () => {
  const verify = createCallVerifier(key.publicKeys);
  const proof = sign(identity, body);
  verify(proof, identity, bytes);
  expect(() => verify(proof, identity, bytes)).toThrow(refused);
  verify(sign(identity, body), identity, bytes);
});

test('a replay is refused for as long as the proof would be good, and afterwards because it is too old', () => {
  mock.timers.enable({ apis: ['Date'], now: 1_800_000_000_000 });
  const verify = createCallVerifier(key.publicKeys);
  const proof = sign(identity, body);
  verify(proof, identity, bytes);
  for (let second = 0; second < 200; second += 1) {
    mock.timers.setTime(1_800_000_000_000 + second * 1_000);
    expect(() => verify(proof, identity, bytes)).toThrow(refused);
    verify(sign(identity, body), identity, bytes);
  }
});

test.each<[string, () => [string | undefined, string, Buffer]]>([
  ['no proof', () => [undefined, identity, bytes]],
  ['an altered body', () => [sign(identity, body), identity, Buffer.from(body.replace('1', '9'))]],
  ['an empty body', () => [sign(identity, body), identity, Buffer.alloc(0)]],
  ['a proof of another identity', () => [sign(`${identity}x`, body), identity, bytes]],
  ['a proof by another key', () => [createCallSigner(next.privateKey)(identity, body), identity, bytes]],
  ['another time', () => [sign(identity, body).replace(/^\d/, '2'), identity, bytes]],
  ['another nonce', () => [sign(identity, body).replace(/\..{16}\./, '.AAAAAAAAAAAAAAAA.'), identity, bytes]],
  ['an identity that is none', () => [sign('x', body), 'x', bytes]],
  ['more parts', () => [`${sign(identity, body)}.x`, identity, bytes]],
])('%s is refused', (_name, make) => {
  const verify = createCallVerifier(key.publicKeys);
  expect(() => verify(...make())).toThrow(refused);
});

test('what was signed more than a minute ago, or ahead of time, is refused', () => {
  mock.timers.enable({ apis: ['Date'], now: 1_800_000_000_000 });
  const proof = sign(identity, body);
  mock.timers.setTime(1_800_000_060_001);
  expect(() => createCallVerifier(key.publicKeys)(proof, identity, bytes)).toThrow(refused);
  mock.timers.setTime(1_799_999_994_999);
  expect(() => createCallVerifier(key.publicKeys)(proof, identity, bytes)).toThrow(refused);
  mock.timers.setTime(1_800_000_060_000);
  createCallVerifier(key.publicKeys)(proof, identity, bytes);
});

test('keys rotate: calls under the old and the new one are taken while both are published', async () => {
  const verify = createCallVerifier({ keys: [...next.publicKeys.keys, ...key.publicKeys.keys] });
  const later = await identityBy(next);
  verify(sign(identity, body), identity, bytes);
  verify(createCallSigner(next.privateKey)(later, body), later, bytes);
  expect(() => createCallVerifier(next.publicKeys)(sign(identity, body), identity, bytes)).toThrow(refused);
});
