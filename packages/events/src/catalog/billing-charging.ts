import { z } from 'zod';

import { defineEvent } from '../define-event.ts';
import { deadlineEvents } from '../shared-events.ts';

const publisher = 'billing';
const id = z.uuid();
const day = z.iso.date();
const code = z.string().regex(/^[A-Z][A-Z0-9_]*$/);
const decimal = z.string().regex(/^-?\d+(\.\d+)?$/);
const minorUnits = z.int().describe("minor units of the community's currency");

// ---- Tariff: what a kind of charge costs, from which day on, and which authority allowed it.

const tariff = { publisher, aggregate: 'tariff', version: 1 } as const;
const ofTariff = z.object({ tariffId: id, chargeTypeCode: code, validFrom: day, validTo: day.nullable() });

export const tariffDrafted = defineEvent({
  ...tariff,
  fact: 'drafted',
  description: 'A tariff was written down; it counts for nothing before it is approved.',
  data: ofTariff,
});

export const tariffApproved = defineEvent({
  ...tariff,
  fact: 'approved',
  description: 'A tariff holds from its first day on.',
  data: ofTariff,
});

export const tariffEnded = defineEvent({
  ...tariff,
  fact: 'ended',
  description: 'The first day on which a tariff no longer holds is known.',
  data: ofTariff,
});

export const tariffWithdrawn = defineEvent({
  ...tariff,
  fact: 'withdrawn',
  description: 'A draft was given up.',
  data: ofTariff,
});

// ---- Meter: what it counts, and what is prepaid on it.

const meter = { publisher, aggregate: 'meter', version: 1 } as const;
const ofMeter = z.object({ meterId: id, unitId: id.nullable(), chargeTypeCode: code });

export const meterRegistered = defineEvent({
  ...meter,
  fact: 'registered',
  description: 'A meter was entered with its base reading.',
  data: ofMeter.extend({ isPrepaid: z.boolean(), value: decimal, readOn: day }),
});

export const meterRead = defineEvent({
  ...meter,
  fact: 'read',
  description: 'A meter was read; what was used since the reading before.',
  data: ofMeter.extend({ readingId: id, value: decimal, used: decimal, takenOn: day }),
});

export const meterReadingVoided = defineEvent({
  ...meter,
  fact: 'reading-voided',
  description: 'The last reading was wrong and is taken back; the meter stands where it stood before.',
  data: ofMeter.extend({ readingId: id, value: decimal, reasonCode: code }),
});

export const meterRemoved = defineEvent({
  ...meter,
  fact: 'removed',
  description: 'A meter was taken out.',
  data: ofMeter.extend({ removedOn: day }),
});

export const meterToppedUp = defineEvent({
  ...meter,
  fact: 'topped-up',
  description: 'Money came onto a prepaid meter, all of it, whatever else is owed.',
  data: ofMeter.extend({ amount: minorUnits, balance: minorUnits, means: code }),
});

export const meterTopUpVoided = defineEvent({
  ...meter,
  fact: 'top-up-voided',
  description: 'A top-up was taken back; the money is off the meter again.',
  data: ofMeter.extend({ amount: minorUnits, balance: minorUnits }),
});

export const meterHandedOver = defineEvent({
  ...meter,
  fact: 'handed-over',
  description: 'Whoever had paid lives there no longer: what was left became an advance of theirs.',
  data: ofMeter.extend({ amount: minorUnits }),
});

export const meterBalanceLow = defineEvent({
  ...meter,
  fact: 'balance-low',
  description: 'A prepaid balance fell below the limit; the household was told.',
  data: ofMeter.extend({ balance: minorUnits, limit: minorUnits }),
});

// ---- Apportionment: a common cost shared out to the cent.

const apportionment = { publisher, aggregate: 'apportionment', version: 1 } as const;
const ofApportionment = z.object({
  apportionmentId: id,
  chargeTypeCode: code,
  basis: code,
  periodFrom: day,
  periodTo: day,
  total: minorUnits,
  bearerCount: z.int(),
});

export const apportionmentComputed = defineEvent({
  ...apportionment,
  fact: 'computed',
  description: 'A cost was shared out; nobody owes anything yet.',
  data: ofApportionment,
});

export const apportionmentConfirmed = defineEvent({
  ...apportionment,
  fact: 'confirmed',
  description: 'The shares count; the next charge run of their period charges them.',
  data: ofApportionment,
});

export const apportionmentDiscarded = defineEvent({
  ...apportionment,
  fact: 'discarded',
  description: 'A draft of shares was given up.',
  data: ofApportionment,
});

export const apportionmentReversed = defineEvent({
  ...apportionment,
  fact: 'reversed',
  description: 'Confirmed shares were wrong and are taken back.',
  data: ofApportionment,
});

// ---- ChargeRun: all charges of a community for a period. Its charges are told by it, not one by one.

const chargeRun = { publisher, aggregate: 'charge-run', version: 1 } as const;
const ofRun = z.object({
  runId: id,
  chargeTypeCodes: z.array(code),
  periodFrom: day,
  periodTo: day,
  lineCount: z.int().describe('lines so far'),
  total: minorUnits.describe('all lines so far'),
});

const runEvent = (fact: string, description: string) => defineEvent({ ...chargeRun, fact, description, data: ofRun });

export const chargeRunStarted = runEvent('started', 'The charges of a period are being computed.');
export const chargeRunPreviewed = runEvent('previewed', 'All charges of a run are computed and can be looked at.');
export const chargeRunDiscarded = runEvent('discarded', 'A preview was given up; nothing was charged.');
export const chargeRunPostingStarted = runEvent('posting-started', 'The charges of a run are being posted.');
export const chargeRunPosted = runEvent('posted', 'All charges of a run are owed.');
export const chargeRunReversingStarted = runEvent('reversing-started', 'The charges of a run are being taken back.');
export const chargeRunReversed = runEvent('reversed', 'All charges of a run were taken back by postings of their own.');
export const chargeRunNoticesSent = runEvent('notices-sent', 'Every household of a run has its payment notice.');

export const chargeRunAdvanced = defineEvent({
  ...chargeRun,
  fact: 'advanced',
  description: 'One step of a run is done: some units with all their charges, in one transaction.',
  data: z.object({
    runId: id,
    phase: z.enum(['COMPUTED', 'POSTED', 'REVERSED']),
    step: z.int().min(1),
    lineCount: z.int().describe('lines of the step'),
    total: minorUnits.describe('lines of the step'),
  }),
});

export const chargeRunDeadlines = deadlineEvents(publisher, 'charge-run');

// ---- OpeningImport: what was owed and held before the platform came.

const openingImport = { publisher, aggregate: 'opening-import', version: 1 } as const;
const ofOpening = z.object({
  openingImportId: id,
  arrears: minorUnits,
  prepaid: minorUnits,
  deposits: minorUnits,
  advances: minorUnits.optional(),
  meterCount: z.int(),
});

export const openingImportOpened = defineEvent({
  ...openingImport,
  fact: 'opened',
  description: 'Opening balances may be entered; the totals that they have to come to.',
  data: ofOpening,
});

export const openingImportExtended = defineEvent({
  ...openingImport,
  fact: 'extended',
  description: 'Opening balances were entered; what these rows come to.',
  data: ofOpening,
});

export const openingImportAmended = defineEvent({
  ...openingImport,
  fact: 'amended',
  description: 'The totals that the opening balances have to come to were mistyped; these hold.',
  data: ofOpening,
});

export const openingImportWithdrawn = defineEvent({
  ...openingImport,
  fact: 'withdrawn',
  description: 'Opening balances that were mistyped are taken back; what these rows came to.',
  data: ofOpening,
});

export const openingImportClosed = defineEvent({
  ...openingImport,
  fact: 'closed',
  description: 'The opening balances agree with their totals; no more are entered.',
  data: ofOpening,
});

// ---- Request of a charge: one that no run, event or meter raises.

const chargeRequest = { publisher, aggregate: 'charge-request', version: 1 } as const;
const ofRequest = z.object({
  chargeRequestId: id,
  billingAccountId: id,
  chargeTypeCode: code,
  fee: z.object({ amount: z.int().describe('minor units of the currency'), currency: z.string().length(3) }),
  reasonCode: code,
});

export const chargeRequestSubmitted = defineEvent({
  ...chargeRequest,
  fact: 'submitted',
  description: 'Somebody is to owe one charge; somebody else decides.',
  data: ofRequest,
});

export const chargeRequestDecided = defineEvent({
  ...chargeRequest,
  fact: 'decided',
  description: 'It was decided whether a single charge is owed; the charge tells of itself.',
  data: ofRequest.extend({ isApproved: z.boolean(), chargeId: id.nullable().describe('null: it is not') }),
});

export const chargeRequestWithdrawn = defineEvent({
  ...chargeRequest,
  fact: 'withdrawn',
  description: 'Whoever asked for a single charge takes it back before a decision.',
  data: ofRequest,
});
