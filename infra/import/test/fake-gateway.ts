import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

import { newId } from '@steward/core';
import { graphql, GraphQLError } from 'graphql';

import { schemaOf } from './service-schema.ts';

/**
 * A gateway that answers by the services' real SDL from memory: what an import sends has to fit the schemas, and what
 * is bound to happen in a running platform (a service that has not heard yet, one that restarts) happens on demand.
 */
export type FakeGateway = {
  url: string;
  communities: { id: string; code: string; timeZone: string }[];
  places: Map<string, { id: string; name: string }>;
  /** By source key. */
  workOrders: Map<string, Record<string, unknown>>;
  complaints: Map<string, Record<string, unknown>>;
  /** Sizes of the batches of work orders that were offered. */
  batches: number[];
  tokens: Set<string>;
  /** The languages that answers were asked for in. */
  languages: Set<string>;
  /** So many offers of work orders or complaints find their places unknown. */
  deafOffers: number;
  /** What the next offers of work orders are refused with, as a whole. */
  workOrderErrors: { code: string; reason: string }[];
  /** What the next requests are answered with instead, first to last. */
  answerInstead: { status: number; body: string }[];
  /** Work orders wait for this before they are answered. */
  gate: Promise<void>;
  stop(): Promise<void>;
};

type Rows<R> = { input: { idempotencyKey: string; communityId: string; rows: R[] } };
type PlaceRow = { code: string; name: string; kind: string };
type SourcedRow = { source: { key: string } };

const refusal = (reason: string): object => ({
  code: 'BAD_USER_INPUT',
  reason,
  message: `refused: ${reason}`,
  violations: [],
});

/** Answers one operation twice alike when its idempotency key comes back. */
function remembered(answers: Map<string, object>, key: string, answer: () => object): object {
  const known = answers.get(key) ?? answer();
  answers.set(key, known);
  return known;
}

function taken(gateway: FakeGateway, known: Map<string, object>, rows: readonly SourcedRow[]): object {
  const isDeaf = gateway.deafOffers > 0;
  gateway.deafOffers -= 1;
  return {
    results: rows.map((row, index) => {
      if (isDeaf) return { index, isNew: false, refusal: refusal('PLACE_UNKNOWN') };
      const isNew = !known.has(row.source.key);
      if (isNew) known.set(row.source.key, row);
      return { index, isNew, refusal: null };
    }),
  };
}

function rootOf(gateway: FakeGateway): Record<string, unknown> {
  const answers = new Map<string, object>();
  return {
    communities: ({ filter }: { filter: { number: string } }) => ({
      nodes: gateway.communities.filter(({ code }) => code === filter.number),
    }),
    registerCommunity: ({ input }: { input: { code: string; timeZone: string } }) => {
      const community = { id: newId(), code: input.code, timeZone: input.timeZone };
      gateway.communities.push(community);
      return { community };
    },
    registerPlaces: ({ input: { idempotencyKey, rows } }: Rows<PlaceRow>) =>
      remembered(answers, idempotencyKey, () => ({
        results: rows.map(({ code, name }, index) => {
          if (code.startsWith('REFUSED'))
            return { index, isNew: false, place: null, refusal: refusal('CODE_MALFORMED') };
          const isNew = !gateway.places.has(code);
          if (isNew) gateway.places.set(code, { id: newId(), name });
          return { index, isNew, place: gateway.places.get(code), refusal: null };
        }),
      })),
    importWorkOrders: async ({ input }: Rows<SourcedRow>) => {
      await gateway.gate;
      const error = gateway.workOrderErrors.shift();
      if (error !== undefined) throw new GraphQLError('no', { extensions: error });
      return remembered(answers, input.idempotencyKey, () => {
        gateway.batches.push(input.rows.length);
        return taken(gateway, gateway.workOrders, input.rows);
      });
    },
    importComplaints: ({ input }: Rows<SourcedRow>) =>
      remembered(answers, input.idempotencyKey, () => taken(gateway, gateway.complaints, input.rows)),
  };
}

export async function startFakeGateway(): Promise<FakeGateway> {
  const [residents, workOrders, complaints] = await Promise.all([
    schemaOf('residents'),
    schemaOf('work-orders'),
    schemaOf('complaints'),
  ]);
  const answer = async (request: IncomingMessage): Promise<{ status: number; body: string }> => {
    gateway.tokens.add(String(request.headers.authorization));
    gateway.languages.add(String(request.headers['accept-language']));
    const { query, variables } = (await json(request)) as { query: string; variables: Record<string, unknown> };
    const instead = gateway.answerInstead.shift();
    if (instead !== undefined) return instead;
    const schema = query.includes('importComplaints')
      ? complaints
      : query.includes('importWorkOrders')
        ? workOrders
        : residents;
    const result = await graphql({ schema, source: query, rootValue: rootValue, variableValues: variables });
    return { status: 200, body: JSON.stringify(result) };
  };
  const server = createServer((request, response) => {
    void answer(request).then(({ status, body }) => response.writeHead(status).end(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const gateway: FakeGateway = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    communities: [],
    places: new Map(),
    workOrders: new Map(),
    complaints: new Map(),
    batches: [],
    tokens: new Set(),
    languages: new Set(),
    deafOffers: 0,
    workOrderErrors: [],
    answerInstead: [],
    gate: Promise.resolve(),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  const rootValue = rootOf(gateway);
  return gateway;
}
