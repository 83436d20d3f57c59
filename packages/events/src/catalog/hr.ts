import { z } from 'zod';

import { defineEvent } from '../define-event.ts';
import { policyEvents } from '../shared-events.ts';

const publisher = 'hr';
const id = z.guid();
const day = z.iso.date();
const instant = z.iso.datetime();
const code = z.string().regex(/^[A-Z][A-Z0-9_]*$/);

// ---- Department and team

const department = z.object({
  departmentId: id,
  code: code.describe('CUSTOMER_SERVICE, MAINTENANCE, SECURITY, ENVIRONMENT, FINANCE, or one a company added'),
});

export const departmentRegistered = defineEvent({
  publisher,
  aggregate: 'department',
  fact: 'registered',
  version: 1,
  description: 'A department of the company was set up.',
  data: department,
});

const team = z.object({
  teamId: id,
  communityId: id,
  departmentId: id,
  departmentCode: code,
  code: code.describe('unique in its community'),
});

export const teamRegistered = defineEvent({
  publisher,
  aggregate: 'team',
  fact: 'registered',
  version: 1,
  description: 'A team of a department was set up in a community.',
  data: team,
});

// ---- Staff: names and phones stay in hr. Post, trades and duty are facts of the staff member's own aggregate.

const staff = z.object({
  staffId: id,
  number: z.string().min(1).describe('staff number, unique in the company'),
  employedOn: day,
});

export const staffRegistered = defineEvent({
  publisher,
  aggregate: 'staff',
  fact: 'registered',
  version: 1,
  description: 'A staff member was entered; posts, trades and duty follow as facts of their own.',
  data: staff,
});

export const staffUpdated = defineEvent({
  publisher,
  aggregate: 'staff',
  fact: 'updated',
  version: 1,
  description: 'Descriptive details of a staff member changed; the whole state that events carry.',
  data: staff,
});

export const staffLeft = defineEvent({
  publisher,
  aggregate: 'staff',
  fact: 'left',
  version: 1,
  description: 'A staff member leaves the company; posts and duty end with facts of their own.',
  data: z.object({ staffId: id, leftOn: day.describe('first day no longer employed') }),
});

const post = z.object({
  staffId: id,
  postId: id,
  communityId: id,
  departmentId: id,
  departmentCode: code,
  teamId: id.nullable(),
  positionCode: code.describe('what the company calls the post: REPAIR_WORKER, FRONT_DESK_CLERK...'),
  role: z
    .enum([
      'director',
      'deputyDirector',
      'administrativeSupervisor',
      'supervisor',
      'clerk',
      'cashier',
      'maintenance',
      'guard',
      'environment',
      'trainer',
      'analyst',
      'operator',
    ])
    .describe('role of access, spelt as in the signed identity and in recipients of notifications'),
  validFrom: day.describe('first day, in the zone of the community'),
  validTo: day.nullable().describe('first day no longer on the post; null: open'),
});

export const staffPostAssigned = defineEvent({
  publisher,
  aggregate: 'staff',
  fact: 'post-assigned',
  version: 1,
  description: 'A staff member holds a post in a community from a day on.',
  data: post,
});

export const staffPostEnded = defineEvent({
  publisher,
  aggregate: 'staff',
  fact: 'post-ended',
  version: 1,
  description: 'The last day of a post is known: validTo is set.',
  data: post,
});

export const staffTradesChanged = defineEvent({
  publisher,
  aggregate: 'staff',
  fact: 'trades-changed',
  version: 1,
  description: 'The trades a staff member is fit for; the whole list.',
  data: z.object({ staffId: id, tradeCodes: z.array(code) }),
});

export const staffDutyChanged = defineEvent({
  publisher,
  aggregate: 'staff',
  fact: 'duty-changed',
  version: 1,
  description: 'On duty in [onDutyFrom, onDutyTo); both null: not on duty.',
  data: z.object({
    staffId: id,
    onDutyFrom: instant.nullable(),
    onDutyTo: instant.nullable().describe('null while onDutyFrom is set: until further notice'),
  }),
});

/** Every service has a `policy.changed`, so this one has no name of its own. */
export const hrPolicy = policyEvents(publisher);
