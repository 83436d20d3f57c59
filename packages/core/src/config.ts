import { z } from 'zod';

/** A process that cannot start with the environment it was given; the message lists every variable that is wrong. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const milliseconds = z.coerce.number().int().min(0).max(600_000);

/** What every process of the platform reads. Secrets never have a default. */
export const baseConfig = z.object({
  NODE_ENV: z.enum(['production', 'development', 'test']).default('development'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  /** 1: the next process may listen on the same port before this one stops (Linux alone), so that a restart is not noticed. */
  REUSE_PORT: z.enum(['0', '1']).default('0'),
  /** How long a process that was asked to stop says so by its health before it takes no more connections. */
  STOP_DELAY_MS: milliseconds.default(0),
  /** How long it keeps idle connections then; 5 s in production unless given, above the 4 s after which the gateway drops its own. */
  STOP_IDLE_MS: milliseconds.optional(),
  /** How long requests under way may take then. */
  STOP_GRACE_MS: milliseconds.default(10_000),
  STEWARD_FAKE_CLOCK: z.enum(['0', '1']).default('0'),
});

type Stopping = { NODE_ENV: string; STOP_IDLE_MS?: number | undefined; STOP_GRACE_MS: number };

/** How long a server that stops waits for its connections; a developer does not wait. */
export const drainTimes = ({ NODE_ENV, STOP_IDLE_MS, STOP_GRACE_MS }: Stopping) => ({
  idleMs: STOP_IDLE_MS ?? (NODE_ENV === 'production' ? 5_000 : 0),
  graceMs: STOP_GRACE_MS,
});

type Switches = { NODE_ENV: string; STEWARD_FAKE_CLOCK: string; STEWARD_FAILPOINTS: string };

/** Parses an environment against a schema, naming every error at once and never echoing a value. */
export function loadConfig<S extends z.ZodType>(schema: S, env: NodeJS.ProcessEnv): z.infer<S> {
  const parsed = schema.safeParse(env);
  const problems = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.join('.') || 'environment'}: ${issue.message}`);
  const { NODE_ENV, STEWARD_FAKE_CLOCK, STEWARD_FAILPOINTS } = env as Partial<Switches>;
  if (NODE_ENV === 'production' && STEWARD_FAKE_CLOCK === '1') {
    problems.push('STEWARD_FAKE_CLOCK: refused when NODE_ENV=production');
  }
  if (NODE_ENV === 'production' && STEWARD_FAILPOINTS === '1') {
    problems.push('STEWARD_FAILPOINTS: refused when NODE_ENV=production');
  }
  if (!parsed.success || problems.length > 0) {
    throw new ConfigError(`The configuration is not usable.\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  }
  return parsed.data;
}
