import type { Log } from '@steward/core';
import type { Request } from 'express';
import type { AskedOperation } from './asked-operation.ts';
import { RefusalError } from './refusal.ts';
import { normalised, operationId, type ClientVersion, type RegisteredOperations } from './registered-operations.ts';
import { currentScope } from './request-scope.ts';

export type OperationsMode = 'off' | 'log' | 'enforce';

const header = (request: Request, name: string): string => request.header(name)?.slice(0, 200) ?? '';
const clientOf = (request: Request): ClientVersion => ({
  tenantId: currentScope().viewer?.tenantId ?? '',
  client: header(request, 'apollographql-client-name'),
  version: header(request, 'apollographql-client-version'),
});

/**
 * Finds a request's operation among those registered for its client and version, and puts the registered text in the
 * place of its id or text. One that is not registered is refused (`enforce`) or logged by its id alone (`log`).
 */
export function createAdmission(mode: OperationsMode, operations: RegisteredOperations, log: Log) {
  return (request: Request, asked: AskedOperation): void => {
    const id = idOf(asked);
    const of = clientOf(request);
    const found = id === undefined ? undefined : operations.find(of, id);
    if (found !== undefined) return takeRegistered(asked, found.text);
    // Neither id nor text: the server says what is wrong with the request.
    if (mode === 'enforce') throw notRegistered();
    if (id !== undefined) log.warn({ ...of, operation: id }, 'an operation is not registered');
    // An id alone cannot be run without its text.
    if (typeof asked.query !== 'string' && id !== undefined) throw notRegistered();
  };
}

const notRegistered = (): RefusalError =>
  new RefusalError({ code: 'FORBIDDEN', reason: 'OPERATION_NOT_REGISTERED' }, { status: 403 });

/** The id that the request names, or that of its text; the text decides where both are given. */
function idOf({ query, documentId, extensions }: AskedOperation): string | undefined {
  if (typeof query === 'string') {
    try {
      return operationId(normalised(query));
    } catch {
      return undefined;
    }
  }
  const named = documentId ?? extensions?.persistedQuery?.sha256Hash;
  return typeof named === 'string' ? named.replace(/^sha256:/, '') : undefined;
}

function takeRegistered(asked: AskedOperation, text: string): void {
  asked.query = text;
  delete asked.documentId;
  delete asked.extensions?.persistedQuery;
}
