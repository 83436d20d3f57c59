import { readFileSync } from 'node:fs';

import { commonPurposes } from '@steward/files';
import { householdsOfPerson, zonesOfCommunities, type ServiceDefinition } from '@steward/service-kit';

import { drawWeeklySample, weeklySampleTimer } from './commands/draw-weekly-sample.ts';
import { endWorkOrderPause } from './commands/end-work-order-pause.ts';
import { releaseOnDay } from './commands/release-orders-of-staff.ts';
import { issueMonthlyReport, monthlyReportTimer } from './commands/issue-monthly-report.ts';
import { aggregates } from './db/aggregates.ts';
import { entities } from './db/entities.ts';
import { loaders } from './db/loaders.ts';
import { migrations } from './db/migrations.ts';
import { actionPolicies, policies } from './domain/policies.ts';
import { pauseEndTimer, staffReleaseTimer } from './domain/work-order-policy.ts';
import { handlers } from './events/handlers.ts';
import { access, subjects } from './graphql/access-policy.ts';
import { resolvers } from './graphql/resolvers.ts';
import { labels as en } from './labels.en.ts';
import { labels as zh } from './labels.zh-CN.ts';

export const definition: ServiceDefinition = {
  name: 'work-orders',
  schema: readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8'),
  resolvers,
  access,
  subjects,
  aggregates,
  entities,
  migrations,
  handlers,
  timers: {
    [pauseEndTimer]: endWorkOrderPause,
    [staffReleaseTimer]: releaseOnDay,
    [weeklySampleTimer]: drawWeeklySample,
    [monthlyReportTimer]: issueMonthlyReport,
  },
  loaders: (ctx) => loaders(ctx, actionPolicies),
  labels: { en, 'zh-CN': zh },
  policies,
  filePurposes: { photo: commonPurposes.photo, signature: commonPurposes.signature },
  householdsOf: householdsOfPerson,
  zonesOf: zonesOfCommunities,
};
