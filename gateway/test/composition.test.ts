import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { compose } from '../src/compose.ts';
import { readSupergraph } from '../src/supergraph.ts';

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])';
const common = 'type Money @shareable {\n  amount: Int!\n}\n';
const orders = `${link}\ntype Query {\n  order: Order\n}\ntype Order @key(fields: "id") {\n  id: ID!\n  price: Money\n}\n`;
const people = `${link}\ntype Query {\n  person: ID\n}\ntype Order @key(fields: "id") {\n  id: ID!\n  assignee: ID\n}\n`;

let root: string;
const write = (file: string, text: string): void => {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
};
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'steward-compose-'));
  write('packages/service-kit/common.graphql', common);
  write('services/people/schema.graphql', people);
  write('services/orders/schema.graphql', orders);
  write('services/no-schema-yet/README.md', '');
  write('gateway/README.md', '');
});
afterEach(() => rmSync(root, { recursive: true }));

const supergraph = (): string => readFileSync(join(root, 'gateway/supergraph.graphql'), 'utf8');

test('the supergraph names its services, and no address of theirs', async () => {
  expect(compose(root, false)).toEqual({ isFailure: false, output: 'gateway/supergraph.graphql written.' });
  expect((await readSupergraph(join(root, 'gateway/supergraph.graphql'))).services).toEqual(['orders', 'people']);
  expect(supergraph()).toContain('url: "http://orders.subgraph.invalid/graphql"');
});

test('the same services give the same text', () => {
  compose(root, false);
  const first = supergraph();
  rmSync(join(root, 'services'), { recursive: true });
  write('services/orders/schema.graphql', orders);
  write('services/people/schema.graphql', people);
  compose(root, false);
  expect(supergraph()).toBe(first);
});

test('--check tells a drift, and writes nothing', () => {
  compose(root, false);
  expect(compose(root, true)).toEqual({ isFailure: false, output: 'gateway/supergraph.graphql is up to date.' });
  const before = supergraph();
  write('services/orders/schema.graphql', orders.replace('price: Money', 'price: Money\n  title: String'));
  expect(compose(root, true)).toEqual({
    isFailure: true,
    output: 'gateway/supergraph.graphql has drifted from the services: run `npm run compose`.',
  });
  expect(supergraph()).toBe(before);
});

describe('errors name subgraph, file and line', () => {
  test('of a schema that does not compose with another', () => {
    write('services/people/schema.graphql', people.replace('assignee: ID', 'price: Int @shareable'));
    const { isFailure, output } = compose(root, false);
    expect(isFailure).toBe(true);
    expect(output).toContain('"Order.price"');
    expect(output).toContain('\n  orders: services/orders/schema.graphql:7');
    expect(output).toContain('\n  people: services/people/schema.graphql:7');
  });

  test('of a schema wrong in itself', () => {
    write('services/people/schema.graphql', people.replace('fields: "id"', 'fields: "nope"'));
    expect(compose(root, false).output).toMatch(
      /KEY_INVALID_FIELDS.*"nope"[\s\S]*people: services\/people\/schema.graphql:5/,
    );
  });

  test('of a text that is no schema, and every one of them', () => {
    write('services/people/schema.graphql', `${people}\ntype {`);
    write('services/orders/schema.graphql', '}');
    const { output } = compose(root, false);
    expect(output).toContain('services/people/schema.graphql:10');
    expect(output).toContain('services/orders/schema.graphql:1');
  });

  test('of the shared types, once for all services', () => {
    write('packages/service-kit/common.graphql', `${common}type Odd @unknown { a: Int }\n`);
    const { output } = compose(root, false);
    expect(output.match(/Unknown directive/g)).toHaveLength(1);
    expect(output).toContain('orders: packages/service-kit/common.graphql:4');
    expect(output).toContain('people: packages/service-kit/common.graphql:4');
  });
});
