import type { Server } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { createLog, drainable, drainTimes, listenOn, type Log } from '@steward/core';
import { createAuthenticator } from './authenticate.ts';
import { ConfigError, readConfig, type GatewayConfig } from './config.ts';
import { createExecutor, createPlanCache, plannerConfig, type PlanCache } from './executor.ts';
import { createIdentitySigner } from './identity-signer.ts';
import { createLoadShedding } from './load-shedding.ts';
import { createGatewayMetrics, serveMetrics } from './metrics.ts';
import { createGatewayServer } from './server.ts';
import { createPlanWarmer } from './plan-warmer.ts';
import { openRegisteredOperations, type RegisteredOperations } from './registered-operations.ts';
import { createSubgraphCaller } from './subgraph-call.ts';
import { openSubgraphs } from './subgraphs.ts';
import { readSupergraph } from './supergraph.ts';

export type RunningGateway = { url: string; stop(): Promise<void> };

/** What is registered, kept ready; nothing where the mode is `off`. */
async function openOperations(
  { OPERATIONS_MODE, OPERATIONS_DIR }: GatewayConfig,
  { supergraphSdl, plans, log }: { supergraphSdl: string; plans: PlanCache; log: Log },
): Promise<RegisteredOperations | undefined> {
  if (OPERATIONS_MODE === 'off') return undefined;
  const warm = createPlanWarmer({ supergraphSdl, config: plannerConfig, plans, log });
  return openRegisteredOperations(OPERATIONS_DIR, warm, (error) =>
    log.error({ err: error }, 'registered operations could not be read'),
  );
}

/** The parts of a gateway that does not listen yet. The only place where they are put together. */
async function openParts(config: GatewayConfig, log: Log) {
  const supergraph = await readSupergraph(config.SUPERGRAPH_FILE);
  const subgraphs = openSubgraphs(config, supergraph.services, log);
  const metrics = createGatewayMetrics();
  const sign = await createIdentitySigner(config.IDENTITY_PRIVATE_KEY);
  let operations: RegisteredOperations | undefined;
  const plans = createPlanCache((key) => operations?.isKept(key) ?? false);
  operations = await openOperations(config, { supergraphSdl: supergraph.sdl, plans, log });
  const call = createSubgraphCaller({ subgraphs, sign, metrics, log });
  const { OIDC_ISSUER: issuer, OIDC_AUDIENCE: audience, OIDC_JWKS_URL: jwksUrl } = config;
  return {
    gateway: createExecutor({ supergraphSdl: supergraph.sdl, plans, call, log }),
    authenticate: createAuthenticator({ issuer, audience, jwksUrl }),
    load: createLoadShedding(config, metrics),
    subgraphs,
    metrics,
    operations,
  };
}

/** Starts the federated entry point; answers once it takes requests. */
export async function runGateway(env: NodeJS.ProcessEnv): Promise<RunningGateway> {
  const config = readConfig(env);
  const log = createLog({ name: 'gateway', level: config.LOG_LEVEL });
  const { metrics, ...parts } = await openParts(config, log);
  const { load, subgraphs, operations } = parts;
  let isStopping = false;
  const { http, apollo } = await createGatewayServer({ ...parts, config, isStopping: () => isStopping, log });
  const drain = drainable(http);
  let closeMetrics = (): Promise<void> => Promise.resolve();
  const close = async (): Promise<void> => {
    load.stop();
    operations?.close();
    await apollo.stop();
    await Promise.all([subgraphs.close(), closeMetrics()]);
  };
  const url = await listen(http, config).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  closeMetrics = await serveMetrics(metrics, { subgraphs, load: load.now }, config);
  log.info({ url }, 'listening');
  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    isStopping = true;
    await pause(config.STOP_DELAY_MS);
    // Requests under way are answered, idle connections closed, stragglers cut after the grace period.
    await drain(drainTimes(config));
    await close();
    log.info('stopped');
  };
  return { url, stop: () => (stopped ??= stop()) };
}

async function listen(server: Server, config: GatewayConfig): Promise<string> {
  return listenOn(server, config).catch((error: NodeJS.ErrnoException) => {
    const { HOST, PORT } = config;
    if (error.code !== 'EADDRINUSE') throw error;
    throw new ConfigError(`Port ${PORT} of ${HOST} is taken: set PORT to a free one.`);
  });
}
