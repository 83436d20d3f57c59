import { createServer, type Server } from 'node:http';
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { Log } from '@steward/core';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import express, { type Express, type RequestHandler } from 'express';
import { answerError, HttpRefusal } from './answer-error.ts';
import { answerStatus } from './answer-status.ts';
import { createClientBudget, type ClientBudget } from './client-budget.ts';
import type { Authenticate } from './authenticate.ts';
import type { GatewayConfig } from './config.ts';
import type { GatewayInterface } from './executor.ts';
import { checkOperation } from './check-operation.ts';
import { filesProxy } from './files-proxy.ts';
import { formatError } from './format-error.ts';
import { graphHandlers } from './graph-handlers.ts';
import { graphiqlRouter } from './graphiql.ts';
import { healthRouter } from './health.ts';
import { hooksProxy } from './hooks-proxy.ts';
import type { LoadShedding } from './load-shedding.ts';
import { createOperationCache } from './operation-cache.ts';
import { limitCost } from './operation-cost.ts';
import { operationLimits } from './operation-limits.ts';
import { operationsRouter } from './operations-router.ts';
import type { RegisteredOperations } from './registered-operations.ts';
import { requireViewer } from './require-viewer.ts';
import type { GatewayContext } from './subgraph-call.ts';
import type { Subgraphs } from './subgraphs.ts';
import { testClockRouter } from './test-clock.ts';

export type ServerParts = {
  config: GatewayConfig;
  gateway: GatewayInterface;
  authenticate: Authenticate;
  subgraphs: Subgraphs;
  /** Absent where OPERATIONS_MODE is off. */
  operations: RegisteredOperations | undefined;
  load: LoadShedding;
  isStopping: () => boolean;
  log: Log;
};

export type GatewayServer = { http: Server; apollo: ApolloServer<GatewayContext> };

/** The schema that clients see, once the supergraph is loaded. */
type SchemaNow = () => GraphQLSchema | undefined;

const megabyte = 1_048_576;
/** A parsed document takes about so many times the memory of its text. */
const DOCUMENT_TO_TEXT = 40;

/** Everything the gateway answers over HTTP; nothing listens yet. */
export async function createGatewayServer(parts: ServerParts): Promise<GatewayServer> {
  const app = express();
  const http = createServer(parts.load.guard(app));
  // Above any idle time of the proxies in front, so that they never send into a connection that closes.
  http.keepAliveTimeout = 65_000;
  const budget = createClientBudget(parts.config.COST_PER_MINUTE);
  const apollo = createApollo(parts, budget);
  let schema: GraphQLSchema | undefined;
  parts.gateway.onSchemaLoadOrUpdate(({ apiSchema }) => (schema = apiSchema));
  await apollo.start();
  mount(app, { ...parts, graph: graphHandlers(apollo, { ...parts, budget }), schema: () => schema });
  return { http, apollo };
}

function createApollo(
  { config, gateway, operations, log }: ServerParts,
  budget: ClientBudget,
): ApolloServer<GatewayContext> {
  const isProduction = config.NODE_ENV === 'production';
  return new ApolloServer<GatewayContext>({
    gateway,
    nodeEnv: config.NODE_ENV,
    introspection: !isProduction,
    hideSchemaDetailsFromClientErrors: isProduction,
    csrfPrevention: true,
    persistedQueries: false,
    maxRecursiveSelections: true,
    parseOptions: { maxTokens: operationLimits.tokens },
    documentStore: createOperationCache<DocumentNode>({
      knownBytes: 16 * megabyte,
      newBytes: 4 * megabyte,
      bytesOf: ({ loc }) => DOCUMENT_TO_TEXT * (loc?.end ?? operationLimits.characters),
      isKept: (key) => operations?.isKept(key) ?? false,
      keptBytes: 32 * megabyte,
    }),
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    formatError: formatError(log, { hidesSchema: isProduction }),
    logger: {
      debug: () => undefined,
      info: () => undefined,
      warn: (text) => log.warn(text),
      error: (text) => log.error(text),
    },
    plugins: [
      answerStatus(),
      requireViewer(),
      checkOperation({ hidesSchema: isProduction }),
      limitCost(config.COST_LIMIT, budget),
      ...nothingForApollo(),
    ],
  });
}

/** Pages from a CDN and reports to Apollo, which an APOLLO_KEY in the environment would switch on. */
const nothingForApollo = (): ApolloServerPlugin[] => [
  ApolloServerPluginLandingPageDisabled(),
  ApolloServerPluginUsageReportingDisabled(),
  ApolloServerPluginSchemaReportingDisabled(),
  ApolloServerPluginInlineTraceDisabled(),
];

type Mounted = ServerParts & { graph: RequestHandler[]; schema: SchemaNow };

function mount(app: Express, parts: Mounted): void {
  const { config, subgraphs, operations, authenticate, graph, schema, log } = parts;
  app.disable('x-powered-by');
  app.disable('etag');
  app.use((_request, response, next) => {
    response.set('x-content-type-options', 'nosniff');
    next();
  });
  app.use('/health', healthRouter(subgraphs, parts.isStopping));
  app.use(filesProxy({ subgraphs, limitBytes: config.FILE_LIMIT_BYTES, stallMs: config.FILE_STALL_MS, log }));
  app.use(hooksProxy({ subgraphs, bodyTimeoutMs: config.BODY_TIMEOUT_MS, log }));
  if (config.STEWARD_FAKE_CLOCK === '1') app.use('/_test', testClockRouter(subgraphs));
  if (config.NODE_ENV !== 'production') app.use(graphiqlRouter());
  if (operations !== undefined) {
    const bounds = { limitBytes: config.BODY_LIMIT_BYTES, bodyTimeoutMs: config.BODY_TIMEOUT_MS };
    app.use('/operations', operationsRouter({ authenticate, operations, schema, ...bounds }));
  }
  app.use('/graphql', graph);
  app.use(() => {
    throw new HttpRefusal(404, { code: 'NOT_FOUND', reason: 'ROUTE_NOT_FOUND' });
  });
  app.use(answerError(config, log));
}
