import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateIdentityKey } from '@steward/auth';
import { Source } from 'graphql';
import { composeSupergraph, runGateway, type RunningGateway } from '../src/index.ts';
import { aKey, anIssuer, aToken, AUDIENCE, ISSUER } from './an-issuer.ts';
import { ordersSdl, peopleSdl, startOrders, startPeople, type Recorded } from './subgraphs.ts';

export const issuerKey = await aKey('key-1', 'ES256');
export const identityKey = await generateIdentityKey();

export type GraphqlError = { message: string; path?: (string | number)[]; extensions: Record<string, unknown> };
export type Answer = {
  status: number;
  headers: Headers;
  body: { data?: Record<string, unknown> | null; errors?: GraphqlError[] };
};

/** A gateway over two real subgraphs, with its issuer; everything on free ports. */
export type Platform = {
  orders: Recorded;
  people: Recorded;
  env: NodeJS.ProcessEnv;
  token: string;
  /** A gateway with these differences from `env`; stopped with the platform. */
  gateway(overrides?: NodeJS.ProcessEnv): Promise<RunningGateway>;
  stop(): Promise<void>;
};

export function aSupergraphFile(directory: string): string {
  const composed = composeSupergraph([
    { name: 'orders', sources: [new Source(ordersSdl, 'orders')] },
    { name: 'people', sources: [new Source(peopleSdl, 'people')] },
  ]);
  if ('errors' in composed) throw new Error(composed.errors.join('\n'));
  const file = join(directory, 'supergraph.graphql');
  writeFileSync(file, composed.supergraph);
  return file;
}

export async function aPlatform(): Promise<Platform> {
  const [orders, people, issuer] = await Promise.all([startOrders(), startPeople(), anIssuer([issuerKey])]);
  const directory = mkdtempSync(join(tmpdir(), 'steward-gateway-'));
  const started: RunningGateway[] = [];
  const env = {
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    // In production it would wait for the connections that these tests leave open.
    STOP_IDLE_MS: '0',
    PORT: '0',
    SUPERGRAPH_FILE: aSupergraphFile(directory),
    SUBGRAPH_URLS: JSON.stringify({ orders: orders.url, people: people.url }),
    OIDC_ISSUER: ISSUER,
    OIDC_AUDIENCE: AUDIENCE,
    OIDC_JWKS_URL: issuer.jwksUrl,
    IDENTITY_PRIVATE_KEY: JSON.stringify(identityKey.privateKey),
  };
  return {
    orders,
    people,
    env,
    token: await aToken(issuerKey),
    gateway: async (overrides = {}) => {
      const gateway = await runGateway({ ...env, ...overrides });
      started.push(gateway);
      return gateway;
    },
    stop: async () => {
      await Promise.all(started.map((gateway) => gateway.stop()));
      await Promise.all([orders.stop(), people.stop(), issuer.stop()]);
      rmSync(directory, { recursive: true });
    },
  };
}

/** Asks as a client would. */
export async function ask(
  url: string,
  query: string,
  headers: Record<string, string> = {},
  variables?: object,
): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': 'en', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Answer['body'] };
}

export const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });
