import type { Log } from '@steward/core';
import { Pool } from 'undici';
import { ConfigError, timeoutOf, type GatewayConfig } from './config.ts';
import { createSubgraphGuard, type SubgraphGuard } from './subgraph-guard.ts';

/** A service as the gateway reaches it: one pool for the graph, one for files, so that uploads never starve queries. */
export type Subgraph = { name: string; timeoutMs: number; graph: Pool; files: Pool; guard: SubgraphGuard };

export type Subgraphs = { all: readonly Subgraph[]; find(name: string): Subgraph | undefined; close(): Promise<void> };

const MAX_ANSWER_BYTES = 64 * 1_048_576;
/** Below the 75 s after which our services close an idle connection, and the 5 s of others: no call is sent into a closing one. */
const IDLE_MS = 4_000;

const common = { connectTimeout: 2_000, keepAliveTimeout: IDLE_MS, keepAliveMaxTimeout: IDLE_MS };

/** Opens the pools of every service the supergraph names; a service without an address is refused at the start. */
export function openSubgraphs(config: GatewayConfig, names: readonly string[], log: Log): Subgraphs {
  const missing = names.filter((name) => config.SUBGRAPH_URLS[name] === undefined);
  if (missing.length > 0) throw new ConfigError(`SUBGRAPH_URLS lacks the address of ${missing.join(', ')}.`);
  const byName = new Map(
    names.map((name): [string, Subgraph] => {
      const origin = config.SUBGRAPH_URLS[name] ?? '';
      // Those beside the calls are for questions about its health, which must not wait for them.
      const connections = config.SUBGRAPH_CALLS_UNDER_WAY + 8;
      const graph = new Pool(origin, { ...common, connections, maxResponseSize: MAX_ANSWER_BYTES });
      const files = new Pool(origin, { ...common, connections: 64 });
      const guard = createSubgraphGuard({
        service: name,
        mostCalls: config.SUBGRAPH_CALLS_UNDER_WAY,
        waitMs: config.SUBGRAPH_WAIT_MS,
        openMs: config.BREAKER_OPEN_MS,
        log,
      });
      return [name, { name, timeoutMs: timeoutOf(config, name), graph, files, guard }];
    }),
  );
  return {
    all: [...byName.values()],
    find: (name) => byName.get(name),
    // Destroyed rather than closed: whoever stops the gateway has drained it, and a hung service must not hold it up.
    close: async () => {
      await Promise.all([...byName.values()].flatMap(({ graph, files }) => [graph.destroy(), files.destroy()]));
    },
  };
}
