import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLog } from '@steward/core';
import { createAuthenticator } from './authenticate.ts';
import { ConfigError, readConfig, type GatewayConfig } from './config.ts';
import { createExecutor, createPlanCache, plannerConfig } from './executor.ts';
import { createIdentitySigner } from './identity-signer.ts';
import { createGatewayServer } from './server.ts';
import { createPlanWarmer } from './plan-warmer.ts';
import { openRegisteredOperations, type RegisteredOperations } from './registered-operations.ts';
import { createSubgraphCaller } from './subgraph-call.ts';
import { openSubgraphs } from './subgraphs.ts';
import { readSupergraph } from './supergraph.ts';

export type RunningGateway = { url: string; stop(): Promise<void> };

/** Starts the federated entry point; answers once it takes requests. The only place where its parts are put together. */
export async function runGateway(env: NodeJS.ProcessEnv): Promise<RunningGateway> {
  const config = readConfig(env);
  const log = createLog({ name: 'gateway', level: config.LOG_LEVEL });
  const supergraph = await readSupergraph(config.SUPERGRAPH_FILE);
  const subgraphs = openSubgraphs(config, supergraph.services);
  const sign = await createIdentitySigner(config.IDENTITY_PRIVATE_KEY);
  let operations: RegisteredOperations | undefined;
  const plans = createPlanCache((key) => operations?.isKept(key) ?? false);
  if (config.OPERATIONS_MODE !== 'off') {
    const warm = createPlanWarmer({ supergraphSdl: supergraph.sdl, config: plannerConfig, plans, log });
    operations = await openRegisteredOperations(config.OPERATIONS_DIR, warm, (error) =>
      log.error({ err: error }, 'registered operations could not be read'),
    );
  }
  let isStopping = false;
  const { http, apollo } = await createGatewayServer({
    config,
    gateway: createExecutor({
      supergraphSdl: supergraph.sdl,
      plans,
      call: createSubgraphCaller({ subgraphs, sign, log }),
      log,
    }),
    authenticate: createAuthenticator({
      issuer: config.OIDC_ISSUER,
      audience: config.OIDC_AUDIENCE,
      jwksUrl: config.OIDC_JWKS_URL,
    }),
    subgraphs,
    operations,
    isStopping: () => isStopping,
    log,
  });
  const url = await listen(http, config).catch(async (error: unknown) => {
    await subgraphs.close();
    throw error;
  });
  log.info({ url }, 'listening');
  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    isStopping = true;
    operations?.close();
    // Drains: requests under way are answered, idle connections closed, stragglers cut after the grace period.
    await apollo.stop();
    await subgraphs.close();
    log.info('stopped');
  };
  return { url, stop: () => (stopped ??= stop()) };
}

async function listen(server: Server, { HOST, PORT }: GatewayConfig): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new ConfigError(`Port ${PORT} of ${HOST} is taken: set PORT to a free one.`)
          : error,
      ),
    );
    server.listen(PORT, HOST, resolve);
  });
  const { address, port } = server.address() as AddressInfo;
  return `http://${address.includes(':') ? `[${address}]` : address}:${port}`;
}
