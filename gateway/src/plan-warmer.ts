import { operationFromDocument, Supergraph } from '@apollo/federation-internals';
import { QueryPlanner, type QueryPlan, type QueryPlannerConfig } from '@apollo/query-planner';
import type { Log } from '@steward/core';
import { parse } from 'graphql';
import type { OperationCache } from './operation-cache.ts';
import { planKeys, type RegisteredOperation } from './registered-operations.ts';

type Options = { supergraphSdl: string; config: QueryPlannerConfig; plans: OperationCache<QueryPlan>; log: Log };

/**
 * Plans registered operations before anybody asks for them, one at a time with room for requests between; the planner
 * is made when the first one comes.
 */
export function createPlanWarmer({ supergraphSdl, config, plans, log }: Options) {
  let parts: { schema: ReturnType<Supergraph['apiSchema']>; planner: QueryPlanner } | undefined;
  const open = () => {
    const supergraph = Supergraph.build(supergraphSdl);
    return { schema: supergraph.apiSchema(), planner: new QueryPlanner(supergraph, config) };
  };
  const warm = async (operation: RegisteredOperation): Promise<void> => {
    parts ??= open();
    const plan = parts.planner.buildQueryPlan(operationFromDocument(parts.schema, parse(operation.text)));
    for (const key of planKeys(operation)) await plans.set(key, plan);
  };
  let last = Promise.resolve();
  return (operations: readonly RegisteredOperation[]): void => {
    for (const operation of operations) {
      last = last
        .then(() => new Promise<void>((resolve) => void setImmediate(resolve)))
        .then(() => warm(operation))
        .catch((error: unknown) => log.warn({ err: error, operation: operation.id }, 'a plan was not made in advance'));
    }
  };
}
