import { describe, expect, it } from '@jest/globals';

import { moveInPapersPolicy } from './move-in-policy.ts';
import { formViolations, openDefects, readingViolations, recheck, requiredPapers } from './move-in-rules.ts';
import type { MoveInDefect } from './move-in.ts';

const values = Object.fromEntries(
  Object.entries(moveInPapersPolicy.figures).map(([key, { value }]) => [key, value]),
) as unknown as Parameters<typeof requiredPapers>[1];

const now = new Date('2026-03-02T01:00:00.000Z');
const when = { at: now, rule: 'A059' };

const aDefect = (overrides: Partial<MoveInDefect> = {}): MoveInDefect => ({
  id: 'd1',
  tenantId: 't',
  moveInId: 'm',
  itemCode: 'WINDOWS',
  tradeCode: 'CARPENTRY',
  problemCode: 'WINDOW',
  round: 1,
  noteSealed: null,
  foundAt: now,
  state: 'DONE',
  workOrderId: 'w',
  recheckedAt: null,
  ...overrides,
});

describe('[A063] papers by applicant', () => {
  it.each([
    ['OWNER', 5],
    ['AGENT', 7],
    ['COMPANY', 7],
  ] as const)('of %s are %i, each once, and hold the whole archive', (kind, count) => {
    const codes = requiredPapers(kind, values).map(({ kindCode }) => kindCode);
    expect(new Set(codes).size).toBe(count);
    expect(codes).toHaveLength(count);
    expect(codes).toEqual(expect.arrayContaining([...values.archive]));
  });
});

describe('[A056] results of a form', () => {
  it.each([
    ['all of it', ['A', 'B'], []],
    ['one left out', ['A'], ['CHECK_ITEM_MISSING']],
    ['one twice', ['A', 'B', 'B'], ['CHECK_ITEM_REPEATED']],
    ['one too many', ['A', 'B', 'C'], ['CHECK_ITEM_UNKNOWN']],
  ])('%s', (_name, codes, reasons) => {
    const results = codes.map((code) => ({ code, result: 'PASS' as const }));
    expect(formViolations(results, ['A', 'B'], 'A056').map(({ reason }) => reason)).toEqual(reasons);
  });
});

describe('[A057] readings', () => {
  it.each([
    ['0', []],
    ['999999999.999', []],
    ['1.2345', ['READING_MALFORMED']],
    ['-1', ['READING_MALFORMED']],
    ['1e3', ['READING_MALFORMED']],
  ])('%s', (value, reasons) => {
    const readings = (['WATER', 'ELECTRICITY', 'GAS'] as const).map((meter) => ({
      meter,
      value: meter === 'GAS' ? value : '1',
    }));
    expect(readingViolations(readings, 'A057').map(({ reason }) => reason)).toEqual(reasons);
  });
});

describe('[A059] the re-check of a repair', () => {
  it('is the last one when nothing else is open', () => {
    const others = [aDefect({ id: 'd2', state: 'PASSED' }), aDefect({ id: 'd3', state: 'FAILED' })];
    expect(recheck([aDefect(), ...others], 'd1', true, when)).toMatchObject({ isLast: true });
    expect(recheck([aDefect(), aDefect({ id: 'd4', state: 'ORDERED' })], 'd1', true, when).isLast).toBe(false);
    expect(recheck([aDefect()], 'd1', false, when)).toMatchObject({ isLast: false, defect: { state: 'FAILED' } });
    expect(openDefects(others)).toEqual([]);
  });

  it.each(['FOUND', 'ORDERED', 'PASSED', 'FAILED'] as const)('is refused while it is %s', (state) => {
    expect(() => recheck([aDefect({ state })], 'd1', true, when)).toThrow('DEFECT_NOT_REPAIRED');
  });
});
