import { readFileSync } from 'node:fs';

import { commonPurposes } from '@steward/files';
import {
  authorityConsumer,
  householdsOfPerson,
  type ServiceDefinition,
  zonesOfCommunities,
} from '@steward/service-kit';

import { closeDueSurvey, closingTimer } from './commands/close-survey.ts';
import { expiryTimer, flagExpiredPosters } from './commands/flag-expired-posters.ts';
import { remindParticipants, reminderTimer } from './commands/remind-participants.ts';
import {
  opinionTimer,
  remindOfOpinionForm,
  remindOfSatisfactionSurvey,
  satisfactionTimer,
} from './commands/remind-of-surveys.ts';
import { aggregates } from './db/aggregates.ts';
import { entities } from './db/entities.ts';
import { loaders } from './db/loaders.ts';
import { migrations } from './db/migrations.ts';
import { policies } from './domain/policies.ts';
import { handlers } from './events/handlers.ts';
import { access, subjects } from './graphql/access-policy.ts';
import { resolvers } from './graphql/resolvers.ts';
import { labels as en } from './labels.en.ts';
import { labels as zh } from './labels.zh-CN.ts';

export const definition: ServiceDefinition = {
  name: 'community-events',
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
    [reminderTimer]: remindParticipants,
    [expiryTimer]: flagExpiredPosters,
    [closingTimer]: closeDueSurvey,
    [opinionTimer]: remindOfOpinionForm,
    [satisfactionTimer]: remindOfSatisfactionSurvey,
  },
  loaders,
  labels: { en, 'zh-CN': zh },
  policies,
  filePurposes: {
    photo: commonPurposes.photo,
    video: commonPurposes.video,
    announcement: commonPurposes.document,
    proxy: commonPurposes.document,
  },
  householdsOf: householdsOfPerson,
  zonesOf: zonesOfCommunities,
};
