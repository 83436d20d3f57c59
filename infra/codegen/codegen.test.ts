import { afterEach, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { repoRoot } from '../check/workspaces.ts';
import { temporaryTree, writeTree } from '../check/temporary-tree.ts';
import { generateTypes } from './codegen.ts';

const common = 'directive @pii on FIELD_DEFINITION\nscalar DateTime\nscalar LocalDate\nscalar MinorUnits';

const service = {
  'schema.graphql': `
    extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
    type Query { workOrder(id: ID!): WorkOrder }
    type Mutation { assignWorkOrder(input: AssignWorkOrderInput!): AssignWorkOrderPayload! }
    input AssignWorkOrderInput { id: ID!, on: LocalDate, expectedVersion: Int }
    type AssignWorkOrderPayload { workOrder: WorkOrder! }
    enum WorkOrderStatus { OPEN CLOSED }
    type WorkOrder @key(fields: "id") { id: ID!, status: WorkOrderStatus!, createdAt: DateTime!, household: Household }
    extend type Household @key(fields: "id", resolvable: false) { id: ID! }`,
  'src/domain/work-order.ts': `export type WorkOrder = { id: string; state: 'OPEN' | 'CLOSED' };`,
  'src/resolvers.ts': `
    import type { Resolvers } from './graphql/generated.ts';
    export const resolvers: Resolvers = {
      Query: { workOrder: async (_parent, { id }) => ({ id, state: 'OPEN' }) },
      Mutation: { assignWorkOrder: async (_parent, { input }) => ({ workOrder: { id: input.id, state: 'CLOSED' } }) },
      WorkOrder: { status: (row) => row.state, household: () => ({ id: 'h' }), createdAt: () => new Date(0) },
    };`,
  'package.json': JSON.stringify({ type: 'module' }),
  'kit.ts': 'export type Context = { viewer: string };',
  'tsconfig.json': JSON.stringify({
    extends: join(repoRoot, 'tsconfig.base.json'),
    include: ['src'],
    compilerOptions: {
      types: [],
      paths: { '@steward/service-kit': ['./kit.ts'] },
    },
  }),
};

let remove = (): void => {};
afterEach(() => remove());

async function compile(change: Record<string, string>): Promise<string> {
  const tree = temporaryTree({ ...service, ...change });
  remove = tree.remove;
  symlinkSync(join(repoRoot, 'node_modules'), join(tree.root, 'node_modules'));
  writeTree(tree.root, { 'src/graphql/generated.ts': await generateTypes(tree.root, common) });
  return spawnSync(join(repoRoot, 'node_modules/.bin/tsc'), ['-p', tree.root], { encoding: 'utf8' }).stdout;
}

test('generated types pass the strict compiler and type the resolvers by the rows of the domain', async () => {
  expect(await compile({})).toBe('');
});

test('a resolver that returns another shape than the row does not compile', async () => {
  const resolvers = service['src/resolvers.ts'].replace(`state: 'CLOSED'`, `state: 'LOST'`);
  expect(await compile({ 'src/resolvers.ts': resolvers })).toContain('TS2322');
});

test('the row of an object type is the domain type of its name, unless graphql/mappers.ts has one', async () => {
  const tree = temporaryTree({
    'schema.graphql':
      'type Query { team: Team, staff: Staff, post: Post }\ntype Team { id: ID! } type Staff { id: ID! } type Post { id: ID! }',
    'src/domain/team.ts':
      'export interface Team { id: string }\nexport type Staff = { id: string };\nexport type Unused = string;',
    'src/domain/post.test.ts': 'export type Post = string;',
    'src/graphql/mappers.ts': 'export type Staff = { id: string };',
  });
  remove = tree.remove;
  const imports = (await generateTypes(tree.root, common)).split('\n').filter((line) => line.includes('Row } from'));
  expect(imports.toSorted()).toEqual([
    `import type { Staff as StaffRow } from './mappers.ts';`,
    `import type { Team as TeamRow } from '../domain/team.ts';`,
  ]);
});
