import { z } from 'zod';

import { defineEvent, type EventDefinition } from './define-event.ts';

const id = z.guid();
const instant = z.iso.datetime();
/** Ids, codes, numbers of things and instants; a sentence or a person's name does not pass. */
const token = z.string().regex(/^[\w.:+/-]{0,120}$/, 'an id, a code or a figure');

const deadlineData = z.object({
  deadlineId: id,
  kind: token.describe('what has to be done in time'),
  rule: token.describe("the service standard's rule"),
  startedAt: instant,
  dueAt: instant,
  warnAt: instant.nullable(),
  breachedAt: instant.nullable().describe('null while it is not breached; a breach is never taken back'),
  metAt: instant.nullable().describe('when what was due was done; null before'),
});

export type DeadlineData = z.infer<typeof deadlineData>;

export type DeadlineEvents = Readonly<
  Record<'started' | 'warned' | 'breached' | 'met' | 'cancelled', EventDefinition<DeadlineData>>
>;

/** The life of an aggregate's deadlines, with the same payload in every service. */
export function deadlineEvents(publisher: string, aggregate: string): DeadlineEvents {
  const define = (what: string, description: string): EventDefinition<DeadlineData> =>
    defineEvent({ publisher, aggregate, fact: `deadline-${what}`, version: 1, description, data: deadlineData });
  return {
    started: define('started', 'A deadline began to run.'),
    warned: define('warned', 'The agreed share of the time has passed.'),
    breached: define('breached', 'The time has passed and the thing is not done.'),
    met: define('met', 'What was due was done; in time if metAt is not after dueAt.'),
    cancelled: define('cancelled', 'The deadline no longer applies.'),
  };
}

const notificationData = z.object({
  to: z
    .object({
      role: token.nullable(),
      departmentCode: token.nullable(),
      staffId: id.nullable(),
      personId: id.nullable(),
      householdId: id.nullable(),
    })
    .describe('one party, or the holders of a role in a department of the community'),
  template: token.describe("key of the text in the publisher's labels"),
  params: z.record(token, z.union([token, z.number(), z.boolean(), z.null()])),
  channel: z.enum(['IN_APP', 'SMS', 'MAIL', 'LETTER']),
  dueAt: instant,
});

export type NotificationData = z.infer<typeof notificationData>;

type NotificationEvents = Readonly<{ requested: EventDefinition<NotificationData> }>;

const notificationEventsOf = new Map<string, NotificationEvents>();

/** Every service asks for people to be told in the same way; the notification is the aggregate. One definition each. */
export function notificationEvents(publisher: string): NotificationEvents {
  const known = notificationEventsOf.get(publisher);
  if (known !== undefined) return known;
  const requested = defineEvent({
    publisher,
    aggregate: 'notification',
    fact: 'requested',
    version: 1,
    description: 'Somebody is to be told something.',
    data: notificationData,
  });
  notificationEventsOf.set(publisher, { requested });
  return { requested };
}

const policyData = z.object({
  policy: z.string().min(1),
  key: z.string().min(1),
  value: z.union([z.number(), z.string(), z.boolean(), z.array(z.string())]),
  validFrom: instant,
});

export type PolicyData = z.infer<typeof policyData>;

/** Every service tells of a figure that a community overrode in the same way. */
export const policyEvents = (publisher: string): Readonly<{ changed: EventDefinition<PolicyData> }> => ({
  changed: defineEvent({
    publisher,
    aggregate: 'policy',
    fact: 'changed',
    version: 1,
    description: 'A community overrode a figure of this service from a time on.',
    data: policyData,
  }),
});
