import { loaded } from '@steward/service-kit';

import type { ResidentsContext } from '../db/loaders.ts';
import { timelineKey } from '../db/timeline-loader-queries.ts';
import type { HouseholdResolvers, TimelineEntryResolvers } from './generated.ts';

export const householdTimeline: Pick<HouseholdResolvers<ResidentsContext>, 'timeline'> = {
  timeline: ({ id }, args, ctx) => loaded(ctx.loaders.timeline.load(timelineKey(id, args))),
};

const TimelineEntry: TimelineEntryResolvers<ResidentsContext> = {
  what: ({ code }) => ({ code, labelKey: `timeline.${code}` }),
  actorRole: ({ actorRole }) => (actorRole === null ? null : { code: actorRole, labelKey: `role.${actorRole}` }),
};

export const timelineTypes = { TimelineEntry };
