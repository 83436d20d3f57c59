import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { CALL_HEADER, createCallVerifier, generateIdentityKey, IDENTITY_HEADER } from '@steward/auth';
import type { IncomingHttpHeaders } from 'node:http';
import { aPlatform, ask, bearer, identityKey, type Platform } from './a-gateway.ts';
import { aServer, bodyOf } from './a-server.ts';

type Call = { headers: IncomingHttpHeaders; body: string };

let platform: Platform;
const calls: Call[] = [];
let service: Awaited<ReturnType<typeof aServer>>;
beforeAll(async () => {
  platform = await aPlatform();
  service = await aServer((request, response) => {
    void bodyOf(request).then((body) => {
      calls.push({ headers: request.headers, body });
      // The first attempt of each query breaks, so that the gateway tries once more.
      if (calls.length % 2 === 1) return request.socket.destroy();
      return response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":{"boom":"x"}}');
    });
  });
});
afterAll(async () => {
  await platform.stop();
  await service.stop();
});

const verifyWith =
  (verify: ReturnType<typeof createCallVerifier>) =>
  ({ headers, body }: Call): void =>
    verify(headers[CALL_HEADER] as string, headers[IDENTITY_HEADER] as string, Buffer.from(body));

/** Asks through a gateway that signs with this key; the service sees the call twice. */
async function callsBy(env: NodeJS.ProcessEnv = {}): Promise<Call[]> {
  calls.length = 0;
  const SUBGRAPH_URLS = JSON.stringify({ orders: service.url, people: platform.people.url });
  const gateway = await platform.gateway({ SUBGRAPH_URLS, ...env });
  expect((await ask(gateway.url, '{ boom }', bearer(platform.token))).body).toEqual({ data: { boom: 'x' } });
  return [...calls];
}

test('each attempt of a call is signed for its body, so that a service takes both and neither a second time', async () => {
  const sent = await callsBy();
  const verify = verifyWith(createCallVerifier(identityKey.publicKeys));
  expect(sent).toHaveLength(2);
  for (const call of sent) verify(call);
  for (const call of sent) expect(() => verify(call)).toThrow('IDENTITY_INVALID');
  const altered = { ...sent[0]!, body: sent[0]!.body.replace('boom', 'bomb') };
  expect(() => verifyWith(createCallVerifier(identityKey.publicKeys))(altered)).toThrow('IDENTITY_INVALID');
});

test('the key is changed without a stop: services know both, the gateway signs with the new one', async () => {
  const next = await generateIdentityKey();
  const both = { keys: [...identityKey.publicKeys.keys, ...next.publicKeys.keys] };
  const [before] = await callsBy();
  const [after] = await callsBy({ IDENTITY_PRIVATE_KEY: JSON.stringify(next.privateKey) });
  const verify = verifyWith(createCallVerifier(both));
  verify(before!);
  verify(after!);
  expect(() => verifyWith(createCallVerifier(next.publicKeys))(before!)).toThrow('IDENTITY_INVALID');
});
