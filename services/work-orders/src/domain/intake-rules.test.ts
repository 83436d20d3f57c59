import { describe, expect, it } from '@jest/globals';

import {
  correctionViolations,
  householdAt,
  intakeViolations,
  normalPhone,
  placeViolations,
  type Intake,
} from './intake-rules.ts';
import type { PlaceReference } from './references.ts';
import { fieldTime, timeViolations } from './time-rules.ts';
import { catalogOf, classify, usualPart, type Problem } from './work-order-catalog.ts';

const catalog = catalogOf([]);
const anIntake = (overrides: Partial<Intake> = {}): Intake => ({
  channelCode: 'PHONE',
  tradeCode: 'PLUMBING',
  problemCode: 'TAP_OR_VALVE',
  contactName: '张建国',
  contactPhone: '138-1234-5678',
  description: '水龙头漏水',
  convenientFrom: new Date('2026-03-03T01:00:00Z'),
  convenientTo: new Date('2026-03-03T04:00:00Z'),
  ...overrides,
});
const reasons = (intake: Intake): string[] =>
  intakeViolations(intake, catalog)
    .map(({ reason }) => reason)
    .sort();
const nobody = { contactName: null, contactPhone: null, convenientFrom: null, convenientTo: null };
const source = { system: 'NYC311', key: '39574751' };

describe('the five fields of an intake', () => {
  it.each<[string, Partial<Intake>, string[]]>([
    ['nothing is wrong with a complete one', {}, []],
    ['the name is missing', { contactName: ' ' }, ['CONTACT_NAME_REQUIRED']],
    ['the phone is missing', { contactPhone: '' }, ['CONTACT_PHONE_REQUIRED']],
    ['the phone is none', { contactPhone: 'call me' }, ['PHONE_MALFORMED']],
    ['the content is missing', { description: ' ' }, ['DESCRIPTION_REQUIRED']],
    ['the convenient time is missing', { convenientFrom: null, convenientTo: null }, ['CONVENIENT_TIME_REQUIRED']],
    ['the convenient time has no end', { convenientTo: null }, ['RANGE_EMPTY']],
    ['the convenient time ends before it begins', { convenientTo: new Date('2026-03-03T01:00:00Z') }, ['RANGE_EMPTY']],
    [
      'everything is missing at once',
      { ...nobody, description: '' },
      ['CONTACT_NAME_REQUIRED', 'CONTACT_PHONE_REQUIRED', 'CONVENIENT_TIME_REQUIRED', 'DESCRIPTION_REQUIRED'],
    ],
    ['a source is given that the channel does not have', { source }, ['SOURCE_NOT_ALLOWED']],
  ])('[A066] %s', (_name, overrides, expected) => {
    expect(reasons(anIntake(overrides))).toEqual(expected);
  });

  it.each(['VISIT', 'PHONE', 'LETTER', 'WEB', 'APP', 'NIGHT_DESK', 'PATROL', 'MOVE_IN_INSPECTION'])(
    '[A066] %s needs all five',
    (channelCode) => {
      const expected = ['CONTACT_NAME_REQUIRED', 'CONTACT_PHONE_REQUIRED', 'CONVENIENT_TIME_REQUIRED'];
      expect(reasons(anIntake({ channelCode, ...nobody }))).toEqual(expected);
    },
  );

  it('[A066] another agency’s request has a source in their stead, and its content', () => {
    const agency = { ...nobody, channelCode: 'EXTERNAL_AGENCY' };
    expect(reasons(anIntake({ ...agency, source }))).toEqual([]);
    expect(reasons(anIntake(agency))).toEqual(['SOURCE_REQUIRED']);
    expect(reasons(anIntake({ ...agency, source: { system: 'NYC311', key: ' ' } }))).toEqual(['SOURCE_REQUIRED']);
    expect(reasons(anIntake({ ...agency, source, description: '' }))).toEqual(['DESCRIPTION_REQUIRED']);
  });

  it('knows its codes, and a problem under its own trade only', () => {
    expect(reasons(anIntake({ channelCode: 'FAX', tradeCode: 'MAGIC' }))).toEqual(['CHANNEL_UNKNOWN', 'TRADE_UNKNOWN']);
    expect(reasons(anIntake({ problemCode: 'NO_POWER' }))).toEqual(['PROBLEM_UNKNOWN']);
  });

  it('[A066] the address is a place of the community', () => {
    const place = { communityId: 'c' } as PlaceReference;
    expect(placeViolations(place, 'c')).toEqual([]);
    expect(placeViolations(place, 'other')).toMatchObject([{ reason: 'PLACE_UNKNOWN' }]);
    expect(placeViolations(undefined, 'c')).toMatchObject([{ reason: 'PLACE_UNKNOWN' }]);
  });

  it('[A066] the household is who holds the unit: named, or the only one', () => {
    expect(householdAt(null, ['a'])).toBe('a');
    expect(() => householdAt(null, ['a', 'b'])).toThrow('HOUSEHOLD_REQUIRED');
    expect(householdAt(null, [])).toBeNull();
    expect(householdAt('b', ['a', 'b'])).toBe('b');
    expect(() => householdAt('c', ['a'])).toThrow('HOUSEHOLD_NOT_AT_PLACE');
  });

  it('[A066] a correction changes the five fields and clears none', () => {
    const wrong = correctionViolations({
      contactName: '',
      contactPhone: null,
      description: null,
      convenientFrom: null,
    });
    expect(wrong.map(({ reason }) => reason).sort()).toEqual([
      'CONTACT_NAME_REQUIRED',
      'CONTACT_PHONE_REQUIRED',
      'CONVENIENT_TIME_REQUIRED',
      'DESCRIPTION_REQUIRED',
    ]);
    expect(correctionViolations({})).toEqual([]);
    expect(correctionViolations({ contactPhone: '010 8888 6666' })).toEqual([]);
  });

  it('keeps a phone without spaces and hyphens', () => {
    expect(normalPhone('138-1234 5678')).toBe('13812345678');
  });
});

describe('what a request is about', () => {
  it('is in the unit as delivered, elsewhere common, and of contracted equipment its contract’s', () => {
    const tap = catalog.problems.get('TAP_OR_VALVE') as Problem;
    expect([usualPart(tap, 'UNIT'), usualPart(tap, 'COMMON_AREA')]).toEqual(['AS_DELIVERED', 'COMMON']);
    expect(usualPart(catalog.problems.get('LIFT_STOPPED') as Problem, 'BUILDING')).toBe('CONTRACTED_EQUIPMENT');
  });

  it('[B013] is an emergency where the problem is one, unless it says otherwise', () => {
    const burst = { tradeCode: 'PLUMBING', problemCode: 'PIPE_BURST' };
    expect(classify(burst, 'UNIT', catalog).priority).toBe('EMERGENCY');
    expect(classify({ ...burst, priority: 'NORMAL' }, 'UNIT', catalog).priority).toBe('NORMAL');
    expect(classify({ ...burst, problemCode: 'TAP_OR_VALVE' }, 'UNIT', catalog).priority).toBe('NORMAL');
  });
});

describe('times that people enter', () => {
  const now = new Date('2026-03-02T01:00:00Z');
  const bounds = { now, backdatingHours: 24 };

  it.each([
    ['2026-03-02T01:00:00.001Z', 'IN_THE_FUTURE'],
    ['2026-03-02T01:00:00.000Z', null],
    ['2026-03-01T01:00:00.000Z', null],
    ['2026-03-01T00:59:59.999Z', 'TOO_FAR_BACK'],
  ])('[A205] %s -> %s', (at, reason) => {
    const found = timeViolations(new Date(at), bounds, 'input.occurredAt').map((violation) => violation.reason);
    expect(found).toEqual(reason === null ? [] : [reason]);
  });

  it('[A205] come after what they follow', () => {
    const notBefore = new Date('2026-03-02T00:00:00Z');
    expect(() => fieldTime(new Date('2026-03-01T23:59:00Z'), { ...bounds, notBefore })).toThrow('OUT_OF_ORDER');
    expect(fieldTime(null, { ...bounds, notBefore })).toEqual(now);
  });
});
