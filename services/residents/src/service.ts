import { readFileSync } from 'node:fs';

import { commonPurposes } from '@steward/files';
import type { ServiceDefinition } from '@steward/service-kit';

import { expireCertificate, remindOfCertificate } from './commands/follow-certificate.ts';
import { beginCustodyWeek } from './commands/begin-custody-week.ts';
import { drawDecorationInspections } from './commands/draw-decoration-inspections.ts';
import { expireDecorationPermit } from './commands/expire-decoration-permit.ts';
import { expirePass } from './commands/expire-pass.ts';
import { deskServiceTimers } from './commands/desk-service-timers.ts';
import { endRain } from './commands/record-heavy-rain-warning.ts';
import { expireFileInspection } from './commands/end-file-inspection.ts';
import { reportContactList } from './commands/report-contact-list.ts';
import { aggregates } from './db/aggregates.ts';
import { zonesOf } from './db/community-queries.ts';
import { entities } from './db/entities.ts';
import { householdsOf } from './db/household-queries.ts';
import { loaders } from './db/loaders.ts';
import { migrations } from './db/migrations.ts';
import { fileInspectionTimer } from './domain/file-set-policy.ts';
import { contactReportTimer } from './domain/contact-list-rules.ts';
import { floorAreaPolicy } from './domain/floor-area-policy.ts';
import { documentPurpose, householdFilePolicy } from './domain/household-file-policy.ts';
import { registrationExpiryTimer, registrationReminderTimer } from './domain/register-policy.ts';
import { custodyWeekTimer, rainOverTimer } from './domain/custody-policy.ts';
import { decorationDrawTimer, decorationPermitEndTimer } from './domain/decoration-policy.ts';
import { passExpiryTimer } from './domain/pass-policy.ts';
import { policies } from './domain/policies.ts';
import { callerHandlers } from './events/caller-handlers.ts';
import { timelineHandlers } from './events/timeline-facts.ts';
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
  consumers: [
    { name: 'callers', handlers: callerHandlers },
    { name: 'timeline', handlers: timelineHandlers },
  ],
  timers: {
    [contactReportTimer]: reportContactList,
    [fileInspectionTimer]: expireFileInspection,
    [passExpiryTimer]: expirePass,
    [decorationPermitEndTimer]: expireDecorationPermit,
    [decorationDrawTimer]: drawDecorationInspections,
    [custodyWeekTimer]: beginCustodyWeek,
    [rainOverTimer]: endRain,
    [registrationReminderTimer]: remindOfCertificate,
    [registrationExpiryTimer]: expireCertificate,
    ...deskServiceTimers,
  },
  loaders: (ctx) => loaders(ctx, { filePolicy: householdFilePolicy, floorAreaPolicy }),
  labels: { en, 'zh-CN': zh },
  policies,
  filePurposes: {
    photo: commonPurposes.photo,
    signature: commonPurposes.signature,
    [documentPurpose]: commonPurposes.document,
  },
  householdsOf,
  zonesOf,
};
