import { readFileSync } from 'node:fs';

import { commonPurposes } from '@steward/files';
import { zonesOfCommunities, type ServiceDefinition } from '@steward/service-kit';

import { dutyTimers } from './commands/duty-timers.ts';
import { aggregates } from './db/aggregates.ts';
import { entities } from './db/entities.ts';
import { loaders } from './db/loaders.ts';
import { migrations } from './db/migrations.ts';
import { hrPolicyTables } from './domain/hr-policy-tables.ts';
import { handlers, openItemHandlers, trainingHandlers } from './events/handlers.ts';
import { access, subjects } from './graphql/access-policy.ts';
import { resolvers } from './graphql/resolvers.ts';
import { labels as en } from './labels.en.ts';
import { labels as zh } from './labels.zh-CN.ts';

export const definition: ServiceDefinition = {
  name: 'hr',
  schema: readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8'),
  resolvers,
  access,
  subjects,
  aggregates,
  entities,
  migrations,
  handlers,
  consumers: [
    { name: 'handover', handlers: openItemHandlers },
    { name: 'training', handlers: trainingHandlers },
  ],
  timers: dutyTimers,
  loaders,
  labels: { en, 'zh-CN': zh },
  policies: hrPolicyTables,
  filePurposes: { photo: commonPurposes.photo },
  // Staff belong to no household.
  householdsOf: () => Promise.resolve([]),
  zonesOf: zonesOfCommunities,
};
