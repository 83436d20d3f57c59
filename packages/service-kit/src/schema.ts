import { readFileSync } from 'node:fs';

import { buildSubgraphSchema } from '@apollo/subgraph';
import { applyAccess, type SubjectOf } from '@steward/auth';
import { gql } from './gql.ts';
import type { GraphQLSchema } from 'graphql';

import type { Context } from './context.ts';
import { commonResolvers } from './common-resolvers.ts';
import { nameMalformedIds } from './id-values.ts';
import { scalars } from './scalars.ts';
import type { ServiceDefinition } from './service-definition.ts';
import { ownerless } from './visible.ts';

/** The scalars and value types that every subgraph shares; frozen. */
export const commonSdl = readFileSync(new URL('../common.graphql', import.meta.url), 'utf8');

/** The executable subgraph with the access table in front of every resolver; throws on an uncovered field. */
export function buildServiceSchema(definition: ServiceDefinition): GraphQLSchema {
  const resolvers = { ...scalars, ...commonResolvers, ...definition.resolvers };
  const schema = buildSubgraphSchema({
    typeDefs: gql(`${definition.schema}\n${commonSdl}`),
    resolvers: resolvers as never,
  });
  nameMalformedIds(schema);
  const subjects: SubjectOf = { ...definition.subjects };
  const unowned = ownerless(definition.aggregates, (type) => definition.access[type] ?? 'nobody');
  if (unowned.length > 0) throw new Error(`'own' without a listSubject of the aggregate: ${unowned.join(', ')}`);
  return applyAccess<Context>(schema, { ...commonAccess, ...definition.access }, subjects, async (ctx) => ({
    householdIds: await ctx.ownHouseholds(),
  }));
}

/** Shared value types are guarded by whatever field holds them. */
const commonAccess = Object.fromEntries(
  [
    'Money',
    'Quantity',
    'Code',
    'PageInfo',
    'Actor',
    'FieldChange',
    'Change',
    'ChangeConnection',
    'ChangeEdge',
    'Deadline',
    'Signature',
    'Approval',
    'File',
    'FileUpload',
    'Violation',
    'Refusal',
    'AvailableAction',
    'Notification',
    'NotificationConnection',
    'NotificationEdge',
    'ParkedEvent',
    'ParkedEventConnection',
    'ParkedEventEdge',
  ].map((type) => [type, 'inherit' as const]),
);
