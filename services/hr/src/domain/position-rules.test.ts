import { describe, expect, it } from '@jest/globals';

import { addMonths, ageOn, monthsBetween, weekdayOf } from './calendar-rules.ts';
import { requireHeadcount, standardRules, standardTerms, termsViolations } from './position-rules.ts';
import type { PositionTerms } from './position.ts';
import { requirementViolations } from './requirement-rules.ts';
import type { Qualification } from './recruitment.ts';

const termsOf = (code: string): PositionTerms => {
  const found = standardTerms(code);
  if (found === null) throw new Error(code);
  return found.terms;
};

describe('positions of the standard', () => {
  it('[A301] are these, with the three posts of the service desk among them', () => {
    expect(standardRules().map(({ code, rule }) => `${code} ${rule}`)).toEqual([
      'CUSTOMER_SERVICE_SUPERVISOR B053',
      'CUSTOMER_SPECIALIST A203',
      'CUSTOMER_SERVICE_CLERK A301',
      'ANNOUNCER A301',
      'BAG_KEEPER A301',
      'SALES_TRAINEE A317',
      'ACCOUNTANT A330',
    ]);
    expect(standardTerms('KING')).toBeNull();
  });

  it.each([
    [
      'CUSTOMER_SERVICE_SUPERVISOR',
      'REPAIR_REGISTER_CHECKED UNIFORMS_CHECKED POSTS_CHECKED',
      'DEPARTMENT_MEETING STAFF_TRAINED',
      'REPORTS_SUBMITTED RESULTS_COUNTED',
    ],
    ['CUSTOMER_SPECIALIST', 'REQUESTS_FOLLOWED RETURN_VISITS_MADE', 'OPEN_MATTERS_REPORTED', 'VISITS_SUMMED_UP'],
    ['CUSTOMER_SERVICE_CLERK', 'DESK_OPENED CALLS_LOGGED REQUESTS_FOLLOWED', 'FORMS_STOCKED', 'CONTACTS_CHECKED'],
    ['ANNOUNCER', 'EQUIPMENT_TESTED BROADCASTS_ON_TIME BROADCASTS_LOGGED', 'SCRIPTS_RENEWED', 'EQUIPMENT_CLEANED'],
    ['BAG_KEEPER', 'LOCKERS_CLEARED TAGS_COUNTED UNCLAIMED_LISTED', 'LOCKERS_CLEANED', 'TAGS_REPLACED'],
    ['SALES_TRAINEE', '', '', ''],
  ])('[A301] %s has its duties by day, week and month', (code, daily, weekly, monthly) => {
    const of = (cycle: string): string =>
      termsOf(code)
        .duties.filter((duty) => duty.cycle === cycle)
        .map((duty) => duty.code)
        .join(' ');
    expect([of('DAILY'), of('WEEKLY'), of('MONTHLY')]).toEqual([daily, weekly, monthly]);
  });

  it('[B053] the supervisor: college, three years of property management, both languages, six days a week', () => {
    expect(termsOf('CUSTOMER_SERVICE_SUPERVISOR')).toMatchObject({
      rank: 'SUPERVISOR',
      minAge: null,
      education: 'COLLEGE',
      fieldCode: 'PROPERTY_MANAGEMENT',
      minExperienceYears: 3,
      languageCodes: ['MANDARIN', 'CANTONESE'],
      weeklyWorkDays: 6,
    });
  });

  it('[B054] works together with five departments inside and five bodies outside', () => {
    const { partners } = termsOf('CUSTOMER_SERVICE_SUPERVISOR');
    const of = (side: string) => partners.filter((one) => one.side === side).map(({ code }) => code);
    expect(of('INTERNAL')).toEqual(['HEADQUARTERS', 'PROJECT', 'SECURITY', 'ENGINEERING', 'ENVIRONMENT']);
    expect(of('EXTERNAL')).toEqual(['POWER', 'WATER', 'GAS', 'CABLE_TV', 'RESIDENTS_COMMITTEE']);
  });

  it('[B049] has six targets of 100 %', () => {
    expect(termsOf('CUSTOMER_SERVICE_SUPERVISOR').kpis.map((kpi) => `${kpi.code} ${kpi.targetPercent}`)).toEqual([
      'RULES_COMPLETE 100',
      'STORES_COMPLETE 100',
      'ARCHIVES_INTACT 100',
      'COORDINATION_DONE 100',
      'INSPECTIONS_DONE 100',
      'OTHER_WORK_DONE 100',
    ]);
  });

  it('[A203] one supervisor and one specialist', () => {
    expect(termsOf('CUSTOMER_SERVICE_SUPERVISOR').plannedCount).toBe(1);
    expect(termsOf('CUSTOMER_SPECIALIST').plannedCount).toBe(1);
    const staffing = { plannedCount: 2, heldCount: 1, openCount: 0 };
    expect(() => requireHeadcount(staffing, 1)).not.toThrow();
    expect(() => requireHeadcount(staffing, 2)).toThrow('HEADCOUNT_EXCEEDED');
    expect(() => requireHeadcount({ ...staffing, openCount: 1 }, 1)).toThrow('HEADCOUNT_EXCEEDED');
  });

  it('[A317] a trainee in sales: 23 years, high school, experience', () => {
    expect(termsOf('SALES_TRAINEE')).toMatchObject({
      minAge: 23,
      education: 'HIGH_SCHOOL',
      fieldCode: 'SALES',
      minExperienceYears: 1,
      languageCodes: [],
    });
  });

  it.each([
    ['CUSTOMER_SERVICE_SUPERVISOR', 3, false],
    ['CUSTOMER_SPECIALIST', 3, false],
    ['CUSTOMER_SERVICE_CLERK', 0, false],
    ['SALES_TRAINEE', 3, false],
    ['ACCOUNTANT', 3, true],
  ])('[A318] [A330] %s has %s months of probation; handed over: %s', (code, months, isHandoverRequired) => {
    expect(termsOf(code)).toMatchObject({ probationMonths: months, isHandoverRequired });
  });

  it('[A202] the posts of the service desk rotate among each other', () => {
    const groups = standardRules().map(({ code }) => termsOf(code).rotationGroup);
    expect(groups).toEqual([null, null, 'SERVICE_DESK', 'SERVICE_DESK', 'SERVICE_DESK', null, null]);
  });
});

const qualified: Qualification = {
  bornOn: '2003-03-02',
  education: 'COLLEGE',
  fieldCode: 'SALES',
  experienceYears: 1,
  languageCodes: ['MANDARIN'],
};

describe('requirements', () => {
  const needed = { rule: 'A317', path: 'input.id', day: '2026-03-02' };
  const lacks = (overrides: Partial<Qualification> | null, position = termsOf('SALES_TRAINEE')) =>
    requirementViolations(
      position,
      { qualification: overrides === null ? null : { ...qualified, ...overrides }, certificateKinds: [] },
      needed,
    ).map(({ reason }) => reason);

  it('[A317] are met at their edge', () => {
    expect(lacks({ education: 'HIGH_SCHOOL' })).toEqual([]);
    expect(lacks({ bornOn: '2003-03-03' })).toEqual(['REQUIREMENT_AGE']);
    expect(lacks({ education: 'JUNIOR_HIGH' })).toEqual(['REQUIREMENT_EDUCATION']);
    expect(lacks({ experienceYears: 0 })).toEqual(['REQUIREMENT_EXPERIENCE']);
    expect(lacks({ fieldCode: null })).toEqual(['REQUIREMENT_FIELD']);
  });

  it('[B053] are refused all at once', () => {
    expect(lacks(null, termsOf('CUSTOMER_SERVICE_SUPERVISOR'))).toEqual([
      'REQUIREMENT_EDUCATION',
      'REQUIREMENT_FIELD',
      'REQUIREMENT_EXPERIENCE',
      'REQUIREMENT_LANGUAGE',
      'REQUIREMENT_LANGUAGE',
    ]);
    const short = { fieldCode: 'PROPERTY_MANAGEMENT', experienceYears: 2, education: 'HIGH_SCHOOL' } as const;
    expect(lacks(short, termsOf('CUSTOMER_SERVICE_SUPERVISOR'))).toEqual([
      'REQUIREMENT_EDUCATION',
      'REQUIREMENT_EXPERIENCE',
      'REQUIREMENT_LANGUAGE',
    ]);
  });

  it('need certificates in force', () => {
    const position = { ...termsOf('BAG_KEEPER'), certificateKinds: ['HEALTH', 'LIFT'] };
    const proof = { qualification: null, certificateKinds: ['HEALTH'] };
    expect(requirementViolations(position, proof, { ...needed, rule: null })).toEqual([
      { path: 'input.id', reason: 'REQUIREMENT_CERTIFICATE', params: { kind: 'LIFT' } },
    ]);
  });
});

it('terms of a position are judged all at once', () => {
  const wrong: PositionTerms = {
    ...termsOf('ANNOUNCER'),
    label: ' ',
    reportsToCode: 'KING',
    fieldCode: 'MAGIC',
    languageCodes: ['LATIN'],
    certificateKinds: ['NONE'],
    weeklyWorkDays: 8,
    probationMonths: 7,
    duties: [
      { code: 'a', label: 'x', cycle: 'DAILY' },
      { code: 'B', label: 'x', cycle: 'DAILY' },
      { code: 'B', label: 'x', cycle: 'WEEKLY' },
    ],
  };
  expect(termsViolations(wrong, []).map(({ reason }) => reason)).toEqual([
    'TEXT_REQUIRED',
    'POSITION_UNKNOWN',
    'STUDY_FIELD_UNKNOWN',
    'LANGUAGE_UNKNOWN',
    'CERTIFICATE_KIND_UNKNOWN',
    'CODE_MALFORMED',
    'CODE_REPEATED',
    'FIGURE_OUT_OF_RANGE',
    'FIGURE_OUT_OF_RANGE',
  ]);
  expect(termsViolations({ ...termsOf('ANNOUNCER'), probationMonths: 6, weeklyWorkDays: 7 }, [])).toEqual([]);
});

it('days and months are counted by the calendar', () => {
  expect([addMonths('2026-08-31', 6), addMonths('2024-02-29', 12)]).toEqual(['2027-02-28', '2025-02-28']);
  expect([monthsBetween('2026-01-31', '2026-02-28'), monthsBetween('2026-01-31', '2026-02-27')]).toEqual([1, 0]);
  expect([ageOn('2003-03-02', '2026-03-01'), ageOn('2003-03-02', '2026-03-02')]).toEqual([22, 23]);
  expect([weekdayOf('2026-03-02'), weekdayOf('2026-03-08')]).toEqual([1, 7]);
});
