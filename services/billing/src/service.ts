import { readFileSync } from 'node:fs';

import { commonPurposes } from '@steward/files';
import {
  authorityConsumer,
  householdsOfPerson,
  type ServiceDefinition,
  zonesOfCommunities,
} from '@steward/service-kit';

import { chargingTimers } from './commands/charging-timers.ts';
import { counterOutside, counterTimers } from './commands/counter-timers.ts';
import { ledgerTimers } from './commands/ledger-timers.ts';
import { aggregates } from './db/aggregates.ts';
import { entities } from './db/entities.ts';
import { loaders } from './db/loaders.ts';
import { migrations } from './db/migrations.ts';
import { policies } from './domain/policies.ts';
import { handlers } from './events/handlers.ts';
import { counterWebhooks } from './events/provider-webhooks.ts';
import { access, subjects } from './graphql/access-policy.ts';
import { resolvers } from './graphql/resolvers.ts';
import { labels as en } from './labels.en.ts';
import { labels as zh } from './labels.zh-CN.ts';

export const definition: ServiceDefinition = {
  name: 'billing',
  schema: readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8'),
  resolvers,
  access,
  subjects,
  aggregates,
  entities,
  migrations,
  handlers,
  consumers: [authorityConsumer],
  timers: { ...ledgerTimers, ...chargingTimers, ...counterTimers },
  outside: counterOutside,
  webhooks: counterWebhooks,
  loaders,
  labels: { en, 'zh-CN': zh },
  policies,
  filePurposes: {
    document: commonPurposes.document,
    photo: commonPurposes.photo,
    signature: commonPurposes.signature,
  },
  householdsOf: householdsOfPerson,
  zonesOf: zonesOfCommunities,
};
