import { fileURLToPath } from 'node:url';
import { baseConfig, ConfigError, loadConfig } from '@steward/core';
import { z } from 'zod';

const megabyte = 1_048_576;

/** A variable that holds JSON; a mistake names the variable and never shows its value. */
const json = <S extends z.ZodType>(schema: S) =>
  z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: 'custom', message: 'is not JSON' });
        return z.NEVER;
      }
    })
    .pipe(schema);

const milliseconds = z.coerce.number().int().min(1).max(600_000);
const count = z.coerce.number().int().min(1);
const bytes = z.coerce.number().int().min(1);
const serviceName = z.string().regex(/^[a-z][a-z0-9-]*$/);

const gatewayConfig = baseConfig.extend({
  PORT: z.coerce.number().int().min(0).max(65_535).default(4_000),
  SUPERGRAPH_FILE: z
    .string()
    .min(1)
    .default(fileURLToPath(new URL('../supergraph.graphql', import.meta.url))),
  /** Where each service listens: {"work-orders": "http://127.0.0.1:4101"}. */
  SUBGRAPH_URLS: json(
    z.record(
      serviceName,
      z.url({ protocol: /^https?$/ }).transform((url) => new URL(url).origin),
    ),
  ),
  /** How long a service may take for one call; SUBGRAPH_TIMEOUTS_MS says otherwise for single ones. */
  SUBGRAPH_TIMEOUT_MS: milliseconds.default(10_000),
  SUBGRAPH_TIMEOUTS_MS: json(z.record(serviceName, milliseconds)).default({}),
  /** How many calls to one service may be under way, and how long a further one waits for its turn. */
  SUBGRAPH_CALLS_UNDER_WAY: count.default(48),
  SUBGRAPH_WAIT_MS: milliseconds.default(800),
  /** How long a service that failed too often is left alone before one call tries it again. */
  BREAKER_OPEN_MS: milliseconds.default(1_000),
  /** How long a client waits at most; it may ask for less. */
  REQUEST_DEADLINE_MS: milliseconds.default(10_000),
  /** How many requests may be under way, how many more may wait and how long; the rest is refused at once. */
  REQUESTS_UNDER_WAY: count.default(128),
  REQUESTS_WAITING: z.coerce.number().int().min(0).default(100),
  REQUESTS_WAIT_MS: milliseconds.default(200),
  /** How many of them one client may have. */
  REQUESTS_PER_CLIENT: count.default(64),
  /** How long a body may take to come, and an answer to be read after the request's deadline. */
  BODY_TIMEOUT_MS: milliseconds.default(5_000),
  ANSWER_TIMEOUT_MS: milliseconds.default(10_000),
  /** Fewer requests are let in while the event loop is later than this. */
  EVENT_LOOP_LAG_MS: milliseconds.default(50),
  /** Where operators read figures; absent: nowhere. */
  METRICS_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
  OIDC_ISSUER: z.string().min(1),
  OIDC_AUDIENCE: z.string().min(1).default('steward'),
  OIDC_JWKS_URL: z.url({ protocol: /^https?$/ }),
  /** Ed25519 key (JWK with kid) that signs identities; the services hold its public half. */
  IDENTITY_PRIVATE_KEY: json(
    z.looseObject({
      kty: z.literal('OKP'),
      crv: z.literal('Ed25519'),
      kid: z.string().min(1),
      x: z.string(),
      d: z.string(),
    }),
  ),
  BODY_LIMIT_BYTES: bytes.default(4 * megabyte),
  FILE_LIMIT_BYTES: bytes.default(64 * megabyte),
  /** How long a file may stand still on its way. */
  FILE_STALL_MS: milliseconds.default(30_000),
  /** What one operation may cost, and all of one client in a minute; the formula is in the README. */
  COST_LIMIT: z.coerce.number().int().min(1).default(50_000),
  COST_PER_MINUTE: z.coerce.number().int().min(1).default(1_000_000),
  /** Whether clients may send what they have not registered: yes, yes but it is logged, no. */
  OPERATIONS_MODE: z.enum(['off', 'log', 'enforce']).default('off'),
  /** Where registered operations are kept; all processes of the gateway share it. */
  OPERATIONS_DIR: z
    .string()
    .min(1)
    .default(fileURLToPath(new URL('../../.data/operations', import.meta.url))),
});

export type GatewayConfig = z.infer<typeof gatewayConfig>;

const loopback = /^(localhost|127(\.\d+){3}|::1)$/;

export function readConfig(env: NodeJS.ProcessEnv): GatewayConfig {
  const config = loadConfig(gatewayConfig, env);
  // Whoever merely forgot to say "production" would show the schema to everybody.
  if (env['NODE_ENV'] === undefined && !loopback.test(config.HOST)) {
    throw new ConfigError(
      `HOST=${config.HOST} takes requests of other machines: set NODE_ENV=production, or NODE_ENV=development if they may see GraphiQL and the schema.`,
    );
  }
  return config;
}

/** The time a service has for one call. */
export const timeoutOf = (config: GatewayConfig, service: string): number =>
  config.SUBGRAPH_TIMEOUTS_MS[service] ?? config.SUBGRAPH_TIMEOUT_MS;

export { ConfigError };
