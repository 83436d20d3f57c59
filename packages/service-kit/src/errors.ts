import type { ApolloServerPlugin } from '@apollo/server';
import { unwrapResolverError } from '@apollo/server/errors';
import { DomainError, type Locale, type Log, type Violation } from '@steward/core';
import type { GraphQLFormattedError } from 'graphql';

import type { Context } from './context.ts';
import { refusalText, type Labels } from './labels.ts';

/** What PostgreSQL and its driver say when the database is away, full or too slow. */
const unavailable =
  /^(08|53|57P)|ECONNREFUSED|ECONNRESET|EPIPE|ENOENT|timeout exceeded when trying to connect|Connection terminated/;

const malformed = new Set(['22P02', '22007', '22008', '22003']);

const clientErrors = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
]);

function asDomainError(error: unknown): DomainError | null {
  if (error instanceof DomainError) return error;
  const { code = '', message = '' } = (error ?? {}) as { code?: string; message?: string };
  // A client's text that is no id, no date or no number where the database wants one.
  if (malformed.has(code)) return new DomainError('BAD_USER_INPUT', 'VALUE_MALFORMED');
  if (unavailable.test(code) || unavailable.test(message))
    return new DomainError('UNAVAILABLE', 'DATABASE_UNAVAILABLE');
  return null;
}

/** The shape every error leaves a service in; texts are filled in by `localizeErrors`, which knows the language. */
export const formatError =
  (log: Log, traceId: () => string) =>
  (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const { locations, path } = formatted;
    const place = { ...(locations === undefined ? {} : { locations }), ...(path === undefined ? {} : { path }) };
    const original = unwrapResolverError(error);
    const domain = asDomainError(original);
    if (domain !== null) {
      const { code, reason, rule, violations, params } = domain;
      return { message: reason, ...place, extensions: { code, reason, rule, violations, params } };
    }
    const code = formatted.extensions?.['code'];
    if (typeof code === 'string' && clientErrors.has(code)) {
      // GraphQL's own words name fields and types of the schema only; they help whoever wrote the operation.
      return {
        message: formatted.message,
        ...place,
        extensions: { code: 'BAD_USER_INPUT', reason: 'QUERY_INVALID', violations: [] },
      };
    }
    const id = traceId();
    log.error({ err: safe(original), traceId: id }, 'an unforeseen error was masked');
    return {
      message: 'INTERNAL',
      ...place,
      extensions: { code: 'INTERNAL', reason: 'INTERNAL', violations: [], params: { traceId: id }, traceId: id },
    };
  };

/** Type, SQL state and stack; a driver's message and detail may quote values, so they stay out. */
function safe(error: unknown): Record<string, unknown> {
  const { name, code, stack = '', constraint, table } = (error ?? {}) as Record<string, string | undefined>;
  const isDriver = code !== undefined;
  return { name, code, constraint, table, stack: isDriver ? stack.split('\n').slice(1).join('\n') : stack };
}

type Extensions = {
  reason: string;
  params?: Record<string, unknown>;
  violations?: Violation[];
  rule?: string;
  code: string;
  traceId?: string;
};

function localized(error: GraphQLFormattedError, labels: Labels, locale: Locale): GraphQLFormattedError {
  const { params = {}, violations = [], ...rest } = (error.extensions ?? {}) as Extensions;
  const message = rest.reason === 'QUERY_INVALID' ? error.message : refusalText(labels, locale, rest.reason, params);
  const told = violations.map(({ params: own = {}, ...violation }) => ({
    ...violation,
    message: refusalText(labels, locale, violation.reason, own),
  }));
  return { ...error, message, extensions: { ...rest, violations: told } };
}

/** Puts the texts of refusals into the language of the request. */
export const localizeErrors = (labels: Labels): ApolloServerPlugin<Context> => ({
  requestDidStart: async () => ({
    willSendResponse: async ({ response, contextValue }) => {
      if (response.body.kind !== 'single' || response.body.singleResult.errors === undefined) return;
      const { errors } = response.body.singleResult;
      response.body.singleResult.errors = errors.map((error) => localized(error, labels, contextValue.locale));
    },
  }),
});
