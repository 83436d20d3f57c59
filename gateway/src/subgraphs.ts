import type { Log } from '@steward/core';
import { Pool } from 'undici';
import { ConfigError, timeoutOf, type GatewayConfig } from './config.ts';
import { createSubgraphGuard, type SubgraphGuard } from './subgraph-guard.ts';

/** A service as the gateway reaches it, with a pool for each purpose, so that none starves another. */
export type Subgraph = {
  name: string;
  timeoutMs: number;
  graph: Pool;
  files: Pool;
  hooks: Pool;
  health: Pool;
  guard: SubgraphGuard;
};

export type Subgraphs = { all: readonly Subgraph[]; find(name: string): Subgraph | undefined; close(): Promise<void> };

const MAX_ANSWER_BYTES = 64 * 1_048_576;
/** Below the 75 s after which our services close an idle connection, and the 5 s of others: no call is sent into a closing one. */
const IDLE_MS = 4_000;

const common = { connectTimeout: 2_000, keepAliveTimeout: IDLE_MS, keepAliveMaxTimeout: IDLE_MS };

/** How many transfers of files with one service may be under way, and how many notices told to it. */
export const FILES_UNDER_WAY = 64;
export const HOOKS_UNDER_WAY = 16;

/** Opens the pools of every service the supergraph names; a service without an address is refused at the start. */
export function openSubgraphs(config: GatewayConfig, names: readonly string[], log: Log): Subgraphs {
  const missing = names.filter((name) => config.SUBGRAPH_URLS[name] === undefined);
  if (missing.length > 0) throw new ConfigError(`SUBGRAPH_URLS lacks the address of ${missing.join(', ')}.`);
  const byName = new Map(
    names.map((name): [string, Subgraph] => {
      const origin = config.SUBGRAPH_URLS[name] ?? '';
      const pool = (connections: number, more: Pool.Options = {}) =>
        new Pool(origin, { ...common, connections, ...more });
      const graph = pool(config.SUBGRAPH_CALLS_UNDER_WAY, { maxResponseSize: MAX_ANSWER_BYTES });
      const guard = createSubgraphGuard({
        service: name,
        mostCalls: config.SUBGRAPH_CALLS_UNDER_WAY,
        waitMs: config.SUBGRAPH_WAIT_MS,
        openMs: config.BREAKER_OPEN_MS,
        log,
      });
      const others = { files: pool(FILES_UNDER_WAY), hooks: pool(HOOKS_UNDER_WAY), health: pool(1) };
      return [name, { name, timeoutMs: timeoutOf(config, name), graph, ...others, guard }];
    }),
  );
  return {
    all: [...byName.values()],
    find: (name) => byName.get(name),
    // Destroyed rather than closed: whoever stops the gateway has drained it, and a hung service must not hold it up.
    close: async () => {
      const pools = [...byName.values()].flatMap(({ graph, files, hooks, health }) => [graph, files, hooks, health]);
      await Promise.all(pools.map((pool) => pool.destroy()));
    },
  };
}
