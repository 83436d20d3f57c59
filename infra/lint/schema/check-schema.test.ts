import { describe, expect, test } from '@jest/globals';
import { checkSchema } from './check-schema.ts';
import { idleReasons } from './personal-rules.ts';
import { readSchema } from './schema-model.ts';

const sound = `
type Query {
  "One work order."
  workOrder(id: ID!): WorkOrder
  "Work orders."
  workOrders(first: Int! = 20, after: String, filter: WorkOrderFilter, orderBy: WorkOrderOrder): WorkOrderConnection!
}
type Mutation {
  "Assigns it."
  assignWorkOrder(input: AssignWorkOrderInput!): AssignWorkOrderPayload!
}
"Input."
input AssignWorkOrderInput {
  "Retry key."
  idempotencyKey: String
  "Version read."
  expectedVersion: Int
  "Which."
  id: ID!
}
"Answer."
type AssignWorkOrderPayload {
  "After."
  workOrder: WorkOrder!
}
"Filter."
input WorkOrderFilter {
  "Bound."
  dueBefore: DateTime
}
"Order."
enum WorkOrderOrder { NUMBER }
"Page."
type WorkOrderConnection {
  "Edges." edges: [WorkOrderEdge!]!
  "Nodes." nodes: [WorkOrder!]!
  "Page." pageInfo: PageInfo!
  "All." totalCount: Int!
}
"Edge."
type WorkOrderEdge {
  "Cursor." cursor: String!
  "Node." node: WorkOrder!
}
"Work order."
type WorkOrder @key(fields: "id") {
  "Id." id: ID!
  "Number." number: String!
  "Version." version: Int!
  "Created." createdAt: DateTime!
  "Actions." availableActions: [AvailableAction!]!
  "History." history(first: Int, after: String): ChangeConnection!
  "Household." household: Household
}
extend type Household @key(fields: "id", resolvable: false) { id: ID! }
`;

const complaints = (sdl: string): string[] =>
  checkSchema(readSchema('services/work-orders/schema.graphql', 'work-orders', sdl)).map(({ message }) => message);

test('a schema that keeps the conventions has no findings', () => {
  expect(complaints(sound)).toEqual([]);
});

describe('a broken convention is found', () => {
  const replaced: [string, string, string, RegExp][] = [
    ['a type without docstring', '"Order."\nenum', 'enum', /WorkOrderOrder has no docstring/],
    ['a field without docstring', '"Household." household', 'household', /household has no docstring/],
    ['an input without key', 'idempotencyKey: String', 'key: String', /no idempotencyKey: String/],
    ['a required key', 'idempotencyKey: String', 'idempotencyKey: String!', /no idempotencyKey: String/],
    ['no expected version', 'expectedVersion: Int', 'expected: Int', /no expectedVersion: Int/],
    [
      'another input',
      'assignWorkOrder(input: AssignWorkOrderInput!)',
      'assignWorkOrder(id: ID!)',
      /takes \(input: Assign/,
    ],
    ['a nullable payload', 'AssignWorkOrderPayload!', 'AssignWorkOrderPayload', /answers AssignWorkOrderPayload!/],
    ['a mutation that is no verb and noun', 'assignWorkOrder(', 'assign(', /assign is not verbNoun/],
    ['an ok field', '"After."', '"Fine." ok: Boolean! "After."', /refusals are errors/],
    ['a list without filter', 'filter: WorkOrderFilter, ', '', /takes no filter/],
    ['an inner list without after', 'history(first: Int, after: String)', 'history(first: Int)', /takes no after/],
    ['a connection without count', '"All." totalCount: Int!', '', /has no totalCount/],
    [
      'an unpaged list',
      'orderBy: WorkOrderOrder): WorkOrderConnection!',
      'orderBy: WorkOrderOrder): [WorkOrder!]!',
      /list of entities/,
    ],
    ['a key that is not the id', '@key(fields: "id") {', '@key(fields: "number") {', /the key is @key/],
    ['a stub that claims to resolve', ', resolvable: false', '', /is a stub here/],
    ['a required reference', 'household: Household', 'household: Household!', /answered by residents: nullable/],
    [
      'an aggregate without actions',
      '"Actions." availableActions: [AvailableAction!]!',
      '',
      /without availableActions/,
    ],
    ['an id beside its object', '"Household." ', '"Id." householdId: ID "Household." ', /stands beside household/],
    ['a tenant', '"Household." ', '"Tenant." tenantId: ID "Household." ', /comes from identity/],
    ['a time without At', 'createdAt: DateTime!', 'createdAt: DateTime! "Due." due: DateTime', /named somethingAt/],
    ['a day without On', '"Household." ', '"Day." day: LocalDate "Household." ', /named somethingOn/],
    ['an At that is no time', '"Household." ', '"Sent." sentAt: String "Household." ', /name of a DateTime/],
    ['a truth value without is', '"Household." ', '"Paid." paid: Boolean "Household." ', /named isSomething/],
    ['a count that is no number', '"Household." ', '"Count." photoCount: String "Household." ', /name of a Int/],
    ['a Float', '"Household." ', '"Area." area: Float "Household." ', /no Float/],
    ['a Float argument', '(id: ID!)', '(id: ID!, area: Float)', /no Float/],
    ['a bare noun', '"Order."', '"Status." enum Status { OPEN }\n"Order."', /Status stands alone/],
    ['a value in lower case', '{ NUMBER }', '{ number }', /not UPPER_SNAKE/],
    ['a personal value', '"Household." ', '"Who." contactName: String "Household." ', /contactName sounds personal/],
    ['personal words', '"Which."', '"Why." note: String "Which."', /AssignWorkOrderInput.note sounds personal/],
    ['a day of birth', '"Household." ', '"Born." bornOn: LocalDate "Household." ', /bornOn sounds personal/],
    ['a field in snake case', '"Household." ', '"Unit." unit_name: String "Household." ', /not camelCase/],
    [
      'a shareable root field',
      'workOrder(id: ID!): WorkOrder',
      'workOrder(id: ID!): WorkOrder @shareable',
      /not @shareable/,
    ],
    ['node(id)', '"One work order."', '"Any." node(id: ID!): WorkOrder\n"One work order."', /no node\(id\)/],
    [
      'deprecation without a day',
      'household: Household',
      'household: Household @deprecated(reason: "old")',
      /deprecated without/,
    ],
    [
      'more than a list on a foreign entity',
      '{ id: ID! }',
      '{ id: ID! "Sum." openCount: Int }',
      /only lists of its own aggregates/,
    ],
  ];

  test.each(replaced)('%s', (_name, from, to, message) => {
    const sdl = sound.replace(from, to);
    expect(sdl).not.toBe(sound);
    expect(complaints(sdl)).toContainEqual(expect.stringMatching(message));
  });
});

describe('what sounds personal', () => {
  const said = (sdl: string) => readSchema('x.graphql', 'x', `type Order { ${sdl} }`);

  test.each([
    ['is marked', '"Who." contactName: String @pii'],
    ['is masked', '"Who." contactNameMasked: String'],
    ['holds no value', '"Whose." person: Person "Why." reason: Code'],
    ['is no value of people by a listed reason', '"Day." day: Int } type PaidService { "What." name: String'],
  ])('is no finding when it %s', (_name, sdl) => {
    const found = checkSchema(said(sdl)).map(({ message }) => message);
    expect(found.filter((message) => message.includes('sounds personal'))).toEqual([]);
  });

  test('needs no reason any more once the field is marked or gone', () => {
    const listed = ['Order.name', 'Order.text'].map((pattern) => ({ pattern, fits: new RegExp(`^${pattern}$`) }));
    expect(idleReasons([said('"A." name: String "B." text: String')], listed)).toEqual([]);
    expect(idleReasons([said('"A." name: String "B." text: String @pii')], listed)).toEqual(['Order.text']);
  });
});

test('a finding points at the line', () => {
  const schema = readSchema('x.graphql', 'hr', '"Doc."\ntype Staff {\n  code: String\n}');
  expect(checkSchema(schema)).toEqual([{ file: 'x.graphql', line: 3, message: 'Staff.code has no docstring' }]);
});
