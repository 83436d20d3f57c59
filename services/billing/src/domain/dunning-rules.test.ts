import { describe, expect, it } from '@jest/globals';
import { defaultsOf, reasonsOf } from '@steward/test-kit/pure-rules';

import { dunningFigures } from './counter-policy.ts';
import {
  checkLegal,
  checkLetter,
  checkMeasure,
  checkReminder,
  checkVisit,
  longRefusedSince,
  overdueSince,
  reminderPayBy,
  statusBefore,
} from './dunning-rules.ts';

const dunning = defaultsOf(dunningFigures);

const now = new Date('2026-03-02T01:00:00Z');
const hours = (count: number): Date => new Date(now.getTime() + count * 3_600_000);

describe('dunning', () => {
  it('[A078] lists a debt the day after its due day', () => {
    expect(overdueSince('2026-03-02', dunning)).toBe('2026-03-01');
  });
  it('[A078] takes only a measure that answers the cause', () => {
    expect(reasonsOf(() => checkMeasure('REFUSAL', 'LEGAL'))).toEqual([]);
    expect(reasonsOf(() => checkMeasure('FORGOTTEN', 'LEGAL'))).toEqual(['MEASURE_DOES_NOT_FIT']);
    expect(reasonsOf(() => checkMeasure('SERVICE_COMPLAINT', 'LETTER'))).toEqual(['MEASURE_DOES_NOT_FIT']);
  });
  it('[A079] tells the whole debt and a day to come, 15 days from now', () => {
    expect(reminderPayBy('2026-03-02', dunning)).toBe('2026-03-17');
    const owed = { amount: 500, today: '2026-03-02', hasHousehold: true };
    const told = { amount: 500, payBy: '2026-03-03', channel: 'PHONE' as const, hasRecord: true };
    expect(reasonsOf(() => checkReminder(told, owed))).toEqual([]);
    expect(reasonsOf(() => checkReminder({ ...told, amount: 499, payBy: '2026-03-02' }, owed))).toEqual([
      'AMOUNT_DIFFERS_FROM_DEBT',
      'TERM_PAST',
    ]);
  });
  it('[A079] leaves a record of each call, and a message goes to somebody', () => {
    const owed = { amount: 500, today: '2026-03-02', hasHousehold: false };
    const told = { amount: 500, payBy: '2026-03-03', channel: 'PHONE' as const, hasRecord: false };
    expect(reasonsOf(() => checkReminder(told, owed))).toEqual(['PROOF_OR_NOTE_REQUIRED']);
    expect(reasonsOf(() => checkReminder({ ...told, hasRecord: true }, owed))).toEqual([]);
    expect(reasonsOf(() => checkReminder({ ...told, channel: 'SMS' }, owed))).toEqual(['NOBODY_TO_MESSAGE']);
    expect(reasonsOf(() => checkReminder({ ...told, channel: 'SMS' }, { ...owed, hasHousehold: true }))).toEqual([]);
  });
  it.each([
    ['LISTED', {}],
    ['REMINDED', { firstRemindedAt: now }],
    ['LETTER_SENT', { firstRemindedAt: now, letterSentAt: now }],
    ['VISITED', { firstRemindedAt: now, visitedAt: now }],
    ['VISITED', { firstRemindedAt: now, letterSentAt: now, visitedAt: now }],
    ['LEGAL', { firstRemindedAt: now, letterSentAt: now, visitedAt: now, legalAt: now }],
  ])('[A080] goes on at %s, the last of the steps that were taken', (status, taken) => {
    const none = { firstRemindedAt: null, letterSentAt: null, visitedAt: null, legalAt: null };
    expect(statusBefore({ ...none, ...taken })).toBe(status);
  });
  it('[A080] sends the letter when its time has come, by express mail', () => {
    const letter = { trackingNumber: 'EMS12345678CN', letterDueAt: now, now };
    expect(reasonsOf(() => checkLetter(letter))).toEqual([]);
    expect(reasonsOf(() => checkLetter({ ...letter, letterDueAt: hours(1) }))).toEqual(['LETTER_TOO_EARLY']);
    expect(reasonsOf(() => checkLetter({ ...letter, letterDueAt: null }))).toEqual(['LETTER_TOO_EARLY']);
    expect(reasonsOf(() => checkLetter({ ...letter, trackingNumber: '' }))).toEqual(['TRACKING_NUMBER_MALFORMED']);
  });
  it('[A081] visits those who live in the estate', () => {
    expect(reasonsOf(() => checkVisit({ livesInEstate: true }))).toEqual([]);
    expect(reasonsOf(() => checkVisit({ livesInEstate: false }))).toEqual(['DEBTOR_LIVES_ELSEWHERE']);
  });
  it("[A082] counts twelve months back as long, to the month's last day", () => {
    expect(longRefusedSince('2026-03-02', dunning)).toBe('2025-03-02');
    expect(longRefusedSince('2028-02-29', dunning)).toBe('2027-02-28');
  });
  it('[A082] goes to law for what is long, groundless and serious, all three', () => {
    const debt = { cause: 'REFUSAL' as const, isSerious: true, oldestDueOn: '2025-03-02', longSince: '2025-03-02' };
    expect(reasonsOf(() => checkLegal(debt))).toEqual([]);
    expect(reasonsOf(() => checkLegal({ ...debt, cause: 'HARDSHIP' }))).toEqual(['REFUSAL_HAS_GROUND']);
    expect(reasonsOf(() => checkLegal({ ...debt, isSerious: false }))).toEqual(['REFUSAL_NOT_SERIOUS']);
    expect(reasonsOf(() => checkLegal({ ...debt, oldestDueOn: '2025-03-03' }))).toEqual(['REFUSAL_NOT_LONG']);
  });
});
