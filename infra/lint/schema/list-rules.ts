import { hasDirective, type SchemaField, type SchemaType } from './schema-model.ts';
import type { SchemaRule } from './schema-rule.ts';

/** A page of a list always has the same four fields. */
export const connectionShape: SchemaRule = (type, complain) => {
  if (!type.name.endsWith('Connection')) return;
  const node = type.name.replace(/Connection$/, '');
  const wanted: Record<string, (field: SchemaField) => boolean> = {
    edges: (field) => field.isList && field.isNonNull && field.type.endsWith('Edge'),
    nodes: (field) => field.isList && field.isNonNull,
    pageInfo: (field) => field.type === 'PageInfo' && field.isNonNull,
    totalCount: (field) => field.type === 'Int',
  };
  for (const [name, fits] of Object.entries(wanted)) {
    const field = type.fields.find((candidate) => candidate.name === name);
    if (!field || !fits(field)) complain(type, `${type.name} has no ${name} of a connection of ${node}`);
  }
};

/** Feeds come newest first: what the viewer was told, and what operators have to decide about. */
const feeds = new Map([
  ['NotificationConnection', ['first', 'after']],
  ['ParkedEventConnection', ['first', 'after', 'filter']],
]);

/**
 * Whoever answers a connection can be asked for a page of it; a root list can be filtered and ordered as well, but for
 * feeds.
 */
export const listArguments: SchemaRule = (type, complain) => {
  if (type.kind !== 'object') return;
  for (const field of type.fields.filter((candidate) => candidate.type.endsWith('Connection'))) {
    const ofRoot = feeds.get(field.type.replaceAll('!', '')) ?? ['first', 'after', 'filter', 'orderBy'];
    const wanted = type.name === 'Query' ? ofRoot : ['first', 'after'];
    const missing = wanted.filter((name) => !field.args.some((argument) => argument.name === name));
    if (missing.length > 0) complain(field, `${type.name}.${field.name} takes no ${missing.join(', ')}`);
  }
};

/** A root list of entities grows with the company, so it comes in pages. */
export const rootListsArePaged: SchemaRule = (type, complain, schema) => {
  if (type.name !== 'Query') return;
  for (const field of type.fields) {
    const element = schema.types.find(({ name }) => name === field.type);
    if (field.isList && element && isEntity(element)) {
      complain(field, `Query.${field.name} is a list of entities; answer a ${field.type}Connection!`);
    }
  }
};

function isEntity(type: SchemaType): boolean {
  return hasDirective(type, 'key');
}
