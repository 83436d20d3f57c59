import type { Request } from 'express';
import { RefusalError } from './refusal.ts';

/** What a request asks for, as it came: nothing of it has been judged. */
export type AskedOperation = {
  query?: unknown;
  operationName?: unknown;
  variables?: unknown;
  extensions?: { persistedQuery?: { sha256Hash?: unknown } } | null;
  documentId?: unknown;
};

const parameters = new Set(['query', 'operationName', 'variables', 'extensions', 'documentId']);
const holdsJson = new Set(['variables', 'extensions']);

/** The one reading of a request: whoever judges it and whoever runs it see the same. */
export function readOperation({ method, url, body }: Request): AskedOperation {
  if (method !== 'GET') return body as AskedOperation;
  const asked: Record<string, unknown> = {};
  const at = url.indexOf('?');
  for (const [name, value] of new URLSearchParams(at < 0 ? '' : url.slice(at))) {
    if (!parameters.has(name)) throw invalid('A parameter is not known.');
    if (Object.hasOwn(asked, name)) throw invalid(`The parameter ${name} may be given once.`);
    asked[name] = holdsJson.has(name) ? parsed(name, value) : value;
  }
  return asked;
}

/** Puts in the URL of a GET what was read and judged, since the server reads that again. */
export function writeOperation(
  request: Request,
  { query, operationName, variables, extensions }: AskedOperation,
): void {
  if (request.method !== 'GET') return;
  const json = (value: unknown): string | undefined => (value === undefined ? undefined : JSON.stringify(value));
  const all = { query, operationName, variables: json(variables), extensions: json(extensions) };
  const given = Object.entries(all).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  request.url = `/?${new URLSearchParams(given).toString()}`;
}

function parsed(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid(`The parameter ${name} is not valid JSON.`);
  }
}

const invalid = (detail: string): RefusalError =>
  new RefusalError({ code: 'BAD_USER_INPUT', reason: 'REQUEST_INVALID', params: { detail } }, { status: 400 });
