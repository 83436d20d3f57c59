import type { AccessPolicy } from '@steward/auth';
import { tenantTableSql, type Tx } from '@steward/db';
import { subscribe } from '@steward/events';

import {
  advanceDeadline,
  availableActions,
  byId,
  communityScope,
  connection,
  deadlineColumns,
  historyOf,
  judgeActions,
  listBy,
  type Context,
  type DeadlineRow,
  type PageArgs,
  type ServiceDefinition,
} from '../src/index.ts';
import {
  countTorch,
  flicker,
  lampEntity,
  lampPolicy,
  lamps,
  lightLamp,
  requireLight,
  setLampPolicy,
  sourceLit,
  steps,
  type LampRow,
} from './sample-lamps.ts';

const deadlinesOf = (ctx: Context) =>
  listBy<DeadlineRow>(
    ctx,
    `select ${deadlineColumns} from deadline where aggregate_id = any($1) order by started_at`,
    (row) => row.aggregateId,
  );

type Loaders = { lamp: ReturnType<typeof byId<LampRow>>; deadlines: ReturnType<typeof listBy<DeadlineRow>> };
type SampleContext = Context & { loaders: Loaders };
type Payload = { lamp: { id: string } };

const mutation =
  (command: (tx: Tx, input: never) => Promise<{ id: string }>) =>
  async (_p: unknown, { input }: { input: never }, ctx: SampleContext) => ({
    lamp: await ctx.command(command, input),
  });

const schema = `
extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])
type Query { lamp(id: ID!): Lamp lamps(communityId: ID, first: Int, after: String): LampConnection! everyLamp(first: Int): LampConnection! }
type Lamp @key(fields: "id") {
  id: ID! number: String! version: Int! watts: Int! ownerName: String @pii secretWatts: Int
  deadlines: [Deadline!]! availableActions: [AvailableAction!]! history(first: Int, after: String): ChangeConnection!
}
type LampConnection { edges: [LampEdge!]! nodes: [Lamp!]! pageInfo: PageInfo! totalCount: Int! }
type LampEdge { cursor: String! node: Lamp! }
type LampPayload { lamp: Lamp! }
type PolicyPayload { id: ID! }
input LightLampInput { communityId: ID! watts: Int! ownerName: String! personId: ID idempotencyKey: String }
input StepInput { id: ID! expectedVersion: Int reason: String @pii reasonCode: String }
input SetLampPolicyInput { communityId: ID! key: String! value: JSON! reason: String! }
type Mutation {
  lightLamp(input: LightLampInput!): LampPayload!
  ${Object.keys(steps)
    .map((name) => `${name}(input: StepInput!): LampPayload!`)
    .join('\n  ')}
  setLampPolicy(input: SetLampPolicyInput!): PolicyPayload!
}`;

const workers = [{ roles: ['maintenance', 'supervisor'], relation: 'community' }] as const;
const access: AccessPolicy = {
  'Query.lamp': 'authenticated',
  'Query.lamps': 'authenticated',
  'Query.everyLamp': 'authenticated',
  Lamp: [...workers, { roles: ['resident'], relation: 'own' }],
  'Lamp.secretWatts': [{ roles: ['director'], relation: 'community' }],
  LampConnection: 'inherit',
  LampEdge: 'inherit',
  LampPayload: 'inherit',
  PolicyPayload: 'inherit',
  'Mutation.lightLamp': workers,
  'Mutation.setLampPolicy': [{ roles: ['supervisor'], relation: 'community' }],
  ...Object.fromEntries(Object.keys(steps).map((name) => [`Mutation.${name}`, workers])),
};

const text = { 'reason.TEST': 'test', 'template.flicker': 'flicker', 'template.tell': 'out at {at}' };

export const sample: ServiceDefinition = {
  name: 'sample',
  schema,
  resolvers: {
    Query: {
      lamp: (_p: unknown, { id }: { id: string }, ctx: SampleContext) => ctx.loaders.lamp.load(id),
      lamps: (_p: unknown, args: PageArgs & { communityId?: string }, ctx: SampleContext) => {
        const communities = communityScope(ctx.viewer, args.communityId);
        const query = (tx: Tx) => {
          const builder = tx.createQueryBuilder(lampEntity, 'l');
          return communities === null ? builder : builder.where('l.community_id = any(:communities)', { communities });
        };
        return connection<LampRow>(ctx, query, { property: 'number', direction: 'ASC' }, args);
      },
      // Forgets, on purpose, to confine itself.
      everyLamp: (_p: unknown, args: PageArgs, ctx: SampleContext) =>
        connection<LampRow>(
          ctx,
          (tx) => tx.createQueryBuilder(lampEntity, 'l'),
          { property: 'id', direction: 'ASC' },
          args,
        ),
    },
    Lamp: {
      __resolveReference: ({ id }: { id: string }, ctx: SampleContext) => ctx.loaders.lamp.load(id),
      ownerName: (lamp: LampRow, _a: unknown, ctx: SampleContext) => ctx.open(lamp.ownerName),
      secretWatts: (lamp: LampRow) => lamp.watts,
      deadlines: (lamp: LampRow, _a: unknown, ctx: SampleContext) => ctx.loaders.deadlines.load(lamp.id),
      availableActions: (lamp: LampRow, _a: unknown, ctx: SampleContext) =>
        availableActions(ctx, lamps.subject(lamp), [
          ...judgeActions(['setLampPolicy', 'pauseLamp']),
          ...judgeActions(['dimLamp'], () => (lamp.watts > 0 ? null : { reason: 'TEST', rule: 'T002' })),
          ...judgeActions(['inspectLamp'], () => requireLight(lamp)),
        ]),
      history: (lamp: LampRow, args: PageArgs, ctx: SampleContext) => historyOf(ctx, lamp.id, args),
    },
    LampPayload: { lamp: ({ lamp }: Payload, _a: unknown, ctx: SampleContext) => ctx.loaders.lamp.load(lamp.id) },
    Mutation: {
      lightLamp: mutation(lightLamp),
      ...Object.fromEntries(Object.entries(steps).map(([name, command]) => [name, mutation(command)])),
      setLampPolicy: (_p: unknown, { input }: { input: never }, ctx: SampleContext) =>
        ctx.command(setLampPolicy, input),
    },
  },
  access,
  subjects: { Lamp: (lamp: LampRow) => lamps.subject(lamp) },
  aggregates: [lamps],
  entities: [lampEntity],
  migrations: [
    {
      name: '20261122-9000-lamp',
      up: `create table lamp (id uuid primary key, tenant_id uuid not null, community_id uuid not null, number text not null, version int not null,
             created_at timestamptz not null, watts int not null, owner_name text not null, person_id uuid); ${tenantTableSql('lamp')}
           create table torch (id uuid primary key, tenant_id uuid not null, watts int not null); ${tenantTableSql('torch')}`,
      down: 'drop table torch, lamp',
    },
  ],
  handlers: [subscribe(sourceLit, 'count-torch', countTorch)],
  timers: { flicker, deadline: advanceDeadline },
  loaders: (ctx) => ({ lamp: byId(ctx, lampEntity), deadlines: deadlinesOf(ctx) }),
  labels: { en: text, 'zh-CN': text },
  policies: [lampPolicy],
  filePurposes: {},
  householdsOf: async () => [],
  zonesOf: async (_tx, ids) => new Map(ids.map((id) => [id, 'Asia/Shanghai'])),
};
