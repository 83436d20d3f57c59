import { z } from 'zod';

import { defineEvent } from '../define-event.ts';
import { policyEvents } from '../shared-events.ts';

const publisher = 'residents';
const id = z.guid();
const day = z.iso.date();
const decimal = z.string().regex(/^\d+(\.\d+)?$/);

// ---- Company: the tenant itself, its id is the tenant's.

const company = z.object({ companyId: id });

export const companyRegistered = defineEvent({
  publisher,
  aggregate: 'company',
  fact: 'registered',
  version: 1,
  description: 'A property company (tenant) was entered.',
  data: company,
});

export const companyUpdated = defineEvent({
  publisher,
  aggregate: 'company',
  fact: 'updated',
  version: 1,
  description: 'Descriptive details of a company changed.',
  data: company,
});

// ---- Community

const community = z.object({
  communityId: id,
  companyId: id,
  code: z.string().min(1).describe('unique in its company, readable'),
  timeZone: z.string().min(1).describe('IANA zone; days and deadlines of the community are reckoned in it'),
  locale: z.enum(['zh-CN', 'en']),
  currency: z.string().length(3).describe('ISO 4217'),
  status: z.enum(['ACTIVE', 'LEFT']).describe('LEFT: the company no longer manages it'),
});

export const communityRegistered = defineEvent({
  publisher,
  aggregate: 'community',
  fact: 'registered',
  version: 1,
  description: 'A community came under management.',
  data: community,
});

export const communityUpdated = defineEvent({
  publisher,
  aggregate: 'community',
  fact: 'updated',
  version: 1,
  description: 'Something about a community changed; the whole state that events carry, not the difference.',
  data: community,
});

// ---- Place: any node of the property tree below its community. A unit's id is its place's id.

const place = z.object({
  placeId: id,
  communityId: id,
  parentId: id.nullable().describe('null: directly below the community'),
  kind: z.enum(['BUILDING', 'SECTION', 'UNIT', 'COMMON_AREA']),
  code: z.string().min(1).describe('unique below its parent: "3", "1201"'),
  path: z.string().min(1).describe('codes from the building down, unique in the community: "3/1/1201"'),
  usage: z
    .enum(['RESIDENTIAL', 'SHOP', 'OFFICE', 'PARKING', 'STORAGE'])
    .nullable()
    .describe('what a unit is for; null for other kinds'),
  commonAreaCode: z
    .string()
    .nullable()
    .describe('what a common area is: LOBBY, LIFT, GARAGE, ROOF...; null for others'),
  areaM2: decimal.nullable().describe('built area in square metres, exact decimal'),
  floor: z.number().int().nullable(),
  deliveredOn: day.nullable().describe('handed over to the owner; null: not yet delivered or not known'),
  warrantyFrom: day
    .nullable()
    .describe('first day of the warranty periods; the day of delivery unless agreed otherwise'),
  designLifeYears: z.number().int().positive().nullable().describe('years for which the structure is under warranty'),
});

export const placeRegistered = defineEvent({
  publisher,
  aggregate: 'place',
  fact: 'registered',
  version: 1,
  description: 'A building, section, unit or common area was entered below its parent.',
  data: place,
});

export const placeUpdated = defineEvent({
  publisher,
  aggregate: 'place',
  fact: 'updated',
  version: 1,
  description: 'Something about a place changed; the whole state that events carry, not the difference.',
  data: place,
});

// ---- Person: only that there is one, and what can be done with it. Names and numbers stay in residents.

const person = z.object({
  personId: id,
  communityId: id.describe('where the person was entered; memberships say where the person lives'),
  hasPhone: z.boolean().describe('can be called or sent a message'),
  locale: z.enum(['zh-CN', 'en']).nullable().describe('language wanted; null: as the community'),
});

export const personRegistered = defineEvent({
  publisher,
  aggregate: 'person',
  fact: 'registered',
  version: 1,
  description: 'A natural person was entered.',
  data: person,
});

export const personUpdated = defineEvent({
  publisher,
  aggregate: 'person',
  fact: 'updated',
  version: 1,
  description: 'Something about a person changed; the whole state that events carry, not the difference.',
  data: person,
});

// ---- Organisation

const organisation = z.object({
  organisationId: id,
  communityId: id.describe('where it was entered'),
  kind: z.enum(['MERCHANT', 'CONTRACTOR', 'DEVELOPER']),
});

export const organisationRegistered = defineEvent({
  publisher,
  aggregate: 'organisation',
  fact: 'registered',
  version: 1,
  description: 'A merchant, contractor or developer was entered.',
  data: organisation,
});

export const organisationUpdated = defineEvent({
  publisher,
  aggregate: 'organisation',
  fact: 'updated',
  version: 1,
  description: 'Something about an organisation changed; the whole state that events carry, not the difference.',
  data: organisation,
});

// ---- Household: who holds which units and who belongs to it, both with dates. Ranges are half-open [from, to).

const segment = z.enum(['MAIN_MERCHANT', 'SMALL_MERCHANT', 'RESIDENT']);

export const householdRegistered = defineEvent({
  publisher,
  aggregate: 'household',
  fact: 'registered',
  version: 1,
  description: 'A household was entered; its units and members follow as facts of their own.',
  data: z.object({
    householdId: id,
    communityId: id,
    number: z.string().min(1),
    segment,
    isKeyAccount: z.boolean(),
  }),
});

export const householdSegmentChanged = defineEvent({
  publisher,
  aggregate: 'household',
  fact: 'segment-changed',
  version: 1,
  description: 'A household was moved to another segment (main merchants, small merchants, residents).',
  data: z.object({ householdId: id, segment }),
});

export const householdKeyAccountChanged = defineEvent({
  publisher,
  aggregate: 'household',
  fact: 'key-account-changed',
  version: 1,
  description: 'A household was made a key account, or is none any more.',
  data: z.object({ householdId: id, isKeyAccount: z.boolean() }),
});

const unitHolding = z.object({
  householdId: id,
  holdingId: id,
  unitId: id,
  tenure: z.enum(['OWNED', 'RENTED']),
  validFrom: day.describe('first day, in the zone of the community'),
  validTo: day.nullable().describe('first day no longer held; null: open'),
});

export const householdUnitAdded = defineEvent({
  publisher,
  aggregate: 'household',
  fact: 'unit-added',
  version: 1,
  description: 'A household holds a unit from a day on, as its owner or as its renter.',
  data: unitHolding,
});

export const householdUnitReleased = defineEvent({
  publisher,
  aggregate: 'household',
  fact: 'unit-released',
  version: 1,
  description: 'The last day of a holding is known: validTo is set.',
  data: unitHolding,
});

const membership = z.object({
  householdId: id,
  membershipId: id,
  unitIds: z.array(id).describe('the units the household holds on validFrom; later changes come as unit facts'),
  personId: id.nullable().describe('the member; exactly one of personId and organisationId is set'),
  organisationId: id.nullable(),
  role: z.enum(['OWNER', 'RENTER', 'FAMILY', 'AGENT']),
  validFrom: day.describe('first day, in the zone of the community'),
  validTo: day.nullable().describe('first day no longer a member; null: open'),
});

export const householdMembershipStarted = defineEvent({
  publisher,
  aggregate: 'household',
  fact: 'membership-started',
  version: 1,
  description: 'A person or organisation belongs to a household from a day on.',
  data: membership,
});

export const householdMembershipEnded = defineEvent({
  publisher,
  aggregate: 'household',
  fact: 'membership-ended',
  version: 1,
  description: 'The last day of a membership is known: validTo is set.',
  data: membership,
});

export const householdFileChanged = defineEvent({
  publisher,
  aggregate: 'household',
  fact: 'file-changed',
  version: 1,
  description: 'A paper was put into a household file; which kinds are still missing.',
  data: z.object({
    householdId: id,
    documentKindCode: z.string().min(1),
    missingKindCodes: z.array(z.string().min(1)),
    isComplete: z.boolean(),
  }),
});

/** Every service has a `policy.changed`, so this one has no name of its own. */
export const residentsPolicy = policyEvents(publisher);
