import { randomBytes } from 'node:crypto';

import { ApolloServer } from '@apollo/server';
import { expressMiddleware } from '@as-integrations/express5';
import { CALL_HEADER, IDENTITY_HEADER, type CallVerifier, type IdentityVerifier, type Viewer } from '@steward/auth';
import {
  askedDeadlineMs,
  DEADLINE_HEADER,
  DomainError,
  localeOf,
  requestDeadlineIn,
  type Clock,
  type Log,
  type RequestDeadline,
} from '@steward/core';
import type { Database } from '@steward/db';
import { fileRouter, type FileStore } from '@steward/files';
import type { GraphQLSchema } from 'graphql';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';

import type { ServiceConfig } from './config.ts';
import { createContext, type Context } from './context.ts';
import { tagError, tellErrors } from './errors.ts';
import { refusalText, type Labels } from './labels.ts';
import type { Messaging } from './messaging.ts';
import type { Metrics } from './metrics.ts';
import type { Running } from './running.ts';
import type { ServiceClock } from './service-clock.ts';
import type { ServiceDefinition } from './service-definition.ts';
import { testClockRouter } from './test-clock-router.ts';
import type { TimerLoop } from './timer-loop.ts';
import { webhookParts } from './webhooks.ts';

export type HttpParts = {
  definition: ServiceDefinition;
  config: ServiceConfig;
  database: Database;
  running: Running;
  clock: Clock & ServiceClock;
  labels: Labels;
  log: Log;
  metrics: Metrics;
  verify: IdentityVerifier;
  verifyCall: CallVerifier;
  store: FileStore;
  messaging: Messaging;
  timers: TimerLoop;
  /** Whether the process was asked to stop. */
  isStopping(): boolean;
};

type Identified = Request & { viewer?: Viewer; bytes?: Buffer };

const traceIdOf = (traceparent: string | undefined): string =>
  /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/.exec(traceparent ?? '')?.[1] ?? randomBytes(16).toString('hex');

/** One id joins what the client is told, what the gateway logs and what is logged here. */
function tracedBy(log: Log, traceparent: string | undefined) {
  const traceId = traceIdOf(traceparent);
  return { traceId, traceparent, log: log.child({ traceId }) };
}

/** Counted from when the request has come whole; the gateway has told a little less than it will wait. */
function deadlineOf(request: Request): RequestDeadline | undefined {
  const milliseconds = askedDeadlineMs(request.header(DEADLINE_HEADER));
  return typeof milliseconds === 'number' ? requestDeadlineIn(milliseconds) : undefined;
}

function refuseStranger({ labels }: HttpParts, request: Request, response: Response, error: unknown): void {
  const reason = error instanceof DomainError ? error.reason : 'IDENTITY_INVALID';
  const message = refusalText(labels, localeOf(request.header('accept-language')), reason, {});
  response.status(401).json({ errors: [{ message, extensions: { code: 'UNAUTHENTICATED', reason, violations: [] } }] });
}

/** Lets nobody near the graph without an identity that the gateway signed for this service. */
const identify =
  (parts: HttpParts) =>
  async (request: Identified, response: Response, next: NextFunction): Promise<void> => {
    try {
      request.viewer = await parts.verify(request.header(IDENTITY_HEADER));
      next();
    } catch (error) {
      refuseStranger(parts, request, response, error);
    }
  };

/** Keeps the bytes that were sent: what the gateway has signed is them, not what they mean. */
const jsonBody = express.json({
  limit: '4mb',
  verify: (request: Identified, _response, bytes) => {
    request.bytes = bytes;
  },
});

/** Refuses an identity that was taken from another call: with another body, or a second time. */
const proveCall =
  (parts: HttpParts) =>
  (request: Identified, response: Response, next: NextFunction): void => {
    try {
      const identity = request.header(IDENTITY_HEADER) ?? '';
      parts.verifyCall(request.header(CALL_HEADER), identity, request.bytes ?? Buffer.alloc(0));
      next();
    } catch (error) {
      refuseStranger(parts, request, response, error);
    }
  };

async function graphqlMiddleware(parts: HttpParts, schema: GraphQLSchema) {
  const { definition, database, running, labels, clock, log } = parts;
  const apollo = new ApolloServer<Context>({
    schema,
    stopOnTerminationSignals: false,
    includeStacktraceInErrorResponses: false,
    // Composition reads the committed SDL; nobody introspects a subgraph.
    introspection: false,
    csrfPrevention: true,
    formatError: tagError,
    plugins: [tellErrors(labels)],
    logger: { debug: () => undefined, info: () => undefined, warn: (m) => log.warn(m), error: (m) => log.error(m) },
  });
  await apollo.start();
  const middleware = expressMiddleware(apollo, {
    context: async ({ req }) => {
      const { viewer } = req as unknown as Identified;
      if (viewer === undefined) throw new DomainError('UNAUTHENTICATED', 'IDENTITY_REQUIRED');
      const traceparent = req.header('traceparent');
      const facts = {
        viewer,
        now: clock.now(),
        locale: localeOf(req.header('accept-language')),
        deadline: deadlineOf(req),
        ...tracedBy(log, traceparent),
      };
      return createContext({ database, running, labels, loaders: definition.loaders }, facts);
    },
  });
  return { apollo, middleware };
}

/** The service's HTTP: the graph, files, health, metrics, and the fake clock where it is switched on. */
export async function createHttp(
  parts: HttpParts,
  schema: GraphQLSchema,
): Promise<{ app: Express; apollo: ApolloServer<Context> }> {
  const { database, store, log, metrics, config } = parts;
  const { apollo, middleware } = await graphqlMiddleware(parts, schema);
  const app = express();
  app.disable('x-powered-by');
  app.get('/health/live', (_request, response) => void response.json({ status: 'ok' }));
  app.get('/health/ready', async (_request, response) => {
    if (parts.isStopping()) return void response.status(503).json({ status: 'stopping' });
    const ready = await database.system.query('select 1').then(
      () => true,
      () => false,
    );
    const status = parts.messaging.isConnected() ? 'ok' : 'degraded: broker unavailable';
    response.status(ready ? 200 : 503).json({ status: ready ? status : 'database unavailable' });
  });
  app.get('/metrics', async (_request, response) => {
    metrics.set('steward_timers_failed', {}, await parts.timers.failed());
    response.type('text/plain').send(await metrics.text());
  });
  app.use(fileRouter({ database, store, log }));
  app.post('/graphql', identify(parts), jsonBody, proveCall(parts), middleware);
  if (parts.definition.webhooks !== undefined) app.use(parts.definition.webhooks(webhookParts(parts)));
  if (config.STEWARD_FAKE_CLOCK === '1') app.use('/_test', testClockRouter(parts));
  app.use((_request, response) => void response.status(404).json({ status: 'not found' }));
  return { app, apollo };
}
