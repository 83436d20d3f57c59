import { withoutValues } from '@steward/core';
import { GraphQLError, Lexer, TokenKind, type Source } from 'graphql';

/** What stands in the place of a name that was not asked for. */
const HIDDEN = '"…"';

/**
 * A fault in words that name nothing of the schema but what the operation itself names: GraphQL's own go on to the
 * types around it, and to arguments and fields that it should have had.
 */
export function withoutSchema(message: string, document: Source | undefined): string {
  const asked = document === undefined ? nothing : namesIn(document);
  const isAsked = (quoted: string): boolean => (quoted.match(/\w+/g) ?? []).every((word) => asked.has(word));
  return withoutValues(message)
    .replace(/^[A-Z]\w* cannot represent .*$/s, 'A value does not fit its type.')
    .replaceAll(/"([^"]*)"/g, (quoted, name: string) => (isAsked(name) ? quoted : HIDDEN));
}

/** Of a variable that does not fit: where, and no more. */
export const placeOfFault = (message: string): string => withoutValues(message).replace(/; .*$/s, '.');

const nothing: ReadonlySet<string> = new Set();
/** A document may have a hundred faults, and is read once. */
const known = new WeakMap<Source, ReadonlySet<string>>();

function namesIn(document: Source): ReadonlySet<string> {
  const names = known.get(document) ?? new Set(namesOf(document));
  known.set(document, names);
  return names;
}

/** Of a document that cannot be read to its end: those that come before. */
function* namesOf(document: Source): Generator<string> {
  const lexer = new Lexer(document);
  try {
    for (let token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance())
      if (token.kind === TokenKind.NAME) yield token.value;
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
  }
}
