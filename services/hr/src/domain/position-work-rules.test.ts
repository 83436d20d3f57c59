import { describe, expect, it } from '@jest/globals';

import { addMonths } from './calendar-rules.ts';
import { archivePapers, archivesOfStaff, positionFigures, postHandoverChecks } from './position-policy.ts';
import { standardTerms } from './position-rules.ts';
import {
  judgeKpis,
  missingPapers,
  periodsFrom,
  requireArchiveStaff,
  requireLoan,
  requireRotation,
  sheetsFrom,
} from './position-work-rules.ts';
import type { PostRotation } from './position-work.ts';
import type { PositionTerms } from './position.ts';

const termsOf = (code: string): PositionTerms => {
  const found = standardTerms(code);
  if (found === null) throw new Error(code);
  return found.terms;
};

describe('lists of duties', () => {
  it('[B053] fall on six days of the week, from Monday on', () => {
    const isDaily = (day: string) => periodsFrom(day, 6).some(({ cycle }) => cycle === 'DAILY');
    const week = ['02', '03', '04', '05', '06', '07', '08'].map((day) => isDaily(`2026-03-${day}`));
    expect(week).toEqual([true, true, true, true, true, true, false]);
    expect(periodsFrom('2026-03-08', null).map(({ cycle }) => cycle)).toEqual(['DAILY']);
  });

  it('[A301] begin with the day, the week and the month', () => {
    expect(periodsFrom('2026-06-01', null)).toEqual([
      { cycle: 'DAILY', startsOn: '2026-06-01', endsOn: '2026-06-02' },
      { cycle: 'WEEKLY', startsOn: '2026-06-01', endsOn: '2026-06-08' },
      { cycle: 'MONTHLY', startsOn: '2026-06-01', endsOn: '2026-07-01' },
    ]);
    expect(sheetsFrom(termsOf('SALES_TRAINEE'), '2026-06-01')).toEqual([]);
    expect(sheetsFrom(termsOf('BAG_KEEPER'), '2026-06-01').map(({ duties }) => duties.length)).toEqual([3, 1, 1]);
  });
});

describe('targets', () => {
  const kpi = { code: 'A', label: null, targetPercent: 100 };
  const reached = (doneCount: number, totalCount: number, targetPercent = 100) =>
    judgeKpis([{ ...kpi, targetPercent }], [{ code: 'A', doneCount, totalCount }]).map(({ percent, isMet }) => ({
      percent,
      isMet,
    }))[0];

  it('[B049] are reached at 100 %, never by rounding', () => {
    expect(reached(7, 7)).toEqual({ percent: '100.00', isMet: true });
    expect(reached(99_999, 100_000)).toEqual({ percent: '99.99', isMet: false });
    expect(reached(0, 0)).toEqual({ percent: '100.00', isMet: true });
    expect(reached(9, 10, 90)).toEqual({ percent: '90.00', isMet: true });
    expect(reached(89, 100, 90)).toEqual({ percent: '89.00', isMet: false });
  });

  it('[B049] are counted all, and only they', () => {
    expect(() => judgeKpis([kpi], [])).toThrow('KPI_MISSING');
    expect(() => reached(2, 1)).toThrow('FIGURE_OUT_OF_RANGE');
    expect(() => judgeKpis([], [{ code: 'B', doneCount: 0, totalCount: 0 }])).toThrow('KPI_UNKNOWN');
  });

  it('[B049] are asked for on the fifth', () => expect(positionFigures.kpiDueDay.value).toBe(5));
});

describe('folders', () => {
  it('[A012] have to hold these papers', () => {
    expect(archivePapers.ADMINISTRATION.papers).toEqual(['REGISTER', 'ORIGINALS']);
    expect(missingPapers({ kind: 'PERSONNEL', papers: [] })).toEqual([
      'APPLICATION_FORM',
      'ID_COPY',
      'EDUCATION_CERTIFICATE',
      'HEALTH_CERTIFICATE',
      'LABOUR_CONTRACT',
    ]);
    const ofLabour = ['LABOUR_CONTRACT', 'SOCIAL_INSURANCE', 'PAY_AGREEMENT'];
    expect(missingPapers({ kind: 'LABOUR', papers: [] })).toEqual(ofLabour);
    const papers = [{ code: 'PAY_AGREEMENT', filedOn: '2026-01-01' }];
    expect(missingPapers({ kind: 'LABOUR', papers })).toEqual(['LABOUR_CONTRACT', 'SOCIAL_INSURANCE']);
  });

  it('[A012] of one person name whose they are', () => {
    expect(archivesOfStaff.kinds).toEqual(['PERSONNEL', 'LABOUR']);
    expect(() => requireArchiveStaff('ADMINISTRATION', null)).not.toThrow();
    expect(() => requireArchiveStaff('LABOUR', null)).toThrow('ARCHIVE_NEEDS_STAFF');
  });

  it('[A012] are lent for seven days, complete in thirty', () => {
    const most = positionFigures.archiveLoanDays.value;
    expect(() => requireLoan('2026-03-09', '2026-03-02', most)).not.toThrow();
    expect(() => requireLoan('2026-03-10', '2026-03-02', most)).toThrow('LOAN_TOO_LONG');
    expect(() => requireLoan('2026-03-01', '2026-03-02', most)).toThrow('RANGE_EMPTY');
    expect(positionFigures.archiveCompleteDays.value).toBe(30);
  });
});

describe('rotation', () => {
  const turn = { positionCode: 'ANNOUNCER', dueOn: '2026-09-02' } as PostRotation;
  const go =
    (number: string, movesOn: string, rotationGroup: string | null = 'DESK') =>
    () =>
      requireRotation(turn, {
        to: { number, rotationGroup },
        group: 'DESK',
        movesOn,
        windowDays: positionFigures.rotationWindowDays.value,
      });

  it('[A202] goes to another position of the group, from thirty days before the half-year on', () => {
    expect(addMonths('2026-03-02', positionFigures.rotationMonths.value)).toBe('2026-09-02');
    expect(go('BAG_KEEPER', '2026-08-03')).not.toThrow();
    expect(go('BAG_KEEPER', '2026-08-02')).toThrow('ROTATION_TOO_EARLY');
    expect(go('ANNOUNCER', '2026-09-02')).toThrow('ROTATION_GROUP');
    expect(go('GUARD', '2026-09-02', null)).toThrow('ROTATION_GROUP');
  });

  it('[A330] a post is handed over by six points', () => {
    expect(postHandoverChecks.items).toEqual([
      'BOOKS',
      'VOUCHERS',
      'SEALS',
      'CASH_AND_ACCOUNTS',
      'KEYS',
      'OPEN_MATTERS',
    ]);
  });
});
