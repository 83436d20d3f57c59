import { getOperationAST, GraphQLError, parse, validate, type GraphQLSchema } from 'graphql';
import express, { Router, type RequestHandler } from 'express';
import { z } from 'zod';
import { tokenRequired, type Authenticate } from './authenticate.ts';
import { refuseLargeOperation } from './operation-limits.ts';
import { RefusalError } from './refusal.ts';
import {
  normalised,
  operationId,
  type RegisteredOperation,
  type RegisteredOperations,
} from './registered-operations.ts';

const word = z.string().min(1).max(200);
const clientVersion = z.strictObject({ client: word, version: word });
const pushed = clientVersion.extend({ operations: z.array(z.string()).min(1).max(1_000) });

type Parts = {
  authenticate: Authenticate;
  operations: RegisteredOperations;
  schema: () => GraphQLSchema | undefined;
  limitBytes: number;
};

/** `GET` lists, `POST` registers, `POST /retire` withdraws what clients may send; for operators alone. */
export function operationsRouter({ authenticate, operations, schema, limitBytes }: Parts): Router {
  const operatorsOnly: RequestHandler = async (request, _response, next) => {
    const viewer = await authenticate(request.headers.authorization);
    if (viewer === undefined) throw tokenRequired();
    if (!viewer.roles.includes('operator'))
      throw new RefusalError({ code: 'FORBIDDEN', reason: 'OPERATOR_REQUIRED' }, { status: 403 });
    next();
  };
  const router = Router();
  router.use(operatorsOnly, express.json({ limit: limitBytes }));
  router.get('/', (_request, response) => void response.json({ registrations: operations.list() }));
  router.post('/', async (request, response) => {
    const { operations: texts, ...of } = read(pushed, request.body);
    const registered = texts.map((text, index) => judged(text, index, schema()));
    await operations.push(of, registered);
    response.json({ registered: registered.map(({ id, name }) => ({ id, name })) });
  });
  router.post('/retire', async (request, response) => {
    const of = read(clientVersion, request.body);
    await operations.retire(of);
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
