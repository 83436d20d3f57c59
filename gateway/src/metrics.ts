import { createServer } from 'node:http';
import { drainable, listenOn } from '@steward/core';
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import type { GatewayConfig } from './config.ts';
import type { CircuitName } from './subgraph-guard.ts';
import type { Subgraphs } from './subgraphs.ts';

/** What operators watch; labels are names of services and kinds of outcomes, never anybody's. */
export type GatewayMetrics = {
  called(service: string, outcome: string): void;
  retried(service: string): void;
  refusedForLoad(): void;
  registry: Registry;
};

type Watched = {
  subgraphs: Subgraphs;
  load: () => { underWay: number; waiting: number; width: number; lagMs: number };
};

const states: Record<CircuitName, number> = { closed: 0, 'half-open': 1, open: 2 };

export function createGatewayMetrics(): GatewayMetrics {
  const registry = new Registry();
  const registers = [registry];
  const calls = new Counter({
    name: 'steward_gateway_calls_total',
    help: 'calls to services by outcome',
    labelNames: ['service', 'outcome'],
    registers,
  });
  const retries = new Counter({
    name: 'steward_gateway_retries_total',
    help: 'calls that were sent again',
    labelNames: ['service'],
    registers,
  });
  const refused = new Counter({
    name: 'steward_gateway_overloaded_total',
    help: 'requests refused for load',
    registers,
  });
  return {
    called: (service, outcome) => calls.inc({ service, outcome }),
    retried: (service) => retries.inc({ service }),
    refusedForLoad: () => refused.inc(),
    registry,
  };
}

/** What the parts know of themselves, asked for whenever somebody looks. */
function watch(registry: Registry, { subgraphs, load }: Watched): void {
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const circuits = new Gauge({
    name: 'steward_gateway_circuit_state',
    help: 'circuit to a service: 0 closed, 1 half-open, 2 open',
    labelNames: ['service'],
    registers,
    collect: () => {
      for (const { name, guard } of subgraphs.all) circuits.set({ service: name }, states[guard.circuit()]);
    },
  });
  const underWay = new Gauge({
    name: 'steward_gateway_requests',
    help: 'requests under way and waiting, how many may be under way, and the lag of the event loop in milliseconds',
    labelNames: ['what'],
    registers,
    collect: () => {
      for (const [what, value] of Object.entries(load())) underWay.set({ what }, value);
    },
  });
}

/** On a port of its own, which no client reaches. Answers how to stop it. */
export async function serveMetrics(
  { registry }: GatewayMetrics,
  watched: Watched,
  config: GatewayConfig,
): Promise<() => Promise<void>> {
  if (config.METRICS_PORT === undefined) return () => Promise.resolve();
  watch(registry, watched);
  const server = createServer((request, response) => {
    const answer = async (): Promise<void> => {
      response.statusCode = request.url === '/metrics' ? 200 : 404;
      response.setHeader('content-type', 'text/plain; version=0.0.4');
      response.end(request.url === '/metrics' ? await registry.metrics() : '');
    };
    void answer();
  });
  const drain = drainable(server);
  await listenOn(server, { ...config, PORT: config.METRICS_PORT });
  return () => drain({ idleMs: 0, graceMs: 1_000 });
}
