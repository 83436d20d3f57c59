import type { ApolloServerOptionsWithGateway } from '@apollo/server';
import { ApolloGateway } from '@apollo/gateway';
import type { Log } from '@steward/core';
import type { QueryPlan } from '@apollo/query-planner';
import { GraphQLError } from 'graphql';
import { createOperationCache, type OperationCache } from './operation-cache.ts';
import { RefusalError } from './refusal.ts';
import { currentScope } from './request-scope.ts';
import type { GatewayContext, SubgraphCaller } from './subgraph-call.ts';

/**
 * The seam: what the server asks of whatever plans and executes operations. This file alone knows that it is
 * @apollo/gateway (Elastic License 2.0), so that another executor can take its place.
 */
export type GatewayInterface = NonNullable<ApolloServerOptionsWithGateway<GatewayContext>['gateway']>;

type Executor = NonNullable<Awaited<ReturnType<GatewayInterface['load']>>['executor']>;
type Result = Awaited<ReturnType<Executor>>;

const megabyte = 1_048_576;

export type PlanCache = OperationCache<QueryPlan>;

export const createPlanCache = (isKept: (key: string) => boolean): PlanCache =>
  createOperationCache<QueryPlan>({
    knownBytes: 32 * megabyte,
    newBytes: 8 * megabyte,
    bytesOf: (plan) => 2 * JSON.stringify(plan).length,
    isKept,
    keptBytes: 64 * megabyte,
  });

/**
 * Planning stands in the way of every other request: an operation with many ways to be answered gets a good plan in
 * bounded time rather than the best one.
 */
export const plannerConfig = { debug: { maxEvaluatedPlans: 200, pathsLimit: 1_000 } };

type Options = { supergraphSdl: string; plans: PlanCache; call: SubgraphCaller; log: Log };

export function createExecutor(options: Options): GatewayInterface {
  // Read when the gateway is constructed: otherwise it sends metrics to Apollo.
  process.env['APOLLO_TELEMETRY_DISABLED'] = 'true';
  const { call, log } = options;
  const gateway = new ApolloGateway({
    supergraphSdl: options.supergraphSdl,
    __exposeQueryPlanExperimental: false,
    queryPlannerConfig: { ...plannerConfig, cache: paidFor(options.plans) },
    logger: {
      debug: () => undefined,
      info: () => undefined,
      warn: (text) => log.warn(text),
      error: (text) => log.error(text),
    },
    buildService: ({ name }) => ({
      process: ({ request, context }) => call(name, request, context as GatewayContext),
    }),
  });
  return {
    onSchemaLoadOrUpdate: (callback) => gateway.onSchemaLoadOrUpdate(callback),
    load: async (loadOptions) => {
      const { executor } = (await gateway.load(loadOptions)) as { executor: Executor };
      return { executor: async (request) => presentable(await executor(request)) };
    },
    stop: () => gateway.stop(),
  };
}

/** An operation that has no plan yet costs its client something before one is made. */
const paidFor = (plans: PlanCache): PlanCache => ({
  ...plans,
  get: async (key) => {
    const plan = await plans.get(key);
    if (plan === undefined) await currentScope().payForPlan?.();
    return plan;
  },
});

/** Makes GraphQL errors of what the stock executor reports beside them, and says once what it says of every fetch. */
function presentable({ data, errors = [], extensions }: Result): Result {
  const nulled = (extensions?.['valueCompletion'] ?? []) as { message: string; path?: GraphQLError['path'] }[];
  const all = withoutRepeats([...errors, ...nulled.map(completionError)]);
  return all.length === 0 ? { data } : { data, errors: all };
}

/** A non-null field came back null: its entity does not exist, or not for this viewer. */
function completionError({ message, path }: { message: string; path?: GraphQLError['path'] }): GraphQLError {
  const isNull = message.startsWith('Cannot return null');
  const refusal = isNull
    ? ({ code: 'NOT_FOUND', reason: 'ENTITY_NOT_FOUND' } as const)
    : ({ code: 'INTERNAL', reason: 'INTERNAL' } as const);
  return new GraphQLError(message, { path, originalError: new RefusalError(refusal) });
}

/** A dead service fails each fetch of a plan with the same words and no path. */
function withoutRepeats(errors: readonly GraphQLError[]): GraphQLError[] {
  const seen = new Set<string>();
  return errors.filter(({ path, message }) => {
    if (path !== undefined) return true;
    const isNew = !seen.has(message);
    seen.add(message);
    return isNew;
  });
}
