import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { serverAudits, type Audit, type AuditResult } from 'graphql-http';

import { readSupergraph } from '@steward/gateway/supergraph';
import { startAuditedGateway, type AuditedGateway } from './a-gateway.ts';

const supergraphFile = new URL('../../gateway/supergraph.graphql', import.meta.url).pathname;

let gateway: AuditedGateway;
beforeAll(async () => {
  // The audit's operations are introspection, so that no service is ever asked: nobody listens at their addresses.
  const { services } = await readSupergraph(supergraphFile);
  const urls = Object.fromEntries(services.map((service) => [service, 'http://127.0.0.1:9']));
  gateway = await startAuditedGateway(() => ({ SUBGRAPH_URLS: JSON.stringify(urls) }));
});
afterAll(() => gateway.stop());

/** Without it every GET is refused as possible cross-site request forgery, as it should be. */
const asAScript = { 'apollo-require-preflight': '1' };

const audits = (): Audit[] =>
  serverAudits({
    url: () => gateway.url,
    fetchFn: (url: string, init: RequestInit = {}) =>
      fetch(url, { ...init, headers: { ...asAScript, authorization: `Bearer ${gateway.token}`, ...init.headers } }),
  });

test('the GraphQL-over-HTTP audit ends with 0 errors, 0 warnings and 0 notices', async () => {
  const results: AuditResult[] = [];
  for (const audit of audits()) results.push(await audit.fn());
  const told = results.flatMap((result) =>
    result.status === 'ok' ? [] : [`${result.status}: ${result.id} ${result.name}: ${result.reason}`],
  );
  expect(told).toEqual([]);
  expect(results.length).toBeGreaterThan(60);
});
