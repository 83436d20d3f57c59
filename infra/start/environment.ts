import { DEV_AUDIENCE, type DevIssuer } from '../dev-issuer/index.ts';
import type { Keys } from './keys.ts';
import { dataPath } from './layout.ts';

type Environment = NodeJS.ProcessEnv;

/** What the parts of the platform are told; everything else they inherit. */
export type Wiring = { keys: Keys; natsUrl: string; databases: Record<string, string> };

const quietByDefault = (env: Environment): Environment => ({
  ...env,
  // The terminal is for people; `LOG_LEVEL=info npm start` shows the rest.
  LOG_LEVEL: env['LOG_LEVEL'] ?? 'warn',
});

/** A service listens on loopback only, whatever HOST says: HOST is the gateway's. */
export function serviceEnvironment(service: string, wiring: Wiring, port: number, env: Environment): Environment {
  return {
    ...quietByDefault(env),
    HOST: '127.0.0.1',
    PORT: String(port),
    DATABASE_URL: wiring.databases[service],
    NATS_URL: wiring.natsUrl,
    IDENTITY_PUBLIC_KEYS: JSON.stringify(wiring.keys.identity.publicKeys),
    FIELD_KEYS: wiring.keys.fieldKeys,
    FILE_SIGNING_KEY: wiring.keys.fileSigningKey,
    FILES_DIR: dataPath('files', service),
    OUTGOING_DIR: dataPath('outgoing', service),
  };
}

export type Oidc = { issuer: string; audience: string; jwksUrl: string };

export const oidcOfDevIssuer = (issuer: DevIssuer): Oidc => ({
  issuer: issuer.issuer,
  audience: DEV_AUDIENCE,
  jwksUrl: issuer.jwksUrl,
});

export function gatewayEnvironment(
  options: { keys: Keys; subgraphs: Record<string, string>; port: number; oidc: Oidc },
  env: Environment,
): Environment {
  return {
    ...quietByDefault(env),
    HOST: env['HOST'] ?? '127.0.0.1',
    PORT: String(options.port),
    SUBGRAPH_URLS: JSON.stringify(options.subgraphs),
    IDENTITY_PRIVATE_KEY: JSON.stringify(options.keys.identity.privateKey),
    OIDC_ISSUER: options.oidc.issuer,
    OIDC_AUDIENCE: options.oidc.audience,
    OIDC_JWKS_URL: options.oidc.jwksUrl,
  };
}
