import type { Finding } from '../finding.ts';
import { deprecations, docstrings } from './docstring-rules.ts';
import { aggregateFields, foreignIsNullable, keys, noCompany, noIdBesideObject } from './entity-rules.ts';
import { connectionShape, listArguments, rootListsArePaged } from './list-rules.ts';
import { mutationShape, rootFields } from './mutation-rules.ts';
import { names, noFloat, suffixesOfTypes } from './naming-rules.ts';
import { personalIsMarked } from './personal-rules.ts';
import type { Schema } from './schema-model.ts';
import type { SchemaRule } from './schema-rule.ts';

const always: SchemaRule[] = [docstrings, deprecations, names, noFloat, noCompany];

const ofServices: SchemaRule[] = [
  suffixesOfTypes,
  mutationShape,
  rootFields,
  connectionShape,
  listArguments,
  rootListsArePaged,
  keys,
  foreignIsNullable,
  aggregateFields,
  noIdBesideObject,
  personalIsMarked,
];

/**
 * What one schema.graphql breaks of the conventions. `shared` marks common.graphql: frozen, and partly worded by the
 * Relay specification (hasNextPage), so only what every schema owes is asked of it.
 */
export function checkSchema(schema: Schema, { shared = false } = {}): Finding[] {
  const findings: Finding[] = [];
  for (const type of schema.types) {
    for (const rule of shared ? always : [...always, ...ofServices]) {
      rule(type, (at, message) => findings.push({ file: schema.file, line: at.line, message }), schema);
    }
  }
  return findings;
}
