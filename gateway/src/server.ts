import { createServer, type Server } from 'node:http';
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { expressMiddleware } from '@as-integrations/express5';
import type { Log } from '@steward/core';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import express, { type ErrorRequestHandler, type Express, type Request, type RequestHandler } from 'express';
import { answerStatus } from './answer-status.ts';
import { bodyInTime } from './body-in-time.ts';
import { createClientBudget } from './client-budget.ts';
import { createAdmission } from './admit-operation.ts';
import { tokenRequired, type Authenticate } from './authenticate.ts';
import type { GatewayConfig } from './config.ts';
import type { GatewayInterface } from './executor.ts';
import { checkOperation } from './check-operation.ts';
import { filesProxy } from './files-proxy.ts';
import { formatError } from './format-error.ts';
import { graphiqlRouter } from './graphiql.ts';
import { healthRouter } from './health.ts';
import { hooksProxy } from './hooks-proxy.ts';
import type { LoadShedding } from './load-shedding.ts';
import { createOperationCache } from './operation-cache.ts';
import { limitCost } from './operation-cost.ts';
import { operationLimits, refuseLargeOperation } from './operation-limits.ts';
import { operationsRouter } from './operations-router.ts';
import { refusalBody, RefusalError, type Refusal } from './refusal.ts';
import type { RegisteredOperations } from './registered-operations.ts';
import { currentScope } from './request-scope.ts';
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
  const apollo = createApollo(parts);
  let schema: GraphQLSchema | undefined;
  parts.gateway.onSchemaLoadOrUpdate(({ apiSchema }) => (schema = apiSchema));
  await apollo.start();
  mount(app, apollo, parts, () => schema);
  return { http, apollo };
}

function createApollo({ config, gateway, operations, log }: ServerParts): ApolloServer<GatewayContext> {
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
    }),
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    formatError: formatError(log),
    logger: {
      debug: () => undefined,
      info: () => undefined,
      warn: (text) => log.warn(text),
      error: (text) => log.error(text),
    },
    plugins: [
      answerStatus(),
      requireViewer(),
      checkOperation(),
      limitCost(config.COST_LIMIT, createClientBudget(config.COST_PER_MINUTE)),
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

function mount(app: Express, apollo: ApolloServer<GatewayContext>, parts: ServerParts, schema: SchemaNow): void {
  const { config, subgraphs, operations, authenticate, log } = parts;
  app.disable('x-powered-by');
  app.disable('etag');
  app.use((_request, response, next) => {
    response.set('x-content-type-options', 'nosniff');
    next();
  });
  app.use('/health', healthRouter(subgraphs, parts.isStopping));
  app.use(filesProxy({ subgraphs, limitBytes: config.FILE_LIMIT_BYTES, log }));
  app.use(hooksProxy({ subgraphs, log }));
  if (config.STEWARD_FAKE_CLOCK === '1') app.use('/_test', testClockRouter(subgraphs));
  if (config.NODE_ENV !== 'production') app.use(graphiqlRouter());
  if (operations !== undefined)
    app.use('/operations', operationsRouter({ authenticate, operations, schema, limitBytes: config.BODY_LIMIT_BYTES }));
  const body = express.json({ limit: config.BODY_LIMIT_BYTES });
  app.use('/graphql', onlyUtf8, bodyInTime, body, withBody, graphql(apollo, parts));
  app.use(() => {
    throw new HttpRefusal(404, { code: 'NOT_FOUND', reason: 'ROUTE_NOT_FOUND' });
  });
  app.use(answerError(config, log));
}

/** JSON is UTF-8 (RFC 8259): others, which the parser would take, are a way past whoever looks at the bytes. */
const onlyUtf8: RequestHandler = ({ headers }, _response, next) => {
  const charset = /;\s*charset\s*=\s*"?([^\s";,]*)/i.exec(headers['content-type'] ?? '')?.[1];
  if (charset !== undefined && charset.toLowerCase() !== 'utf-8')
    throw new HttpRefusal(415, { code: 'BAD_USER_INPUT', reason: 'BODY_INVALID' });
  next();
};

/** A body of another content type is left unread; Apollo Server then says what is wrong with the request. */
const withBody: RequestHandler = (request, _response, next) => {
  request.body ??= {};
  next();
};

function graphql(apollo: ApolloServer<GatewayContext>, parts: ServerParts): RequestHandler {
  const { authenticate, config, operations, log } = parts;
  const admit = operations && createAdmission(config.OPERATIONS_MODE, operations, log);
  return expressMiddleware(apollo, {
    context: async ({ req, res }): Promise<GatewayContext> => {
      const scope = currentScope();
      if (scope.isDeadlineInvalid) throw deadlineInvalid();
      const viewer = await authenticate(req.headers.authorization, scope.deadline.leftMs());
      // In production nobody unknown gets as far as the parser.
      if (viewer === undefined && config.NODE_ENV === 'production') throw tokenRequired();
      refuseLarge(req);
      admit?.(req);
      const gone = new AbortController();
      res.once('close', () => {
        if (!res.writableFinished) gone.abort();
      });
      return { viewer, scope, signal: gone.signal };
    },
  });
}

const deadlineInvalid = (): RefusalError =>
  new RefusalError({ code: 'BAD_USER_INPUT', reason: 'DEADLINE_INVALID' }, { status: 400 });

function refuseLarge({ method, query, body }: Request): void {
  const asked = (method === 'GET' ? query : body) as { query?: unknown; variables?: unknown };
  if (typeof asked.query === 'string') refuseLargeOperation(asked.query, asked.variables);
}

class HttpRefusal extends Error {
  readonly status: number;
  readonly refusal: Refusal;

  constructor(status: number, refusal: Refusal) {
    super(refusal.reason);
    this.status = status;
    this.refusal = refusal;
  }
}

/** Errors outside the graph; Express itself would answer with a stack. */
const answerError =
  (config: GatewayConfig, log: Log): ErrorRequestHandler =>
  (error: unknown, _request, response, _next) => {
    const { status, refusal } = error instanceof HttpRefusal ? error : httpRefusalOf(error, config);
    const scope = currentScope();
    if (status >= 500) log.error({ err: error, traceId: scope.traceId }, 'an unforeseen error was masked');
    if (response.headersSent) return void response.destroy();
    response.status(status).json(refusalBody(refusal, scope));
  };

/** The body parser's errors carry a type; everything else is ours. */
function httpRefusalOf(error: unknown, config: GatewayConfig): { status: number; refusal: Refusal } {
  if (error instanceof RefusalError) return { status: error.status, refusal: error.refusal };
  const { type, status = 500 } = (error ?? {}) as { type?: unknown; status?: number };
  if (type === 'entity.too.large') {
    return {
      status: 413,
      refusal: { code: 'BAD_USER_INPUT', reason: 'BODY_TOO_LARGE', params: { bytes: config.BODY_LIMIT_BYTES } },
    };
  }
  if (status >= 400 && status < 500) return { status, refusal: { code: 'BAD_USER_INPUT', reason: 'BODY_INVALID' } };
  return { status: 500, refusal: { code: 'INTERNAL', reason: 'INTERNAL' } };
}
