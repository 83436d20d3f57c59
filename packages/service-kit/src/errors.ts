import type { ApolloServerPlugin } from '@apollo/server';
import { unwrapResolverError } from '@apollo/server/errors';
import { DomainError, errorFacts, isOutage, withoutValues, type Violation } from '@steward/core';
import type { GraphQLFormattedError } from 'graphql';

import type { Context } from './context.ts';
import { refusalText, type Labels } from './labels.ts';

/** What PostgreSQL says of a client's text that is no id, no date, no number or no text where one is wanted. */
const malformed = new Set(['22P02', '22007', '22008', '22003', '22021', '22P05']);

/** A statement was ended by the time limit that the request's deadline or the session has set. */
export const queryCanceled = '57014';

const clientErrors = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
]);

const originalKey = Symbol('original');
type Tagged = GraphQLFormattedError & { [originalKey]?: unknown };

/**
 * Apollo formats an error where the request is not known: here it is masked whole and keeps its cause out of reach of
 * JSON, until `tellErrors` says what may be said.
 */
export function tagError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const { locations, path, message, extensions } = formatted;
  const place = { ...(locations === undefined ? {} : { locations }), ...(path === undefined ? {} : { path }) };
  const code = extensions?.['code'];
  if (typeof code === 'string' && clientErrors.has(code) && !(unwrapResolverError(error) instanceof DomainError)) {
    // GraphQL's own words help whoever wrote the operation: they name fields and types, and values of the caller's.
    return {
      message: withoutValues(message),
      ...place,
      extensions: { code: 'BAD_USER_INPUT', reason: 'QUERY_INVALID', violations: [] },
    };
  }
  const tagged: Tagged = { message: 'INTERNAL', ...place, extensions: { code: 'INTERNAL', reason: 'INTERNAL' } };
  tagged[originalKey] = unwrapResolverError(error);
  return tagged;
}

/** Whether a statement was refused because a value does not fit its column. */
export function isMalformedValue(error: unknown): boolean {
  const { code } = errorFacts(error);
  return code !== undefined && malformed.has(code);
}

/** What an error is to its caller; null for what is nobody's business but the operator's. */
function asDomainError(error: unknown, { log }: Context): DomainError | null {
  if (error instanceof DomainError) {
    if (error.cause !== undefined) log.error({ err: error.cause, reason: error.reason }, 'a refusal of our own making');
    return error;
  }
  const { code } = errorFacts(error);
  if (isMalformedValue(error)) {
    log.warn({ err: error }, 'a value did not fit its column');
    return new DomainError('BAD_USER_INPUT', 'VALUE_MALFORMED');
  }
  if (code === queryCanceled) {
    log.warn({ err: error }, 'a statement took too long');
    return new DomainError('UNAVAILABLE', 'DEADLINE_EXCEEDED');
  }
  if (isOutage(error)) {
    log.warn({ err: error }, 'the database was out of reach');
    return new DomainError('UNAVAILABLE', 'DATABASE_UNAVAILABLE');
  }
  return null;
}

function told(error: Tagged, labels: Labels, ctx: Context): GraphQLFormattedError {
  if (!(originalKey in error)) return error;
  const { [originalKey]: original, ...masked } = error;
  const { traceId, locale, log } = ctx;
  const text = (reason: string, params: Record<string, unknown>): string => refusalText(labels, locale, reason, params);
  const domain = asDomainError(original, ctx);
  if (domain === null) {
    log.error({ err: original }, 'an unforeseen error was masked');
    const extensions = { code: 'INTERNAL', reason: 'INTERNAL', violations: [], traceId };
    return { ...masked, message: text('INTERNAL', { traceId }), extensions };
  }
  const { code, reason, rule, params } = domain;
  const violations = domain.violations.map(({ params: own = {}, ...violation }: Violation) => ({
    ...violation,
    message: text(violation.reason, own),
  }));
  return { ...masked, message: text(reason, params), extensions: { code, reason, rule, violations } };
}

/** Says what may be said of each error, in the language of the request, and logs the rest under its trace. */
export const tellErrors = (labels: Labels): ApolloServerPlugin<Context> => ({
  requestDidStart: () =>
    Promise.resolve({
      willSendResponse: ({ response, contextValue }) => {
        if (response.body.kind === 'single' && response.body.singleResult.errors !== undefined) {
          const { errors } = response.body.singleResult;
          response.body.singleResult.errors = errors.map((error) => told(error, labels, contextValue));
        }
        return Promise.resolve();
      },
    }),
});
