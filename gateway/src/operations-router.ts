import { setImmediate as turn } from 'node:timers/promises';
import { getOperationAST, GraphQLError, parse, validate, type GraphQLSchema } from 'graphql';
import express, { Router, type RequestHandler } from 'express';
import { z } from 'zod';
import { tokenRequired, type Authenticate } from './authenticate.ts';
import { bodyInTime } from './body-in-time.ts';
import { refuseLargeOperation } from './operation-limits.ts';
import { RefusalError } from './refusal.ts';
import {
  MOST_OPERATIONS,
  normalised,
  operationId,
  TooManyOperations,
  type RegisteredOperation,
  type RegisteredOperations,
} from './registered-operations.ts';
import { currentScope } from './request-scope.ts';

const word = z.string().min(1).max(200);
const clientVersion = z.strictObject({ client: word, version: word });
const pushed = clientVersion.extend({ operations: z.array(z.string()).min(1).max(1_000) });

type Parts = {
  authenticate: Authenticate;
  operations: RegisteredOperations;
  schema: () => GraphQLSchema | undefined;
  limitBytes: number;
  bodyTimeoutMs: number;
};

/** `GET` lists, `POST` registers, `POST /retire` withdraws what a company's clients may send; for its operators alone. */
export function operationsRouter(parts: Parts): Router {
  const { authenticate, operations, schema, limitBytes, bodyTimeoutMs } = parts;
  const operatorsOnly: RequestHandler = async (request, _response, next) => {
    const viewer = await authenticate(request.headers.authorization);
    if (viewer === undefined) throw tokenRequired();
    if (!viewer.roles.includes('operator'))
      throw new RefusalError({ code: 'FORBIDDEN', reason: 'OPERATOR_REQUIRED' }, { status: 403 });
    currentScope().viewer = viewer;
    next();
  };
  const tenantNow = (): string => currentScope().viewer?.tenantId ?? '';
  const router = Router();
  router.use(operatorsOnly, bodyInTime(bodyTimeoutMs), express.json({ limit: limitBytes, inflate: false }));
  router.get('/', (_request, response) => {
    const registrations = operations.list(tenantNow()).map(({ tenantId: _own, ...registration }) => registration);
    response.json({ registrations });
  });
  router.post('/', async (request, response) => {
    const { operations: texts, ...of } = read(pushed, request.body);
    const registered: RegisteredOperation[] = [];
    for (const [index, text] of texts.entries()) {
      registered.push(judged(text, index, schema()));
      // There may be hundreds, and others are waiting.
      await turn();
    }
    await operations.push({ tenantId: tenantNow(), ...of }, registered).catch((error: unknown) => {
      throw error instanceof TooManyOperations ? invalid(`at most ${MOST_OPERATIONS}`) : error;
    });
    response.json({ registered: registered.map(({ id, name }) => ({ id, name })) });
  });
  router.post('/retire', async (request, response) => {
    const of = read(clientVersion, request.body);
    await operations.retire({ tenantId: tenantNow(), ...of });
    response.json({ retired: of });
  });
  return router;
}

const invalid = (detail: string): RefusalError =>
  new RefusalError({ code: 'BAD_USER_INPUT', reason: 'OPERATIONS_INVALID', params: { detail } }, { status: 400 });

function read<S extends z.ZodType>(shape: S, body: unknown): z.infer<S> {
  const input = shape.safeParse(body);
  if (input.success) return input.data;
  throw invalid(input.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
}

/** An operation as it is kept; refused where no client could run it. */
function judged(text: string, index: number, schema: GraphQLSchema | undefined): RegisteredOperation {
  try {
    refuseLargeOperation(text, undefined);
    const kept = normalised(text);
    const document = parse(kept);
    const operation = getOperationAST(document);
    if (operation === null || operation === undefined)
      throw new GraphQLError('The document holds no operation, or more than one.');
    const [fault] = schema === undefined ? [] : validate(schema, document);
    if (fault !== undefined) throw fault;
    return { id: operationId(kept), name: operation.name?.value ?? '', text: kept };
  } catch (error) {
    if (!(error instanceof GraphQLError) || error instanceof RefusalError) throw error;
    throw invalid(`${index + 1}: ${error.message}`);
  }
}
