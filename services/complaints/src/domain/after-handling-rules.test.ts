import { describe, expect, it } from '@jest/globals';
import { defaultsOf, reasonsOf } from '@steward/test-kit/pure-rules';

import { aComplaint, aSolvable, aToldOne } from './a-complaint.ts';
import {
  answer,
  archive,
  reopen,
  requireReason,
  requireReopening,
  requireVisit,
  resolve,
  tellResult,
  visit,
  withdraw,
} from './after-handling-rules.ts';
import { limitFigures, withdrawReasons } from './complaint-policy.ts';

const figures = defaultsOf(limitFigures);
const at = new Date('2026-03-03T05:00:00Z');
const hours = (amount: number): Date => new Date(at.getTime() + amount * 3_600_000);

describe('the reply and the result', () => {
  it('[A094] a reply has words; it counts as the first contact', () => {
    expect(answer(aComplaint(), '将于周五前处理', at)).toMatchObject({ answeredAt: at, contactedAt: at });
    expect(reasonsOf(() => answer(aComplaint(), ' ', at))).toEqual(['TEXT_REQUIRED']);
    expect(answer(aComplaint({ answeredAt: hours(-9) }), '再次答复', at).answeredAt).toEqual(hours(-9));
  });
  it('[A033] the result is the last field of the record', () => {
    expect(resolve(aSolvable(), '已处理', at)).toMatchObject({ status: 'RESOLVED', resolvedAt: at });
    expect(reasonsOf(() => resolve(aSolvable(), '', at))).toEqual(['RESULT_REQUIRED']);
  });
  it.each([
    ['PHONE', []],
    ['IN_PERSON', []],
    ['MESSAGE', ['MEANS_NOT_PERSONAL']],
    ['LETTER', ['MEANS_NOT_PERSONAL']],
  ] as const)('[A098] it is told by %s: %j', (means, expected) => {
    expect(reasonsOf(() => tellResult(aToldOne({ toldAt: null }), means, at))).toEqual(expected);
  });
});

describe('the return visit', () => {
  const attempt = { lastAttemptAt: null, figures };
  const of = (made: object, tried = attempt) =>
    reasonsOf(() => requireVisit(aToldOne(), { outcome: 'SATISFIED', at, ...made }, tried));

  it('[A037] asks for a rating of 1 to 5, and why somebody is not satisfied', () => {
    expect(of({ rating: 5 })).toEqual([]);
    expect(of({ rating: 1 })).toEqual([]);
    expect(of({})).toEqual(['RATING_REQUIRED']);
    for (const rating of [0, 6, 2.5]) expect(of({ rating })).toEqual(['RATING_OUT_OF_RANGE']);
    expect(of({ outcome: 'UNSATISFIED', rating: 2 })).toEqual(['OPINION_REQUIRED']);
    expect(of({ outcome: 'UNREACHABLE' })).toEqual([]);
  });

  it('[A037] two attempts that nobody answers are four hours apart', () => {
    const tried = { lastAttemptAt: hours(-4), figures } as never;
    expect(of({ outcome: 'UNREACHABLE' }, tried)).toEqual([]);
    expect(of({ outcome: 'UNREACHABLE', at: new Date(at.getTime() - 1) }, tried)).toEqual(['RETURN_VISIT_TOO_SOON']);
  });

  it('[A037] counts after the third attempt', () => {
    const second = visit(aToldOne({ returnVisitAttempts: 1 }), { outcome: 'UNREACHABLE', at }, figures);
    expect(second).toMatchObject({ returnVisitAttempts: 2, returnVisitOutcome: null, returnVisitedAt: null });
    const third = visit(second, { outcome: 'UNREACHABLE', at }, figures);
    expect(third).toMatchObject({ returnVisitOutcome: 'UNREACHABLE', returnVisitedAt: at });
    expect(archive(third, at)).toMatchObject({ status: 'ARCHIVED', archivedAt: at });
  });

  it('[A037] keeps the rating', () => {
    expect(visit(aToldOne(), { outcome: 'SATISFIED', rating: 4, at }, figures).rating).toBe(4);
  });
});

describe('what is not solved after all', () => {
  const archived = aToldOne({
    status: 'ARCHIVED',
    archivedAt: at,
    returnVisitOutcome: 'SATISFIED',
    returnVisitedAt: at,
  });

  it('[A036] is handled again, told and visited anew', () => {
    expect(reopen(archived, 'reopenComplaint')).toMatchObject({
      status: 'HANDLING',
      reopenCount: 1,
      archivedAt: null,
      resolvedAt: null,
      toldAt: null,
      returnVisitOutcome: null,
    });
  });

  it('[A036] is reopened within 30 days of the archive', () => {
    const of = (now: Date) => reasonsOf(() => requireReopening(archived, now, figures));
    expect(of(hours(30 * 24))).toEqual([]);
    expect(of(new Date(hours(30 * 24).getTime() + 1))).toEqual(['REOPENING_TOO_LATE']);
  });
});

describe('withdraw', () => {
  it('[A032] takes a reason of the list', () => {
    expect(withdraw(aComplaint(), 'DUPLICATE', at)).toMatchObject({ status: 'WITHDRAWN', withdrawnAt: at });
    expect(withdrawReasons).toEqual(['WITHDRAWN_BY_RESIDENT', 'DUPLICATE', 'NOT_OUR_COMMUNITY']);
    expect(reasonsOf(() => withdraw(aComplaint(), 'NO_MOOD', at))).toEqual(['REASON_UNKNOWN']);
  });
  it('a reason has two characters', () => {
    expect(reasonsOf(() => requireReason('缺', 'A036'))).toEqual(['REASON_REQUIRED']);
    expect(reasonsOf(() => requireReason('缺料', 'A036'))).toEqual([]);
  });
});
