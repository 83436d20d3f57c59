import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import { expressMiddleware } from '@as-integrations/express5';
import { buildSubgraphSchema } from '@apollo/subgraph';
import express from 'express';
import { GraphQLError, parse } from 'graphql';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { listen, type Listening } from './a-server.ts';

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])';

export const ordersSdl = `${link}
type Query { orders: [Order!]! order(id: ID!): Order boom: String refuse(x: Int): String notOurs: String strictOrder: StrictOrder }
type Mutation { touch(id: ID!): Order! keyed(input: TouchInput!): Order! }
input TouchInput { id: ID! idempotencyKey: String }
type Order @key(fields: "id") { id: ID! title: String! assignee: Person }
type StrictOrder { id: ID! assignee: Person! }
type Person @key(fields: "id", resolvable: false) { id: ID! }`;

export const peopleSdl = `${link}
type Query { person(id: ID!): Person }
type Person @key(fields: "id") { id: ID! name: String! }`;

const orders = [
  { id: '1', title: 'tap', assignee: { id: 'p1' } },
  { id: '2', title: 'lift', assignee: { id: 'p2' } },
];

/** A refusal as the service kit sends it. */
const refusal = {
  code: 'CONFLICT',
  reason: 'STALE_VERSION',
  rule: 'A094',
  violations: [{ path: 'input.x', reason: 'STALE_VERSION', rule: 'A094', message: 'changed meanwhile', secret: 'no' }],
  params: { current: 3 },
  stacktrace: ['at nowhere'],
};

const ordersResolvers = {
  Query: {
    orders: () => orders,
    order: (_source: unknown, { id }: { id: string }) => orders.find((order) => order.id === id) ?? null,
    boom: () => {
      throw new Error('connect ECONNREFUSED 10.1.2.3:5432 while running select * from work_order where id = 1');
    },
    refuse: () => {
      throw new GraphQLError('somebody else changed it', { extensions: refusal });
    },
    notOurs: () => {
      throw new GraphQLError('who are you', { extensions: { code: 'UNAUTHENTICATED', reason: 'IDENTITY_INVALID' } });
    },
    strictOrder: () => ({ id: '9', assignee: { id: 'gone' } }),
  },
  Mutation: {
    touch: (_source: unknown, { id }: { id: string }) => orders.find((order) => order.id === id),
    keyed: (_source: unknown, { input }: { input: { id: string } }) => orders.find(({ id }) => id === input.id),
  },
};

const people = new Map([
  ['p1', { id: 'p1', name: 'Ma' }],
  ['p2', { id: 'p2', name: 'He' }],
]);

const peopleResolvers = {
  Query: { person: (_source: unknown, { id }: { id: string }) => people.get(id) ?? null },
  Person: { __resolveReference: ({ id }: { id: string }) => people.get(id) ?? null },
};

/** A subgraph that remembers the headers of the calls it got. */
export type Recorded = Listening & { calls: IncomingHttpHeaders[] };

async function start(sdl: string, resolvers: object): Promise<Recorded> {
  const apollo = new ApolloServer({
    schema: buildSubgraphSchema({ typeDefs: parse(sdl), resolvers: resolvers as never }),
    // As a subgraph in development would behave, at its most talkative.
    includeStacktraceInErrorResponses: true,
    stopOnTerminationSignals: false,
    plugins: [ApolloServerPluginInlineTraceDisabled()],
  });
  await apollo.start();
  const calls: IncomingHttpHeaders[] = [];
  const app = express();
  app.get('/health/ready', (_request, response) => void response.json({ status: 'ok' }));
  app.use(
    '/graphql',
    express.json(),
    (request, _response, next) => (calls.push(request.headers), next()),
    expressMiddleware(apollo),
  );
  const server = await listen(createServer(app));
  return {
    ...server,
    calls,
    stop: async () => {
      await apollo.stop();
      await server.stop();
    },
  };
}

export const startOrders = (): Promise<Recorded> => start(ordersSdl, ordersResolvers);
export const startPeople = (): Promise<Recorded> => start(peopleSdl, peopleResolvers);
