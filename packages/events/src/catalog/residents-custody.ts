import { z } from 'zod';

import { defineEvent } from '../define-event.ts';
import { deadlineEvents } from '../shared-events.ts';

const publisher = 'residents';
const id = z.guid();
const instant = z.iso.datetime();
const day = z.iso.date();
const code = z.string().regex(/^[A-Z][A-Z0-9_]*$/);
const decimal = z.string().regex(/^\d+(\.\d+)?$/);

// ---- Custody: an empty flat that the property company looks after. Billing follows its beginning and end.

const custody = { publisher, aggregate: 'custody', version: 1 } as const;
const ofUnit = { custodyId: id, householdId: id, unitId: id };
const share = decimal.describe('of the full management fee that is charged while it lasts: "0.70"');

export const custodyRegistered = defineEvent({
  ...custody,
  fact: 'registered',
  description: 'A household wants its empty flat looked after.',
  data: z.object(ofUnit),
});

export const custodySigned = defineEvent({
  ...custody,
  fact: 'signed',
  description: 'The custody agreement was signed.',
  data: z.object({ custodyId: id }),
});

export const custodyRead = defineEvent({
  ...custody,
  fact: 'read',
  description: 'The meters of a flat under custody were read.',
  data: z.object({ custodyId: id, takenAt: instant, waterM3: decimal, electricityKwh: decimal }),
});

export const custodyCapExceeded = defineEvent({
  ...custody,
  fact: 'cap-exceeded',
  description: 'An empty flat has used more than the agreement allows; told once for each meter.',
  data: z.object({
    custodyId: id,
    meter: z.enum(['WATER', 'ELECTRICITY']),
    used: decimal.describe('since the start, in m3 or kWh'),
    cap: z.int().min(0),
  }),
});

export const custodyStarted = defineEvent({
  ...custody,
  fact: 'started',
  description: 'Custody began: from startsOn on the management fee is charged at the share.',
  data: z.object({ ...ofUnit, startsOn: day, managementFeeShare: share }),
});

export const custodyEnded = defineEvent({
  ...custody,
  fact: 'ended',
  description: 'Custody is over: from endsOn on the full management fee is charged again.',
  data: z.object({ ...ofUnit, startsOn: day, endsOn: day, managementFeeShare: share }),
});

export const custodyCancelled = defineEvent({
  ...custody,
  fact: 'cancelled',
  description: 'A custody was given up before it began.',
  data: z.object({ custodyId: id, reasonCode: code }),
});

const patrolKind = z.enum(['WEEKLY', 'BEFORE_RAIN', 'AFTER_RAIN', 'EXTRA']);

export const custodyPatrolDue = defineEvent({
  ...custody,
  fact: 'patrol-due',
  description: 'Somebody has to walk round a flat under custody.',
  data: z.object({
    custodyId: id,
    patrolId: id,
    kind: patrolKind,
    dueAt: instant,
    isLastMissed: z.boolean().describe('the weekly patrol before it was not made'),
  }),
});

export const custodyPatrolled = defineEvent({
  ...custody,
  fact: 'patrolled',
  description: 'Somebody has walked round a flat under custody; what was found goes to the owner.',
  data: z.object({ custodyId: id, kind: patrolKind, patrolledAt: instant, findingCodes: z.array(code) }),
});

export const custodyDeadlines = deadlineEvents(publisher, 'custody');
