import type { ApolloServer } from '@apollo/server';
import { expressMiddleware } from '@as-integrations/express5';
import type { Log } from '@steward/core';
import express, { type RequestHandler } from 'express';
import { createAdmission } from './admit-operation.ts';
import { HttpRefusal } from './answer-error.ts';
import { readOperation, writeOperation } from './asked-operation.ts';
import { tokenRequired, type Authenticate } from './authenticate.ts';
import { bodyInTime } from './body-in-time.ts';
import { clientOf, type ClientBudget } from './client-budget.ts';
import type { GatewayConfig } from './config.ts';
import type { LoadShedding } from './load-shedding.ts';
import { readingCost } from './operation-cost.ts';
import { refuseLargeOperation } from './operation-limits.ts';
import { RefusalError } from './refusal.ts';
import type { RegisteredOperations } from './registered-operations.ts';
import { currentScope } from './request-scope.ts';
import type { GatewayContext } from './subgraph-call.ts';

type Parts = {
  config: GatewayConfig;
  authenticate: Authenticate;
  operations: RegisteredOperations | undefined;
  load: LoadShedding;
  budget: ClientBudget;
  log: Log;
};

/** What a request to the graph goes through, in this order. */
export function graphHandlers(apollo: ApolloServer<GatewayContext>, parts: Parts): RequestHandler[] {
  const { config, load } = parts;
  // Packed bodies are not taken: a small one might be large once it is unpacked.
  const body = express.json({ limit: config.BODY_LIMIT_BYTES, inflate: false });
  const received = [load.takeShare, bodyInTime(config.BODY_TIMEOUT_MS), body, withBody, load.comeBack];
  return [onlyUtf8, identified(parts), ...received, judged(parts), graphql(apollo)];
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

/** Whoever asks is known by the head of the request alone, before anything of its body is waited for. */
const identified =
  ({ authenticate, config }: Parts): RequestHandler =>
  async (request, _response, next) => {
    const scope = currentScope();
    if (scope.isDeadlineInvalid) throw deadlineInvalid();
    scope.viewer = await authenticate(request.headers.authorization, scope.deadline.leftMs());
    // In production nobody unknown gets as far as the parser.
    if (scope.viewer === undefined && config.NODE_ENV === 'production') throw tokenRequired();
    next();
  };

/** What is asked for is read once, judged, and given to the server as it was read. */
function judged({ config, operations, budget, log }: Parts): RequestHandler {
  const admit = operations && createAdmission(config.OPERATIONS_MODE, operations, log);
  return async (request, _response, next) => {
    const client = clientOf(currentScope().viewer);
    await budget.requireSome(client);
    const asked = readOperation(request);
    if (typeof asked.query === 'string') await boundedBy(budget, client, asked.query, asked.variables);
    admit?.(request, asked);
    writeOperation(request, asked);
    next();
  };
}

/** To be refused for its size costs an operation what reading it would. */
async function boundedBy(budget: ClientBudget, client: string, query: string, variables: unknown): Promise<void> {
  try {
    refuseLargeOperation(query, variables);
  } catch (error) {
    await budget.charge(client, readingCost(query));
    throw error;
  }
}

const graphql = (apollo: ApolloServer<GatewayContext>): RequestHandler =>
  expressMiddleware(apollo, {
    context: async ({ res }): Promise<GatewayContext> => {
      const scope = currentScope();
      const gone = new AbortController();
      res.once('close', () => {
        if (!res.writableFinished) gone.abort();
      });
      return { viewer: scope.viewer, scope, signal: gone.signal };
    },
  });

const deadlineInvalid = (): RefusalError =>
  new RefusalError({ code: 'BAD_USER_INPUT', reason: 'DEADLINE_INVALID' }, { status: 400 });
