import { afterEach, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { acceptBaseline } from './accept-baseline.ts';
import { apiSchema } from './api-schema.ts';
import { breakingChanges } from './breaking-changes.ts';
import { acceptedContract, presentContract } from './contract-files.ts';
import { temporaryTree, writeTree } from './temporary-tree.ts';

const supergraph = (fields: string): string => `
  schema @link(url: "https://specs.apollo.dev/link/v1.0") { query: Query }
  directive @link(url: String) repeatable on SCHEMA
  directive @join__type(graph: join__Graph!) repeatable on OBJECT
  enum join__Graph { HR @join__graph(name: "hr", url: "") }
  scalar link__Import
  type Query @join__type(graph: HR) { staff(id: ID!): Staff }
  type Staff @join__type(graph: HR) { ${fields} hidden: String @inaccessible old: String @deprecated(reason: "x") }`;

const tree = (fields: string): Record<string, string> => ({
  'gateway/supergraph.graphql': supergraph(fields),
  'services/hr/package.json': '{}',
  'services/hr/schema.graphql': `type Staff { ${fields} }`,
});

let remove = (): void => {};
afterEach(() => remove());

function acceptedTree(fields: string): string {
  const made = temporaryTree(tree(fields));
  remove = made.remove;
  acceptBaseline(made.root, 'first', '2026-01-01');
  return made.root;
}

function broken(root: string): string[] {
  const accepted = acceptedContract(root);
  if (accepted === null) throw new Error('nothing accepted');
  return breakingChanges(accepted, presentContract(root)).map(
    ({ description, services }) => `${description} (${services.join()})`,
  );
}

test('the API has neither what federation adds nor what is inaccessible, and keeps deprecations', () => {
  const schema = apiSchema(supergraph('name: String'));
  expect(Object.keys(schema.getTypeMap())).not.toContain('join__Graph');
  const staff = schema.getType('Staff');
  expect(staff && 'getFields' in staff ? Object.keys(staff.getFields()) : []).toEqual(['name', 'old']);
});

describe('against the accepted schema', () => {
  test('an added field breaks nothing', () => {
    const root = acceptedTree('name: String');
    writeTree(root, tree('name: String number: String'));
    expect(broken(root)).toEqual([]);
  });

  test.each([
    ['a removed field', 'number: String', 'Staff.name was removed. (hr)'],
    ['a changed type', 'name: Int', 'Staff.name changed type from String to Int. (hr)'],
    ['a required argument', 'name(of: ID!): String', 'A required arg of on Staff.name was added. (hr)'],
  ])('%s breaks clients of that service', (_name, fields, message) => {
    const root = acceptedTree('name: String');
    writeTree(root, tree(fields));
    expect(broken(root)).toEqual([message]);
  });

  test('accepting moves the baseline and writes the reason and the breaks, newest first', () => {
    const root = acceptedTree('name: String');
    writeTree(root, tree('number: String'));
    acceptBaseline(root, 'names are private', '2026-02-01');
    expect(broken(root)).toEqual([]);
    const changelog = readFileSync(join(root, 'infra/baselines/CHANGELOG.md'), 'utf8');
    expect(changelog).toContain('## 2026-02-01: names are private\n\n- breaks: Staff.name was removed. (hr)\n');
    expect(changelog.indexOf('2026-02-01')).toBeLessThan(changelog.indexOf('## 2026-01-01: first'));
  });
});
