import type { AccessPolicy } from '@steward/auth';
import { newId } from '@steward/core';
import { aggregateColumns, column, defineEntity, rows, tenantTableSql, txScope, type Tx } from '@steward/db';
import { deadlineEvents, defineEvent, subscribe, type StewardEvent } from '@steward/events';
import { z } from 'zod';

import {
  advanceDeadline,
  authorize,
  byId,
  cancelDeadlines,
  communityScope,
  connection,
  deadlineColumns,
  defineAggregate,
  definePolicy,
  historyOf,
  insertAggregate,
  listBy,
  lockAggregate,
  meetDeadline,
  nextNumber,
  notify,
  pauseDeadlines,
  publish,
  resolvePolicy,
  resumeDeadlines,
  saveAggregate,
  schedule,
  seal,
  setPolicyFigure,
  startDeadline,
  type AggregateRow,
  type Context,
  type DeadlineRow,
  type DueTimer,
  type PageArgs,
  type ServiceDefinition,
} from '../src/index.ts';

// The smallest service that uses every mechanism of the kit: lamps that are lit, watched and go out.

export type LampRow = AggregateRow & { communityId: string; number: string; watts: number; ownerName: string; personId: string | null };

const lampEntity = defineEntity<LampRow>({
  name: 'Lamp',
  table: 'lamp',
  columns: { ...aggregateColumns, watts: column.int(), ownerName: column.text(), personId: column.uuid({ nullable: true }) },
});

const lampData = z.object({ lampId: z.guid(), watts: z.int() });
const fact = (name: string) =>
  defineEvent({ publisher: 'sample', aggregate: 'lamp', fact: name, version: 1, description: 'A lamp.', data: lampData });
export const lampLit = fact('lit');
export const lampDimmed = fact('dimmed');
export const sourceLit = defineEvent({ publisher: 'source', aggregate: 'torch', fact: 'lit', version: 1, description: 'A torch.', data: z.object({ watts: z.int() }) });
const policyChanged = defineEvent({
  publisher: 'sample',
  aggregate: 'policy',
  fact: 'changed',
  version: 1,
  description: 'A figure changed.',
  data: z.object({ policy: z.string(), key: z.string(), value: z.union([z.number(), z.string(), z.boolean(), z.array(z.string())]), validFrom: z.string() }),
});

const lamps = defineAggregate<LampRow>({
  type: 'lamp',
  table: 'lamp',
  graphqlType: 'Lamp',
  entity: lampEntity,
  deadlines: deadlineEvents('sample', 'lamp'),
  sealed: ['ownerName'],
  subject: ({ communityId, personId }) => ({ communityId, personIds: personId === null ? [] : [personId] }),
});

export const lampPolicy = definePolicy('lamp', { inspectDays: { value: 2, unit: 'day', rule: 'T001' } });

type LightInput = { communityId: string; watts: number; ownerName: string; personId?: string; idempotencyKey?: string };

async function lightLamp(tx: Tx, input: LightInput): Promise<{ id: string }> {
  await authorize(tx, { communityId: input.communityId });
  const number = await nextNumber(tx, input.communityId, 'L', 'Asia/Shanghai');
  const lamp = await insertAggregate(
    tx,
    lamps,
    { id: newId(), communityId: input.communityId, number, watts: input.watts, ownerName: seal(tx, input.ownerName), personId: input.personId ?? null },
    { action: 'lightLamp', rule: 'T001' },
  );
  publish(tx, lamp, lampLit, { lampId: lamp.id, watts: lamp.watts });
  const { inspectDays } = await resolvePolicy(tx, lampPolicy, input.communityId);
  await startDeadline(
    tx,
    lamps,
    lamp,
    {
      kind: 'inspection',
      rule: 'T001',
      span: { amount: inspectDays, unit: 'day' },
      warnShare: 0.8,
      warnTo: { role: 'maintenance', departmentCode: 'MAINTENANCE' },
      escalations: [
        { afterShare: 1, to: { role: 'supervisor' } },
        { afterShare: 2, to: { role: 'director' } },
      ],
    },
    { zone: 'Asia/Shanghai' },
  );
  await schedule(tx, { kind: 'flicker', aggregateId: lamp.id, communityId: lamp.communityId, dueAt: new Date(txScope(tx).now.getTime() + 3_600_000) });
  return { id: lamp.id };
}

type Step = { id: string; expectedVersion?: number };

const step = (name: string, work: (tx: Tx, lamp: LampRow) => Promise<void>) =>
  ({
    [name]: async (tx: Tx, input: Step): Promise<{ id: string }> => {
      const lamp = await lockAggregate(tx, lamps, input.id, input.expectedVersion);
      await authorize(tx, lamps.subject(lamp));
      const saved = await saveAggregate(tx, lamps, lamp, { ...lamp, watts: lamp.watts - 1 }, { action: name });
      publish(tx, saved, lampDimmed, { lampId: lamp.id, watts: saved.watts });
      await work(tx, saved);
      return { id: lamp.id };
    },
  })[name] as (tx: Tx, input: Step) => Promise<{ id: string }>;

const dimLamp = step('dimLamp', async () => undefined);
const inspectLamp = step('inspectLamp', (tx, lamp) => meetDeadline(tx, lamp, 'inspection'));
const abandonLamp = step('abandonLamp', (tx, lamp) => cancelDeadlines(tx, lamp));
const pauseLamp = step('pauseLamp', (tx, lamp) => pauseDeadlines(tx, lamp));
const resumeLamp = step('resumeLamp', (tx, lamp) => resumeDeadlines(tx, lamp));
async function forgetfulLamp(tx: Tx, input: Step): Promise<{ id: string }> {
  await lockAggregate(tx, lamps, input.id);
  return { id: input.id };
}
async function silentLamp(tx: Tx, input: Step): Promise<{ id: string }> {
  const lamp = await lockAggregate(tx, lamps, input.id);
  await authorize(tx, lamps.subject(lamp));
  await saveAggregate(tx, lamps, lamp, { ...lamp, watts: 1 }, { action: 'silentLamp' });
  return { id: lamp.id };
}
async function setLampPolicy(tx: Tx, input: { communityId: string; key: string; value: unknown; reason: string }) {
  return setPolicyFigure(tx, [lampPolicy], policyChanged, { ...input, policy: 'lamp' }, txScope(tx).now);
}

/** Fails as often as its payload says, then tells the guards. */
const failures = { left: 0 };
export const failFlicker = (times: number): void => void (failures.left = times);
async function flicker(tx: Tx, due: DueTimer): Promise<void> {
  await notify(tx, { communityId: due.communityId, to: { role: 'guard' }, template: 'flicker', params: { lampId: due.aggregateId } });
  if (failures.left > 0) {
    failures.left -= 1;
    throw new TypeError('the bulb is loose');
  }
}

async function countTorch(tx: Tx, event: StewardEvent<{ watts: number }>): Promise<void> {
  await rows(tx, 'insert into torch (id, tenant_id, watts) values ($1, $2, $3)', [event.subject, event.tenantid, event.data.watts]);
}

type Loaders = { lamp: ReturnType<typeof byId<LampRow>>; deadlines: ReturnType<typeof listBy<DeadlineRow>> };
type SampleContext = Context & { loaders: Loaders };
type Payload = { lamp: { id: string } };

const mutation = (command: (tx: Tx, input: never) => Promise<{ id: string }>) => async (_p: unknown, { input }: { input: never }, ctx: SampleContext) => ({
  lamp: await ctx.command(command, input),
});

const steps = { dimLamp, inspectLamp, abandonLamp, pauseLamp, resumeLamp, forgetfulLamp, silentLamp };

const schema = `
extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])
type Query { lamp(id: ID!): Lamp lamps(communityId: ID, first: Int, after: String): LampConnection! }
type Lamp @key(fields: "id") {
  id: ID! number: String! version: Int! watts: Int! ownerName: String @pii secretWatts: Int
  deadlines: [Deadline!]! history(first: Int, after: String): ChangeConnection!
}
type LampConnection { edges: [LampEdge!]! nodes: [Lamp!]! pageInfo: PageInfo! totalCount: Int! }
type LampEdge { cursor: String! node: Lamp! }
type LampPayload { lamp: Lamp! }
type PolicyPayload { id: ID! }
input LightLampInput { communityId: ID! watts: Int! ownerName: String! personId: ID idempotencyKey: String }
input StepInput { id: ID! expectedVersion: Int }
input SetLampPolicyInput { communityId: ID! key: String! value: JSON! reason: String! }
type Mutation {
  lightLamp(input: LightLampInput!): LampPayload!
  ${Object.keys(steps).map((name) => `${name}(input: StepInput!): LampPayload!`).join('\n  ')}
  setLampPolicy(input: SetLampPolicyInput!): PolicyPayload!
}`;

const workers = [{ roles: ['maintenance', 'supervisor'], relation: 'community' }] as const;
const access: AccessPolicy = {
  'Query.lamp': 'authenticated',
  'Query.lamps': 'authenticated',
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

const text = { 'reason.TEST': 'test', 'template.flicker': 'flicker' };

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
    },
    Lamp: {
      __resolveReference: ({ id }: { id: string }, ctx: SampleContext) => ctx.loaders.lamp.load(id),
      ownerName: (lamp: LampRow, _a: unknown, ctx: SampleContext) => ctx.open(lamp.ownerName),
      secretWatts: (lamp: LampRow) => lamp.watts,
      deadlines: (lamp: LampRow, _a: unknown, ctx: SampleContext) => ctx.loaders.deadlines.load(lamp.id),
      history: (lamp: LampRow, args: PageArgs, ctx: SampleContext) => historyOf(ctx, lamp.id, args),
    },
    LampPayload: { lamp: ({ lamp }: Payload, _a: unknown, ctx: SampleContext) => ctx.loaders.lamp.load(lamp.id) },
    Mutation: {
      lightLamp: mutation(lightLamp),
      ...Object.fromEntries(Object.entries(steps).map(([name, command]) => [name, mutation(command)])),
      setLampPolicy: (_p: unknown, { input }: { input: never }, ctx: SampleContext) => ctx.command(setLampPolicy, input),
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
  loaders: (ctx) => ({
    lamp: byId(ctx, lampEntity),
    deadlines: listBy<DeadlineRow>(ctx, `select ${deadlineColumns} from deadline where aggregate_id = any($1) order by started_at`, (row) => row.aggregateId),
  }) as never,
  labels: { en: text, 'zh-CN': text },
  policies: [lampPolicy],
  filePurposes: {},
  householdsOf: async () => [],
};
