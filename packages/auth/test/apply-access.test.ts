import { beforeEach, describe, expect, test } from '@jest/globals';
import { DomainError } from '@steward/core';
import { buildSchema, graphql, subscribe, parse, type GraphQLSchema } from 'graphql';
import {
  AccessTableError,
  applyAccess,
  systemViewer,
  uncoveredFields,
  type AccessPolicy,
  type SubjectOf,
  type Viewer,
} from '../src/index.ts';
import { aResident, aViewer, ids } from './a-viewer.ts';

const sdl = /* GraphQL */ `
  scalar _Any
  union _Entity = Order | Echo
  type Query {
    order(id: ID): Order
    things: [Thing!]
    anything: Either
    secret: String
    _entities(representations: [_Any!]!): [_Entity]!
  }
  type Mutation {
    assign: Order!
  }
  type Subscription {
    orderChanged: Order
  }
  interface Thing {
    id: ID!
  }
  union Either = Order | Note
  type Order implements Thing {
    id: ID!
    phone: String
    cost: Int!
    place: Place
    note: Note
  }
  type Place {
    street: String
  }
  type Note implements Thing {
    id: ID!
    text: String
  }
  type Echo {
    id: ID!
  }
`;

type Row = {
  __typename?: string;
  id: string;
  householdIds?: string[];
  communityId?: string;
  phone?: string;
  cost?: number;
  place?: { street: string };
  note?: Row;
  text?: string;
};
type Ctx = { viewer: Viewer };

const policy: AccessPolicy = {
  'Query.order': 'authenticated',
  'Query.things': 'authenticated',
  'Query.anything': 'authenticated',
  'Query.secret': [{ roles: ['director'], relation: 'tenant' }],
  'Mutation.assign': [{ roles: ['supervisor'], relation: 'own' }],
  Subscription: [{ roles: ['supervisor', 'resident'], relation: 'community' }],
  Order: [
    { roles: ['resident'], relation: 'own' },
    { roles: ['clerk', 'supervisor'], relation: 'community' },
  ],
  'Order.phone': [{ roles: ['supervisor'], relation: 'community' }],
  'Order.cost': [{ roles: ['supervisor'], relation: 'community' }],
  Place: 'inherit',
  Note: 'nobody',
  Echo: 'inherit',
};
const subjectOf: SubjectOf = {
  Order: ({ householdIds, communityId }: Row) => ({ householdIds, communityId }),
};

const order: Row = {
  __typename: 'Order',
  id: '1',
  communityId: ids.here,
  householdIds: [ids.household],
  phone: '138',
  cost: 5,
  place: { street: 'Nanjing Road' },
  note: { __typename: 'Note', id: 'n', text: 'hush' },
};

let askedForHouseholds = 0;
beforeEach(() => {
  askedForHouseholds = 0;
});

/** The households are those of `ids.person`. */
const ownOf = async ({ viewer }: Ctx) => {
  askedForHouseholds += 1;
  return { householdIds: viewer.personId === ids.person ? [ids.household] : [] };
};

function build(resolvers: { Query?: object } = {}, table = policy, subjects = subjectOf): GraphQLSchema {
  const schema = buildSchema(sdl);
  Object.assign(schema.getQueryType()?.getFields()['_entities'] ?? {}, {
    resolve: (_source: unknown, { representations }: { representations: Row[] }) => representations.map(load),
  });
  Object.assign(schema.getSubscriptionType()?.getFields()['orderChanged'] ?? {}, {
    subscribe: async function* () {
      yield { orderChanged: order };
    },
  });
  return Object.assign(applyAccess(schema, table, subjects, ownOf), resolvers);
}

const load = (reference: Row): unknown => {
  if (reference.id === 'broken') return Promise.reject(new Error('no database'));
  if (reference.id === 'gone') return null;
  return reference.__typename === 'Order' ? Promise.resolve({ ...order, id: reference.id }) : reference;
};

const schema = build();
const root = { order, things: [order, order.note], anything: order, secret: 's', assign: order };
const ask = (source: string, viewer: Viewer | undefined, variableValues = {}, on = schema) =>
  graphql({ schema: on, source, rootValue: root, contextValue: { viewer }, variableValues });
const codes = (result: Awaited<ReturnType<typeof ask>>) =>
  (result.errors ?? []).map(({ path, originalError }) => [
    path?.join('.'),
    originalError instanceof DomainError && originalError.reason,
  ]);

const clerk = aViewer();
const supervisor = aViewer({ roles: ['supervisor'] });
const guard = aViewer({ roles: ['guard'] });
const resident = aResident();
const neighbour = aResident({ personId: ids.otherPerson });
const clerkElsewhere = aViewer({ communityIds: [ids.elsewhere] });

describe('an object', () => {
  test.each([
    ['clerk of the community', clerk, true],
    ['supervisor of the community', supervisor, true],
    ['resident of the household', resident, true],
    ['resident of another household', neighbour, false],
    ['clerk of another community', clerkElsewhere, false],
    ['guard, whom no row names', guard, false],
    ['the system', systemViewer(ids.tenant, 'x'), true],
  ] as const)('is judged by its type: %s', async (_name, viewer, seen) => {
    const result = await ask('{ order { id } }', viewer);
    // A look-up of what the viewer may not see answers as if there were nothing, without an error that tells otherwise.
    expect(result).toEqual({ data: { order: seen ? { id: '1' } : null } });
  });

  test('reached through an interface or a union is judged the same', async () => {
    const result = await ask('{ things { id } anything { ... on Order { id } } }', neighbour);
    expect(result.data).toEqual({ things: null, anything: null });
    expect(codes(result)).toEqual([
      [expect.stringMatching(/^things\.\d\.id$/), 'ACCESS_DENIED'],
      ['anything.id', 'ACCESS_DENIED'],
    ]);
  });

  test('costs one look for all its fields, and households are asked only where they decide', async () => {
    await ask('{ order { id a: id b: id place { street } } }', resident);
    expect(askedForHouseholds).toBe(1);
    await ask('{ order { id a: id b: id } }', clerk);
    expect(askedForHouseholds).toBe(1);
  });

  test('may load its subject', async () => {
    const slow: SubjectOf = { Order: async ({ id }: Row) => (id === '1' ? { communityId: ids.here } : null) };
    const on = build({}, policy, slow);
    expect((await ask('{ order { id } }', clerk, {}, on)).data).toEqual({ order: { id: '1' } });
    expect((await ask('{ order { id } }', resident, {}, on)).data).toEqual({ order: null });
  });
});

describe('a field with a row of its own', () => {
  test('is null without an error where it may be null', async () => {
    expect(await ask('{ order { id phone } }', clerk)).toEqual({ data: { order: { id: '1', phone: null } } });
    expect(await ask('{ order { id phone } }', supervisor)).toEqual({ data: { order: { id: '1', phone: '138' } } });
  });

  test('is an error where it may not be null', async () => {
    const result = await ask('{ order { id cost } }', clerk);
    expect(result.data).toEqual({ order: null });
    expect(codes(result)).toEqual([['order.cost', 'ACCESS_DENIED']]);
    expect((await ask('{ order { cost } }', supervisor)).data).toEqual({ order: { cost: 5 } });
  });
});

describe('special rows', () => {
  test("'inherit' is guarded by the holder alone", async () => {
    expect((await ask('{ order { place { street } } }', clerk)).data).toEqual({
      order: { place: { street: 'Nanjing Road' } },
    });
    expect((await ask('{ order { place { street } } }', neighbour)).data).toEqual({ order: null });
  });

  test("'nobody' is for the system", async () => {
    expect(codes(await ask('{ order { note { text } } }', supervisor))).toEqual([['order.note.text', 'ACCESS_DENIED']]);
    const bySystem = await ask('{ order { note { text } } }', systemViewer(ids.tenant, 'x'));
    expect(bySystem.data).toEqual({ order: { note: { text: 'hush' } } });
  });
});

describe('root fields are judged by role', () => {
  test('queries', async () => {
    expect(codes(await ask('{ secret }', clerk))).toEqual([['secret', 'ACCESS_DENIED']]);
    expect((await ask('{ secret }', aViewer({ roles: ['director'] }))).data).toEqual({ secret: 's' });
  });

  test('mutations, whatever the relation', async () => {
    expect(codes(await ask('mutation { assign { id } }', clerk))).toEqual([['assign', 'ACCESS_DENIED']]);
    expect((await ask('mutation { assign { id } }', supervisor)).data).toEqual({ assign: { id: '1' } });
  });

  test('subscriptions, before the first message', async () => {
    const open = (viewer: Viewer) =>
      subscribe({ schema, document: parse('subscription { orderChanged { id } }'), contextValue: { viewer } });
    expect(await open(clerk)).toMatchObject({ errors: [{ originalError: { reason: 'ACCESS_DENIED' } }] });
    const stream = (await open(resident)) as AsyncGenerator;
    expect((await stream.next()).value).toEqual({ data: { orderChanged: { id: '1' } } });
    await stream.return(undefined);
  });

  test('without a viewer nothing is answered', async () => {
    expect(codes(await ask('{ order { id } }', undefined))).toEqual([['order', 'IDENTITY_REQUIRED']]);
  });
});

describe('_entities', () => {
  const source =
    'query ($r: [_Any!]!) { _entities(representations: $r) { __typename ... on Order { id } ... on Echo { id } } }';
  const references = (...list: [string, string][]) => ({ r: list.map(([__typename, id]) => ({ __typename, id })) });

  test('answers null for what the viewer may not see, as for what does not exist', async () => {
    const wanted = references(['Order', '1'], ['Order', 'gone']);
    expect(await ask(source, resident, wanted)).toEqual({
      data: { _entities: [{ __typename: 'Order', id: '1' }, null] },
    });
    expect(await ask(source, neighbour, wanted)).toEqual({ data: { _entities: [null, null] } });
    expect(await ask(source, guard, wanted)).toEqual({ data: { _entities: [null, null] } });
  });

  test('what is fetched for another field (@requires) is judged as if it were asked for', async () => {
    const phone = (by: Viewer) => ask(source.replace('{ id }', '{ phone }'), by, references(['Order', '1']));
    expect(JSON.stringify(await Promise.all([phone(supervisor), phone(clerk)]))).toMatch(/"138".*"phone":null/);
  });
  test('lets an echo of a key through, and one failure costs one entity', async () => {
    const result = await ask(source, guard, references(['Echo', '9'], ['Order', 'broken']));
    expect(result.data).toEqual({ _entities: [{ __typename: 'Echo', id: '9' }, null] });
    expect(result.errors).toHaveLength(1);
  });
});

describe('a table that does not fit stops the service', () => {
  const without = (...keys: string[]) =>
    Object.fromEntries(Object.entries(policy).filter(([key]) => !keys.includes(key)));
  const fault = (table: AccessPolicy, subjects = subjectOf): AccessTableError => {
    try {
      build({}, table, subjects);
    } catch (error) {
      if (error instanceof AccessTableError) return error;
    }
    throw new Error('the table was taken');
  };

  test('every uncovered coordinate is listed, in both languages', () => {
    const { reason, faults, message } = fault(without('Place', 'Query.secret', 'Note'));
    const names = ['Note.id', 'Note.text', 'Place.street', 'Query.secret'];
    expect(reason).toBe('ACCESS_TABLE_UNFIT');
    expect(faults).toEqual([{ fault: 'FIELD_UNCOVERED', names: expect.arrayContaining(names) }]);
    expect(faults[0]?.names).toHaveLength(names.length);
    expect(message).toContain('Fields without a row / 没有访问规则的字段:\n  ');
    expect(uncoveredFields(buildSchema(sdl), policy)).toEqual([]);
  });

  test.each([
    ['a row for a field that is not there', { ...policy, 'Order.gone': 'nobody' }, 'Order.gone'],
    ['a row for a type that is not there', { ...policy, Ordr: 'nobody' }, 'Ordr'],
    ['an inherited root field', { ...policy, 'Query.secret': 'inherit' }, 'Query.secret'],
    ['a relation without a subject', { ...policy, Note: [{ roles: 'any', relation: 'own' }] }, 'Note'],
    ['an entity with rows for its fields only', { ...without('Echo'), 'Echo.id': 'inherit' }, 'Echo'],
  ] as [string, AccessPolicy, string][])('%s', (_name, table, coordinate) => {
    expect(fault(table).message).toContain(coordinate);
  });

  test('names inherited from Object.prototype are no rows', () => {
    const odd = buildSchema('type Query { a: constructor } type constructor { toString: String }');
    expect(uncoveredFields(odd, { Query: 'authenticated' })).toEqual(['constructor.toString']);
  });
});
