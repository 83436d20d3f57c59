import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { issuerKey } from './issuer-key.ts';
import { DEV_AUDIENCE, DEV_ISSUER } from './issuer.ts';

export { issuerKey } from './issuer-key.ts';
export { signDevToken } from './sign-dev-token.ts';
export { DEV_AUDIENCE, DEV_ISSUER };

export type DevIssuer = { issuer: string; jwksUrl: string; stop(): Promise<void> };

/**
 * A stand-in for an OpenID Connect provider on a development machine: discovery and keys, nothing else.
 * It has no login and gives out no token; `npm run token` signs with the key file instead.
 */
export async function startDevIssuer(options: { keyFile: string; host: string; port: number }): Promise<DevIssuer> {
  const { publicKey } = await issuerKey(options.keyFile);
  const server = createServer();
  const origin = await listen(server, options.host, options.port);
  const jwksUrl = `${origin}/jwks`;
  const documents: Record<string, object> = {
    '/jwks': { keys: [publicKey] },
    '/.well-known/openid-configuration': {
      issuer: DEV_ISSUER,
      jwks_uri: jwksUrl,
      response_types_supported: [],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['ES256'],
    },
  };
  server.on('request', (request, response) => answer(documents, request, response));
  return { issuer: DEV_ISSUER, jwksUrl, stop: () => close(server) };
}

function answer(documents: Record<string, object>, request: IncomingMessage, response: ServerResponse): void {
  const path = request.url?.split('?')[0] ?? '';
  const document = request.method === 'GET' && Object.hasOwn(documents, path) ? documents[path] : undefined;
  const body = JSON.stringify(document ?? { error: 'not_found' });
  response.writeHead(document === undefined ? 404 : 200, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}

async function listen(server: Server, host: string, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const { address, port: taken } = server.address() as AddressInfo;
  return `http://${address.includes(':') ? `[${address}]` : address}:${taken}`;
}

const close = (server: Server): Promise<void> =>
  new Promise((resolve, reject) => {
    server.close((error) => (error === undefined ? resolve() : reject(error)));
    server.closeAllConnections();
  });
