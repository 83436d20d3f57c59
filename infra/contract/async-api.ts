import type { EventDefinition } from '@steward/events';

import { schemaOfEnvelope, schemaOfEvent, type JsonSchema } from './event-schemas.ts';
import type { Reaction } from './reactions.ts';

type Ref = { $ref: string };
type Definition = EventDefinition<unknown>;

export type Operation = {
  action: 'send' | 'receive';
  title: string;
  summary: string;
  channel: Ref;
  messages: Ref[];
  'x-service': string;
  /** What the service does about each fact. */
  'x-reactions'?: Record<string, string[]>;
};

/** The parts of AsyncAPI 3.0 that describe facts on their way. */
export type AsyncApiDocument = {
  asyncapi: '3.0.0';
  info: { title: string; version: string; description: string; license: { name: string } };
  defaultContentType: string;
  servers: Record<string, unknown>;
  channels: Record<string, unknown>;
  operations: Record<string, Operation>;
  components: {
    messages: Record<string, unknown>;
    messageTraits: Record<string, unknown>;
    schemas: Record<string, JsonSchema>;
  };
};

const contentType = 'application/cloudevents+json';

const channelOf = ({ publisher, aggregate }: Definition): string => `${publisher}.${aggregate}`;

const messageRef = (channel: string, type: string): Ref => ({ $ref: `#/channels/${channel}/messages/${type}` });

const inOrder = <T>(entries: [string, T][]): Record<string, T> =>
  Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));

/** One channel for each type of aggregate: what a consumer subscribes to, and within it the order is kept. */
function channels(definitions: readonly Definition[]): Record<string, unknown> {
  const grouped = [...Map.groupBy(definitions, channelOf)];
  return inOrder(
    grouped.map(([channel, facts]) => [
      channel,
      {
        address: `steward.${channel}.{fact}.{version}`,
        title: channel,
        summary: 'Facts of one aggregate arrive in the order of their versions, each once.',
        parameters: {
          fact: { enum: [...new Set(facts.map(({ fact }) => fact))].toSorted() },
          version: { enum: [...new Set(facts.map(({ version }) => `v${version}`))].toSorted() },
        },
        messages: inOrder(facts.map(({ type }) => [type, { $ref: `#/components/messages/${type}` }])),
      },
    ]),
  );
}

function sending(definitions: readonly Definition[]): [string, Operation][] {
  return [...Map.groupBy(definitions, channelOf)].map(([channel, facts]) => {
    const publisher = facts[0]?.publisher ?? '';
    const operation: Operation = {
      action: 'send',
      title: `${publisher} publishes ${facts[0]?.aggregate}`,
      summary: 'From its outbox, after the commit of the change that the fact tells of.',
      channel: { $ref: `#/channels/${channel}` },
      messages: facts.map(({ type }) => messageRef(channel, type)),
      'x-service': publisher,
    };
    return [`${publisher}.sends.${channel}`, operation];
  });
}

function receiving(reactions: readonly Reaction[]): [string, Operation][] {
  const grouped = Map.groupBy(reactions, ({ service, definition }) => `${service}.receives.${channelOf(definition)}`);
  return [...grouped].flatMap(([id, found]) => {
    const [first] = found;
    if (first === undefined) return [];
    const channel = channelOf(first.definition);
    const byType = [...Map.groupBy(found, ({ definition }) => definition.type)];
    const operation: Operation = {
      action: 'receive',
      title: `${first.service} reacts to ${channel}`,
      summary: 'Position and effect in one transaction; facts of the channel without a reaction move the position.',
      channel: { $ref: `#/channels/${channel}` },
      messages: byType.map(([type]) => messageRef(channel, type)),
      'x-service': first.service,
      'x-reactions': Object.fromEntries(byType.map(([type, each]) => [type, each.map(({ name }) => name)])),
    };
    return [[id, operation]];
  });
}

const messageOf = ({ type, description }: Definition): unknown => ({
  name: type,
  title: type,
  summary: description,
  traits: [{ $ref: '#/components/messageTraits/fact' }],
  payload: {
    allOf: [
      { $ref: '#/components/schemas/envelope' },
      {
        type: 'object',
        properties: { type: { const: type }, data: { $ref: `#/components/schemas/${type}` } },
        required: ['type', 'data'],
      },
    ],
  },
});

/** What the broker carries beside the payload. */
const factTrait = {
  contentType,
  headers: {
    type: 'object',
    properties: {
      'Content-Type': { type: 'string', const: contentType },
      'Nats-Msg-Id': { type: 'string', description: 'id of the fact; `<id>#<generation>` when it was sent again' },
      'Steward-Seq': { type: 'string', pattern: '^[0-9]+$', description: "its row in the publisher's log" },
    },
    required: ['Content-Type', 'Nats-Msg-Id', 'Steward-Seq'],
  },
};

/** Inside the document a schema has its key for a name. */
function component({ $schema: _dialect, $id: _id, ...schema }: JsonSchema): JsonSchema {
  return schema;
}

/** All facts of the platform, who publishes them and who reacts, as one AsyncAPI document. */
export function asyncApiDocument(definitions: readonly Definition[], reactions: readonly Reaction[]): AsyncApiDocument {
  const schemas: [string, JsonSchema][] = definitions.map((each) => [each.type, component(schemaOfEvent(each))]);
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Steward events',
      version: '1.0.0',
      description:
        'Facts that the services tell each other: CloudEvents 1.0 on NATS JetStream, one stream per publisher. ' +
        'Changes are additive; a breaking one is a new version of the fact, published beside the old.',
      license: { name: 'Apache-2.0' },
    },
    defaultContentType: contentType,
    servers: {
      broker: {
        host: '{address}',
        protocol: 'nats',
        description: 'Where NATS_URL points; NATS_PREFIX replaces the first word of subjects.',
        variables: { address: { default: '127.0.0.1:4222', description: 'host and port of the broker' } },
      },
    },
    channels: channels(definitions),
    operations: inOrder([...sending(definitions), ...receiving(reactions)]),
    components: {
      messages: inOrder(definitions.map((each) => [each.type, messageOf(each)])),
      messageTraits: { fact: factTrait },
      schemas: { envelope: component(schemaOfEnvelope()), ...inOrder(schemas) },
    },
  };
}
