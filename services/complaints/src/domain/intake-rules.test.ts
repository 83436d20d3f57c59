import { describe, expect, it } from '@jest/globals';
import { reasonsOf } from '@steward/test-kit/pure-rules';

import { catalogOf, isBuiltIn, type ComplaintCode } from './complaint-catalog.ts';
import { requireCodeTerms } from './code-rules.ts';
import {
  correctionViolations,
  departmentViolations,
  householdOf,
  intakeViolations,
  placeViolations,
  sourceOf,
  sourceWarnings,
  type Intake,
} from './intake-rules.ts';

const catalog = catalogOf([]);
const anIntake = (overrides: Partial<Intake> = {}): Intake => ({
  channelCode: 'PHONE',
  categoryCode: 'NOISE',
  contactName: '张建国',
  contactPhone: '138 1234 5678',
  hasPlace: true,
  summary: '噪音扰民',
  course: '夜间敲击',
  demand: '请制止',
  ...overrides,
});
const of = (overrides: Partial<Intake>): string[] =>
  intakeViolations(anIntake(overrides), catalog).map(({ reason, rule }) => `${reason} ${rule ?? '-'}`);

describe('the record', () => {
  it.each<[string, Partial<Intake>, string[]]>([
    ['[A033] is complete', {}, []],
    ['[A033] needs a name', { contactName: ' ' }, ['CONTACT_NAME_REQUIRED A033']],
    ['[A033] needs a summary', { summary: '' }, ['SUMMARY_REQUIRED A033']],
    ['[A033] needs no phone, but a sound one', { contactPhone: null }, []],
    ['[A033] refuses a phone of letters', { contactPhone: 'ask the guard' }, ['PHONE_MALFORMED A033']],
    ['[A033] keeps the summary short', { summary: '长'.repeat(201) }, ['TEXT_TOO_LONG A033']],
    ['[A090] needs the course', { course: null }, ['COURSE_REQUIRED A090']],
    ['[A090] needs the demand', { demand: '' }, ['DEMAND_REQUIRED A090']],
    ['[A090] needs a place', { hasPlace: false }, ['PLACE_REQUIRED A090']],
    ['[A090] or words for it', { hasPlace: false, locationText: '小区南门外' }, []],
    ['[A032] knows its channels', { channelCode: 'PIGEON' }, ['CHANNEL_UNKNOWN -']],
    ['[A033] knows its categories', { categoryCode: 'MAGIC' }, ['CATEGORY_UNKNOWN -']],
    [
      '[A032] has a source only from another agency',
      { source: { system: 'X', key: '1' } },
      ['SOURCE_NOT_ALLOWED A032'],
    ],
    [
      '[A032] of another agency has one',
      { channelCode: 'EXTERNAL_AGENCY', contactName: null, course: null, demand: null },
      ['SOURCE_REQUIRED A032'],
    ],
    [
      '[A032] which stands in for the rest',
      {
        channelCode: 'EXTERNAL_AGENCY',
        contactName: null,
        course: null,
        demand: null,
        source: { system: 'NYC311', key: '1' },
      },
      [],
    ],
  ])('%s', (_name, overrides, expected) => {
    expect(of(overrides)).toEqual(expected);
  });

  it.each(['LETTER', 'PHONE', 'FAX', 'VISIT'])('[A032] comes in by %s', (channelCode) => {
    expect(of({ channelCode })).toEqual([]);
  });
  it.each(['VISIT', 'PHONE', 'LETTER', 'WEB'])('[A206] comes in by %s', (channelCode) => {
    expect(of({ channelCode })).toEqual([]);
  });

  it('[A033] can be corrected, not cleared', () => {
    const reasons = correctionViolations({ contactName: '', summary: null, course: ' ', demand: '' });
    expect(reasons.map(({ reason }) => reason)).toEqual([
      'CONTACT_NAME_REQUIRED',
      'SUMMARY_REQUIRED',
      'COURSE_REQUIRED',
      'DEMAND_REQUIRED',
    ]);
    expect(correctionViolations({})).toEqual([]);
    expect(correctionViolations({ contactPhone: null })).toEqual([]);
  });
});

describe('what it is about', () => {
  const place = { id: 'p', tenantId: 't', communityId: 'c', buildingId: null, kind: 'UNIT' as const, path: '1' };

  it('[A090] a place is one of the community', () => {
    expect(placeViolations('p', place, 'c')).toEqual([]);
    expect(placeViolations(null, undefined, 'c')).toEqual([]);
    expect(placeViolations('p', place, 'other')).toMatchObject([{ reason: 'PLACE_UNKNOWN' }]);
    expect(placeViolations('p', undefined, 'c')).toMatchObject([{ reason: 'PLACE_UNKNOWN' }]);
  });
  it('[A033] departments are those of the community', () => {
    expect(departmentViolations(['A', 'B'], new Set(['A']))).toMatchObject([
      { reason: 'DEPARTMENT_UNKNOWN', params: { code: 'B' } },
    ]);
  });
  it('the household is as said, or the only one', () => {
    expect(householdOf('h', { ofCommunity: true, holders: [] })).toBe('h');
    expect(householdOf(null, { ofCommunity: false, holders: ['a'] })).toBe('a');
    expect(householdOf(null, { ofCommunity: false, holders: ['a', 'b'] })).toBeNull();
    expect(reasonsOf(() => householdOf('h', { ofCommunity: false, holders: ['a'] }))).toEqual(['HOUSEHOLD_UNKNOWN']);
  });
  it('a source is kept as it came, and warned of where it is odd', () => {
    expect(sourceOf(null).sourceKey).toBeNull();
    expect(sourceOf({ system: ' NYC311 ', key: ' 7 ' })).toMatchObject({ sourceSystem: 'NYC311', sourceKey: '7' });
    const createdAt = new Date(2);
    const of311 = { system: 'NYC311', key: '7', createdAt };
    expect(sourceWarnings({ ...of311, closedAt: new Date(1) })).toEqual(['CLOSED_BEFORE_CREATED']);
    expect(sourceWarnings({ ...of311, closedAt: createdAt })).toEqual([]);
    expect(sourceWarnings(of311)).toEqual([]);
  });
});

describe('codes of a community', () => {
  const added: ComplaintCode = {
    id: 'x',
    tenantId: 't',
    communityId: 'c',
    number: 'POOL',
    version: 1,
    createdAt: new Date(0),
    kind: 'CATEGORY',
    nameZh: '泳池',
    nameEn: 'Pool',
    departmentCode: 'ENVIRONMENT',
    grade: 'IMPORTANT',
    retiredAt: null,
  };

  it('stand beside those that are built in, until they are retired', () => {
    expect(catalogOf([added]).categories.get('POOL')).toMatchObject({
      departmentCode: 'ENVIRONMENT',
      grade: 'IMPORTANT',
    });
    expect(catalogOf([{ ...added, retiredAt: new Date(0) }]).categories.has('POOL')).toBe(false);
    expect(catalogOf([{ ...added, kind: 'CHANNEL' }]).channels.get('POOL')).toMatchObject({ isRecordRequired: true });
    expect([isBuiltIn('CATEGORY', 'NOISE'), isBuiltIn('CHANNEL', 'NOISE')]).toEqual([true, false]);
  });

  it('have a form, two names and a department', () => {
    const terms = { kind: 'CATEGORY' as const, code: 'POOL', nameZh: '泳池', nameEn: 'Pool', departmentCode: 'A' };
    const refused = (overrides: object) =>
      reasonsOf(() => requireCodeTerms({ ...terms, ...overrides }, new Set(['A'])));
    expect(refused({})).toEqual([]);
    expect(refused({ code: 'pool' })).toEqual(['CODE_MALFORMED']);
    expect(refused({ code: 'NOISE' })).toEqual(['CODE_BUILT_IN']);
    expect(refused({ nameZh: '', nameEn: ' ' })).toEqual(['TEXT_REQUIRED', 'TEXT_REQUIRED']);
    expect(refused({ departmentCode: 'B' })).toEqual(['DEPARTMENT_UNKNOWN']);
  });
});
