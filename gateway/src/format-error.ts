import { withoutValues, type Log } from '@steward/core';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { withoutSchema } from './hidden-schema.ts';
import { formatRefusal, RefusalError, type Refusal } from './refusal.ts';
import { currentScope } from './request-scope.ts';

/** Apollo Server's own codes for requests it cannot run, and the reasons they go out under. */
const clientFaults: Record<string, string> = {
  GRAPHQL_PARSE_FAILED: 'GRAPHQL_PARSE_FAILED',
  GRAPHQL_VALIDATION_FAILED: 'GRAPHQL_VALIDATION_FAILED',
  BAD_USER_INPUT: 'VARIABLES_INVALID',
  OPERATION_RESOLUTION_FAILURE: 'OPERATION_NOT_CHOSEN',
  BAD_REQUEST: 'REQUEST_INVALID',
  PERSISTED_QUERY_NOT_FOUND: 'REQUEST_INVALID',
  PERSISTED_QUERY_NOT_SUPPORTED: 'REQUEST_INVALID',
};

/**
 * The last door: every error of the graph leaves as `{ code, reason, rule, violations, traceId }`, and what nobody
 * foresaw as INTERNAL. Errors of services have been through `publicError` before they come here.
 */
export const formatError =
  (log: Log, { hidesSchema }: { hidesSchema: boolean }) =>
  (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const { path, locations, extensions = {} } = formatted;
    const place = { ...(locations === undefined ? {} : { locations }), ...(path === undefined ? {} : { path }) };
    const document = error instanceof GraphQLError ? error.source : undefined;
    const tell = (message: string) => (hidesSchema ? withoutSchema(message, document) : withoutValues(message));
    const refusal = refusalOf(error) ?? clientFault(formatted, tell);
    if (refusal !== undefined) return { ...formatRefusal(refusal, currentScope()), ...place };
    const { code, reason, rule, violations, traceId } = extensions;
    if (typeof reason === 'string' && typeof traceId === 'string') {
      const known = {
        code,
        reason,
        ...(rule === undefined ? {} : { rule }),
        ...(violations === undefined ? {} : { violations }),
        traceId,
      };
      return { message: formatted.message, ...place, extensions: known };
    }
    const scope = currentScope();
    log.error({ err: error, traceId: scope.traceId }, 'an unforeseen error was masked');
    return { ...formatRefusal({ code: 'INTERNAL', reason: 'INTERNAL' }, scope), ...place };
  };

/** A refusal of our own, at whatever depth it was wrapped on its way. */
function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof RefusalError) return error.refusal;
  return error instanceof GraphQLError && error.originalError !== undefined
    ? refusalOf(error.originalError)
    : undefined;
}

function clientFault(
  { message, extensions }: GraphQLFormattedError,
  tell: (message: string) => string,
): Refusal | undefined {
  const { code, reason } = extensions ?? {};
  if (reason !== undefined || typeof code !== 'string' || !Object.hasOwn(clientFaults, code)) return undefined;
  if (message.startsWith('This operation has been blocked'))
    return { code: 'BAD_USER_INPUT', reason: 'REQUEST_BLOCKED' };
  return {
    code: 'BAD_USER_INPUT',
    reason: clientFaults[code] ?? 'REQUEST_INVALID',
    params: { detail: tell(message) },
  };
}
