import { startDevIssuer } from '../dev-issuer/index.ts';
import { LaunchError } from '../embedded/launch-error.mjs';
import { createEmbeddedDatabases, findExternalDatabases } from './databases.ts';
import { oidcOfDevIssuer, type Oidc } from './environment.ts';
import type { Keys } from './keys.ts';
import { dataPath } from './layout.ts';
import type { Lifetime } from './lifetime.ts';
import { step, type Say } from './progress.ts';
import type { RunFile } from './run-file.ts';
import { requireNats, startEmbeddedNats, startEmbeddedPostgres, type Server } from './servers.ts';

export type Surroundings = { env: NodeJS.ProcessEnv; say: Say; lifetime: Lifetime; runFile: RunFile };

async function bringNats({ env, say, runFile }: Surroundings): Promise<Server> {
  const external = env['NATS_URL'];
  if (external === undefined) return startEmbeddedNats(say, runFile);
  await requireNats(external);
  return { url: external, stop: () => Promise.resolve() };
}

/**
 * Starts the servers that the environment does not name, both at once: the first start of either takes seconds.
 * Added in this order, PostgreSQL is the last to stop.
 */
export async function bringServers(
  services: readonly string[],
  keys: Keys,
  surroundings: Surroundings,
): Promise<{ databases: Record<string, string>; natsUrl: string }> {
  const { env, say, lifetime, runFile } = surroundings;
  const external = await findExternalDatabases(services, env);
  const [postgres, nats] = await Promise.allSettled([
    external === null ? startEmbeddedPostgres(say, runFile) : null,
    bringNats(surroundings),
  ]);
  if (postgres.status === 'fulfilled') lifetime.add('postgres', async () => postgres.value?.stop());
  if (nats.status === 'fulfilled') lifetime.add('nats', () => nats.value.stop());
  if (postgres.status === 'rejected') throw postgres.reason;
  if (nats.status === 'rejected') throw nats.reason;
  lifetime.checkpoint();
  const databases = external ?? (await makeDatabases(postgres.value?.url ?? '', services, keys, say));
  return { databases, natsUrl: nats.value.url };
}

function makeDatabases(
  adminUrl: string,
  services: readonly string[],
  keys: Keys,
  say: Say,
): Promise<Record<string, string>> {
  const passwords = services.map((service) => [service, keys.databasePasswords[service] ?? '']);
  return step(say, 'databases', () => createEmbeddedDatabases(adminUrl, Object.fromEntries(passwords)));
}

const issuerVariables = ['OIDC_ISSUER', 'OIDC_AUDIENCE', 'OIDC_JWKS_URL'] as const;

/** Who signs users' tokens: the provider that the environment names, or else the development issuer. */
export async function bringIssuer({ env, lifetime }: Surroundings): Promise<Oidc & { isDevelopment: boolean }> {
  const missing = issuerVariables.filter((name) => env[name] === undefined);
  if (missing.length === 0) {
    const [issuer = '', audience = '', jwksUrl = ''] = issuerVariables.map((name) => env[name]);
    return { issuer, audience, jwksUrl, isDevelopment: false };
  }
  if (missing.length < issuerVariables.length || env['NODE_ENV'] === 'production') {
    const why = env['NODE_ENV'] === 'production' ? ': the development issuer does not serve production' : '';
    throw new LaunchError(`Set ${missing.join(', ')} as well${why}.`);
  }
  const issuer = await startDevIssuer({ keyFile: dataPath('dev-issuer-key.json'), host: '127.0.0.1', port: 0 });
  lifetime.add('issuer', () => issuer.stop());
  return { ...oidcOfDevIssuer(issuer), isDevelopment: true };
}
