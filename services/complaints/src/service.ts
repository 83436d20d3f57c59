import { readFileSync } from 'node:fs';

import { commonPurposes } from '@steward/files';
import {
  authorityConsumer,
  householdsOfPerson,
  type ServiceDefinition,
  zonesOfCommunities,
} from '@steward/service-kit';

import { checkRecurringProblemEffect, effectCheckTimer } from './commands/check-recurring-problem-effect.ts';
import {
  issueMonthlyComplaintReport,
  issueWeeklyComplaintReport,
  monthlyReportTimer,
  weeklyReportTimer,
} from './commands/issue-complaint-report.ts';
import { recurrenceTimer, searchRecurringProblems } from './commands/search-recurring-problems.ts';
import { aggregates } from './db/aggregates.ts';
import { entities } from './db/entities.ts';
import { loaders } from './db/loaders.ts';
import { migrations } from './db/migrations.ts';
import { policies } from './domain/complaint-policy.ts';
import { handlers } from './events/handlers.ts';
import { access, subjects } from './graphql/access-policy.ts';
import { resolvers } from './graphql/resolvers.ts';
import { labels as en } from './labels.en.ts';
import { labels as zh } from './labels.zh-CN.ts';

export const definition: ServiceDefinition = {
  name: 'complaints',
  schema: readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8'),
  resolvers,
  access,
  subjects,
  aggregates,
  entities,
  migrations,
  handlers,
  consumers: [authorityConsumer],
  timers: {
    [recurrenceTimer]: searchRecurringProblems,
    [effectCheckTimer]: checkRecurringProblemEffect,
    [weeklyReportTimer]: issueWeeklyComplaintReport,
    [monthlyReportTimer]: issueMonthlyComplaintReport,
  },
  loaders,
  labels: { en, 'zh-CN': zh },
  policies,
  filePurposes: { photo: commonPurposes.photo },
  householdsOf: householdsOfPerson,
  zonesOf: zonesOfCommunities,
};
