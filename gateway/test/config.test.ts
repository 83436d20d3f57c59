import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { runGateway } from '../src/index.ts';
import { aPlatform, type Platform } from './a-gateway.ts';

let platform: Platform;
beforeAll(async () => {
  platform = await aPlatform();
});
afterAll(() => platform.stop());

const refusalOf = (overrides: NodeJS.ProcessEnv): Promise<string> =>
  runGateway({ ...platform.env, ...overrides }).then(
    async (gateway) => {
      await gateway.stop();
      return 'started';
    },
    (error: Error) => `${error.name}: ${error.message}`,
  );

test.each<[string, NodeJS.ProcessEnv, RegExp]>([
  [
    'a fake clock in production',
    { NODE_ENV: 'production', STEWARD_FAKE_CLOCK: '1' },
    /STEWARD_FAKE_CLOCK: refused when NODE_ENV=production/,
  ],
  ['addresses that are no JSON', { SUBGRAPH_URLS: 'orders=http://x' }, /SUBGRAPH_URLS: is not JSON/],
  ['an address of another protocol', { SUBGRAPH_URLS: '{"orders":"file:///etc/passwd"}' }, /SUBGRAPH_URLS\.orders/],
  [
    'a service without an address',
    { SUBGRAPH_URLS: '{"people":"http://127.0.0.1:1"}' },
    /SUBGRAPH_URLS lacks the address of orders\./,
  ],
  ['a key that is no Ed25519 key', { IDENTITY_PRIVATE_KEY: '{"kty":"EC","kid":"a"}' }, /IDENTITY_PRIVATE_KEY\.kty/],
  ['a supergraph that is not there', { SUPERGRAPH_FILE: '/nowhere/supergraph.graphql' }, /run `npm run compose`/],
  [
    'a file that is no supergraph',
    { SUPERGRAPH_FILE: import.meta.filename.replace('config.test.ts', 'plain.graphql') },
    /run `npm run compose`/,
  ],
])('%s is refused', async (_name, overrides, message) => {
  const refusal = await refusalOf(overrides);
  expect(refusal).toMatch(/^ConfigError: /);
  expect(refusal).toMatch(message);
});

test('requests of other machines are taken only where it is said whether that is production', async () => {
  const forgotten = await refusalOf({ HOST: '0.0.0.0', NODE_ENV: undefined });
  expect(forgotten).toMatch(/^ConfigError: HOST=0\.0\.0\.0 .*set NODE_ENV=production/);
  expect(await refusalOf({ HOST: '0.0.0.0', NODE_ENV: 'development' })).toBe('started');
  expect(await refusalOf({ HOST: '127.0.0.1', NODE_ENV: undefined })).toBe('started');
});

test('everything that is missing is named at once, and secrets are never shown', async () => {
  const secret = '{"kty":"OKP","crv":"Ed25519","d":"top-secret"';
  const message = await refusalOf({
    OIDC_ISSUER: undefined,
    OIDC_JWKS_URL: undefined,
    SUBGRAPH_URLS: undefined,
    IDENTITY_PRIVATE_KEY: secret,
  });
  for (const name of ['OIDC_ISSUER', 'OIDC_JWKS_URL', 'SUBGRAPH_URLS', 'IDENTITY_PRIVATE_KEY'])
    expect(message).toContain(name);
  expect(message).not.toContain('top-secret');
});

test('a taken port is told in one sentence', async () => {
  const { url } = await platform.gateway();
  const { port } = new URL(url);
  expect(await refusalOf({ PORT: port })).toBe(
    `ConfigError: Port ${port} of 127.0.0.1 is taken: set PORT to a free one.`,
  );
});
