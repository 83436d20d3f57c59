import { runGateway } from '@steward/gateway';
import { runService, type ServiceDefinition } from '@steward/service-kit';
import { pathToFileURL } from 'node:url';
import { gatewayEnvironment, serviceEnvironment } from './environment.ts';
import { servicePath } from './layout.ts';
import type { PartsOptions, StartParts } from './parts.ts';
import { step } from './progress.ts';

async function startService(service: string, options: PartsOptions): Promise<string> {
  const { wiring, env, say, lifetime, runFile } = options;
  return step(say, service, async () => {
    const module = (await import(pathToFileURL(servicePath(service, 'service.ts')).href)) as {
      definition: ServiceDefinition;
    };
    const running = await runService(module.definition, serviceEnvironment(service, wiring, 0, env));
    lifetime.add(service, () => running.stop());
    runFile.note(service, { pid: process.pid, url: running.url });
    return running.url;
  });
}

/** Everything in this process, over loopback HTTP: the same calls as apart, with half the memory. */
export const startInProcess: StartParts = async (options) => {
  const { services, wiring, gatewayPort, oidc, env, say, lifetime, runFile } = options;
  const started = await Promise.allSettled(services.map((service) => startService(service, options)));
  const failed = started.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  const urls = started.map((result) => (result.status === 'fulfilled' ? result.value : ''));
  lifetime.checkpoint();
  const subgraphs = Object.fromEntries(services.map((service, index) => [service, urls[index] ?? '']));
  const gateway = await step(say, 'gateway', () =>
    runGateway(gatewayEnvironment({ keys: wiring.keys, subgraphs, port: gatewayPort, oidc }, env)),
  );
  lifetime.add('gateway', () => gateway.stop());
  runFile.note('gateway', { pid: process.pid, url: gateway.url });
  return gateway.url;
};
