import { readFileSync } from 'node:fs';

import { commonPurposes } from '@steward/files';
import type { ServiceDefinition } from '@steward/service-kit';

import { aggregates } from './db/aggregates.ts';
import { zonesOf } from './db/community-queries.ts';
import { entities } from './db/entities.ts';
import { householdsOf } from './db/household-queries.ts';
import { loaders } from './db/loaders.ts';
import { migrations } from './db/migrations.ts';
import { documentPurpose, householdFilePolicy } from './domain/household-file-policy.ts';
import { handlers } from './events/handlers.ts';
import { access, subjects } from './graphql/access-policy.ts';
import { resolvers } from './graphql/resolvers.ts';
import { labels as en } from './labels.en.ts';
import { labels as zh } from './labels.zh-CN.ts';

export const definition: ServiceDefinition = {
  name: 'residents',
  schema: readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8'),
  resolvers,
  access,
  subjects,
  aggregates,
  entities,
  migrations,
  handlers,
  timers: {},
  loaders: (ctx) => loaders(ctx, householdFilePolicy),
  labels: { en, 'zh-CN': zh },
  policies: [householdFilePolicy],
  filePurposes: { [documentPurpose]: commonPurposes.document },
  householdsOf,
  zonesOf,
};
