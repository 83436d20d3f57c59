import { describe, expect, it } from '@jest/globals';

import { aViolation, anInspection, refusalsOf } from './a-decoration.ts';
import { decorationChecklist } from './decoration-inspection-policy.ts';
import { drawInspections, recordInspection } from './decoration-inspection-rules.ts';
import { isWithinHours, publishedTermsViolations } from './decoration-terms-rules.ts';
import { violationKinds } from './decoration-violation-policy.ts';
import { checkViolation, foundViolations, stopsWork } from './decoration-violation-rules.ts';

describe('the daily draw', () => {
  const units = ['a', 'b', 'c', 'd'].map((id) => ({ id, inspectedOn: null as string | null }));

  it('[A238] takes those that were not inspected for longest', () => {
    const seen = [
      { id: 'a', inspectedOn: '2026-03-05' },
      { id: 'b', inspectedOn: '2026-03-03' },
      { id: 'c', inspectedOn: null },
    ];
    expect(drawInspections(seen, 'seed', 2)).toEqual(['c', 'b']);
  });

  it('[A238] is the same for the same seed and another for another, whatever the order', () => {
    const drawn = drawInspections(units, 'x/2026-03-09/', 2);
    expect(drawInspections([...units].reverse(), 'x/2026-03-09/', 2)).toEqual(drawn);
    const seeds = Array.from({ length: 20 }, (_, day) => drawInspections(units, `x/${day}/`, 2).join());
    expect(new Set(seeds).size).toBeGreaterThan(1);
    expect(drawInspections([], 'x', 2)).toEqual([]);
  });

  it('[A238] reaches every unit before any of them twice', () => {
    const last = new Map<string, string | null>(units.map(({ id }) => [id, null]));
    const visits: string[] = [];
    for (let day = 1; day <= 4; day += 1) {
      const on = `2026-03-0${day}`;
      const pool = [...last].map(([id, inspectedOn]) => ({ id, inspectedOn }));
      for (const id of drawInspections(pool, `x/${on}/`, 2)) {
        visits.push(id);
        last.set(id, on);
      }
    }
    expect(new Set(visits.slice(0, 4)).size).toBe(4);
    expect(new Set(visits.slice(4)).size).toBe(4);
  });
});

describe('the record of an inspection', () => {
  const passed = decorationChecklist.map(({ code }) => ({ code, result: 'PASS' as const }));
  const recorded = { inspectedAt: new Date(), inspectorId: null, findingsSealed: null };
  const record = (results: { code: string; result: 'PASS' | 'FAIL' }[], findings: string | null, photoCount: number) =>
    recordInspection(anInspection(), { results, findings, photoCount }, recorded);

  it('[A313] has one result for each item', () => {
    expect(record(passed, null, 0)).toMatchObject({ status: 'RECORDED', failedCodes: [] });
    const wrong = [...passed.slice(1), passed[1], { code: 'WEATHER', result: 'PASS' as const }];
    expect(refusalsOf(() => record(wrong as typeof passed, null, 0))).toEqual([
      'RESULT_MISSING/A313',
      'RESULT_MISSING/A313',
      'CHECK_UNKNOWN/A313',
    ]);
  });

  it('[A313] says and shows what failed', () => {
    const failed = [
      { code: 'NO_FIRE_HAZARD', result: 'FAIL' as const },
      ...passed.filter(({ code }) => code !== 'NO_FIRE_HAZARD'),
    ];
    expect(refusalsOf(() => record(failed, ' ', 0))).toEqual(['FINDINGS_REQUIRED/A313', 'PHOTO_REQUIRED/A313']);
    expect(record(failed, '油漆堆放', 1).failedCodes).toEqual(['NO_FIRE_HAZARD']);
  });
});

describe('permitted hours', () => {
  const hours = { workFrom: '08:00:00', workTo: '18:00:00', breakFrom: '12:00:00', breakTo: '14:00:00' };

  it.each([
    ['2026-03-02', '08:00:00', true],
    ['2026-03-02', '07:59:59', false],
    ['2026-03-02', '12:00:00', false],
    ['2026-03-02', '14:00:00', true],
    ['2026-03-02', '18:00:00', false],
    ['2026-03-07', '09:00:00', false],
    ['2026-03-08', '09:00:00', false],
  ])('[A084] %s %s: %s', (day, time, expected) => {
    expect(isWithinHours({ ...hours, isAllowedAtWeekend: false }, { day, time })).toBe(expected);
  });

  it('[A084] terms have hours and prohibitions', () => {
    const wrong = { ...hours, breakFrom: null, isAllowedAtWeekend: true, prohibitions: '' };
    expect(publishedTermsViolations(wrong).map(({ reason }) => reason)).toEqual(['RANGE_EMPTY', 'TEXT_REQUIRED']);
    expect(publishedTermsViolations({ ...hours, isAllowedAtWeekend: true, prohibitions: 'x' })).toEqual([]);
  });
});

describe('a violation', () => {
  const found = {
    kind: 'OUTSIDE_HOURS',
    note: '夜间施工',
    photoCount: 1,
    isWithinHours: false,
    inspectionFits: true,
  } as const;

  it('[A250] is described and shown; work within the hours is none', () => {
    expect(foundViolations(found)).toEqual([]);
    const wrong = { ...found, note: '', photoCount: 0, isWithinHours: true, inspectionFits: false };
    expect(foundViolations(wrong).map(({ reason }) => reason)).toEqual([
      'TEXT_REQUIRED',
      'PHOTO_REQUIRED',
      'WITHIN_HOURS',
      'INSPECTION_NOT_OF_UNIT',
    ]);
  });

  it('[A250] stops the work by its kind or by whoever finds it', () => {
    expect(stopsWork('STRUCTURE_CHANGED', false)).toBe(true);
    expect(stopsWork('FIRE_HAZARD', false)).toBe(true);
    expect(stopsWork('WASTE', false)).toBe(false);
    expect(stopsWork('WASTE', true)).toBe(true);
  });

  it.each<[rule: string, kind: keyof typeof violationKinds, stops: boolean]>([
    ['A085', 'STRUCTURE_CHANGED', true],
    ['A085', 'LOAD_INCREASED', true],
    ['A313', 'FIRE_FACILITY', true],
    ['A313', 'FIRE_HAZARD', true],
    ['A250', 'NOT_AS_APPROVED', false],
    ['A084', 'OUTSIDE_HOURS', false],
    ['A086', 'WITHOUT_PASS', false],
    ['A250', 'WASTE', false],
    ['A250', 'OTHER', false],
  ])('[%s] of the kind %s always stops the work: %s', (rule, kind, stops) => {
    expect([stopsWork(kind, false), stopsWork(kind, true)]).toEqual([stops, true]);
    expect(violationKinds[kind].rule).toBe(rule);
  });

  const check = {
    isRemedied: true,
    resolution: 'RESTORED',
    photoCount: 1,
    hasAuthorityApproval: false,
    at: new Date('2026-03-11T02:00:00Z'),
    checkerId: 'x',
  } as const;

  it('[A250] is resolved by somebody else who looked', () => {
    expect(checkViolation(aViolation(), check)).toMatchObject({
      status: 'RESOLVED',
      resolution: 'RESTORED',
      checkCount: 1,
    });
    expect(refusalsOf(() => checkViolation(aViolation({ remediedBy: 'x' }), check))).toEqual(['OWN_WORK/A250']);
    const empty = { ...check, photoCount: 0, resolution: null };
    expect(refusalsOf(() => checkViolation(aViolation(), empty))).toEqual([
      'PHOTO_REQUIRED/A250',
      'RESOLUTION_REQUIRED/A250',
    ]);
    expect(refusalsOf(() => checkViolation(aViolation({ status: 'OPEN' }), check))).toEqual([
      'ILLEGAL_TRANSITION/A250',
    ]);
    const again = checkViolation(aViolation(), { ...empty, isRemedied: false });
    expect(again).toMatchObject({ status: 'OPEN', remediedAt: null, resolvedAt: null, checkCount: 1 });
  });

  it('[A085] of the structure is approved afterwards only by the authority', () => {
    const structure = aViolation({ kind: 'STRUCTURE_CHANGED' });
    const approved = { ...check, resolution: 'APPROVED_AFTERWARDS' } as const;
    expect(refusalsOf(() => checkViolation(structure, approved))).toEqual(['AUTHORITY_APPROVAL_MISSING/A085']);
    expect(checkViolation(structure, { ...approved, hasAuthorityApproval: true }).status).toBe('RESOLVED');
  });
});
