import { describe, expect, it } from '@jest/globals';

import { aDecoration, defaultFigures, refusalsOf, somePapers } from './a-decoration.ts';
import {
  cancelDecorationRule,
  closingViolations,
  expirePermit,
  extendedFrom,
  extendPermit,
  isRefundDue,
  issuePermit,
  judgeArchive,
  liftStopOrder,
  needsAuthority,
  nextChargeState,
  permitViolations,
} from './decoration-rules.ts';

const validity = { from: '2026-03-09', to: '2026-04-09', today: '2026-03-02', latest: '2026-06-07', days: 90 };
const permit = { number: 'XK-20260302-0001', validity, otherViolations: [] };
const authority = { authorityApprovalNumber: '12' };
const authorityPaper = somePapers({ scannedKinds: ['OWNER_IDENTITY_CARD', 'AUTHORITY_APPROVAL'] });

describe('the permit', () => {
  it('[A085] needs the authority for structure, load and every temporary structure', () => {
    expect(needsAuthority(aDecoration())).toBe(false);
    expect(needsAuthority(aDecoration({ isStructureChanged: true }))).toBe(true);
    expect(needsAuthority(aDecoration({ isLoadIncreased: true }))).toBe(true);
    expect(needsAuthority(aDecoration({ kind: 'TEMPORARY_STRUCTURE' }))).toBe(true);
  });

  it.each([
    ['[A083] papers', aDecoration(), somePapers({ scannedKinds: [] }), ['PAPER_MISSING/A083']],
    [
      "[A083] an agent's papers",
      aDecoration({ applicantKind: 'AGENT' }),
      somePapers({ scannedKinds: ['POWER_OF_ATTORNEY'] }),
      ['PAPER_MISSING/A083'],
    ],
    [
      '[A084] the contractor',
      aDecoration(),
      somePapers({ acknowledgedBy: ['OWNER'] }),
      ['TERMS_NOT_ACKNOWLEDGED/A084'],
    ],
    ['[A084] the agreement', aDecoration({ agreementSignedAt: null }), somePapers(), ['AGREEMENT_NOT_SIGNED/A084']],
    [
      '[A085] number and paper',
      aDecoration({ isLoadIncreased: true }),
      authorityPaper,
      ['AUTHORITY_APPROVAL_MISSING/A085'],
    ],
    [
      '[A085] the paper itself',
      aDecoration({ isLoadIncreased: true, ...authority }),
      somePapers(),
      ['AUTHORITY_APPROVAL_MISSING/A085'],
    ],
    ['[A085] nothing more', aDecoration({ isLoadIncreased: true, ...authority }), authorityPaper, []],
    ['[A087] the waste fee', aDecoration({ wasteFeeState: 'RAISED' }), somePapers(), ['WASTE_FEE_NOT_PAID/A087']],
    ['[A225] the deposit', aDecoration({ depositState: 'REVERSED' }), somePapers(), ['DEPOSIT_NOT_PAID/A225']],
    ['[A225] the approval', aDecoration({ planDecision: null }), somePapers(), ['PLAN_NOT_APPROVED/A225']],
    ['[A087] no fee where it is nothing', aDecoration({ wasteFeeAmount: 0, wasteFeeState: 'NONE' }), somePapers(), []],
  ])('%s', (_what, decoration, papers, expected) => {
    expect(permitViolations(decoration, papers).map(({ reason, rule }) => `${reason}/${rule}`)).toEqual(expected);
  });

  it('[A086] has a number and days', () => {
    expect(issuePermit(aDecoration(), somePapers(), permit)).toMatchObject({
      status: 'PERMITTED',
      permitNumber: 'XK-20260302-0001',
      permitFrom: '2026-03-09',
      permitTo: '2026-04-09',
    });
    const tooLong = { ...permit, validity: { ...validity, to: '2026-06-08' } };
    expect(refusalsOf(() => issuePermit(aDecoration(), somePapers(), tooLong))).toEqual(['PERMIT_TOO_LONG/A086']);
    const over = { ...permit, validity: { ...validity, today: '2026-04-09' } };
    expect(refusalsOf(() => issuePermit(aDecoration(), somePapers(), over))).toEqual(['RANGE_EMPTY/A086']);
    expect(refusalsOf(() => issuePermit(aDecoration({ status: 'IN_REVIEW' }), somePapers(), permit))).toEqual([
      'ILLEGAL_TRANSITION/A086',
    ]);
  });

  const days = { permitFrom: '2026-03-09', permitTo: '2026-04-09' };

  it('[A086] is extended from its end, or from today once that is past', () => {
    const permitted = aDecoration({ status: 'PERMITTED', ...days });
    const to = { to: '2026-05-09', today: '2026-04-01', latest: '2026-05-09' };
    expect(extendedFrom(permitted, to.today)).toBe('2026-04-09');
    expect(extendedFrom(permitted, '2026-05-01')).toBe('2026-05-01');
    expect(extendPermit(permitted, to, defaultFigures)).toMatchObject({ permitTo: '2026-05-09', extensionCount: 1 });
    const expired = aDecoration({ status: 'EXPIRED', ...days });
    const late = { to: '2026-05-31', today: '2026-05-01', latest: '2026-05-31' };
    expect(extendPermit(expired, late, defaultFigures)).toMatchObject({ status: 'PERMITTED' });
    const longer = { ...late, latest: '2026-05-30' };
    expect(refusalsOf(() => extendPermit(permitted, longer, defaultFigures))).toEqual(['PERMIT_TOO_LONG/A086']);
    const often = aDecoration({ status: 'PERMITTED', ...days, extensionCount: 2 });
    expect(refusalsOf(() => extendPermit(often, to, defaultFigures))).toEqual(['EXTENSIONS_USED_UP/A086']);
    const stopped = aDecoration({ status: 'STOPPED', ...days });
    expect(refusalsOf(() => extendPermit(stopped, to, defaultFigures))).toEqual(['ILLEGAL_TRANSITION/A086']);
  });

  it('[A250] a lifted stop order leads back to a permit that may be over', () => {
    const stopped = aDecoration({ status: 'STOPPED', ...days });
    expect(liftStopOrder(stopped, '2026-04-08').status).toBe('PERMITTED');
    expect(liftStopOrder(stopped, '2026-04-09').status).toBe('EXPIRED');
    expect(expirePermit(stopped, '2026-04-09').status).toBe('STOPPED');
    expect(expirePermit(aDecoration({ status: 'PERMITTED', ...days }), '2026-04-08').status).toBe('PERMITTED');
    expect(expirePermit(aDecoration({ status: 'PERMITTED', ...days }), '2026-04-09').status).toBe('EXPIRED');
  });
});

describe('sums', () => {
  it.each([
    ['REQUESTED', 'raised', 'RAISED'],
    ['REQUESTED', 'settled', 'SETTLED'],
    ['SETTLED', 'raised', 'SETTLED'],
    ['SETTLED', 'reversed', 'REVERSED'],
    ['REFUND_REQUESTED', 'reversed', 'REFUNDED'],
  ] as const)('[A225] %s, then %s: %s', (before, fact, after) => {
    expect(nextChargeState(before, fact)).toBe(after);
  });

  it('[A225] the deposit is asked back once the check passed and nothing is unresolved', () => {
    const completed = aDecoration({ status: 'COMPLETED', completedAt: new Date() });
    expect(isRefundDue(completed, { openViolations: 0 })).toBe(true);
    expect(isRefundDue(completed, { openViolations: 1 })).toBe(false);
    expect(isRefundDue(aDecoration(), { openViolations: 0 })).toBe(false);
    expect(isRefundDue({ ...completed, depositState: 'REFUND_REQUESTED' }, { openViolations: 0 })).toBe(false);
  });

  it('an application is not given up while a sum is owed', () => {
    const owed = aDecoration({ wasteFeeState: 'RAISED' });
    expect(refusalsOf(() => cancelDecorationRule(owed, 'DUPLICATE'))).toEqual(['CHARGE_NOT_REVERSED/A225']);
    expect(cancelDecorationRule(aDecoration(), 'DUPLICATE').status).toBe('CANCELLED');
  });
});

describe('the archive', () => {
  it('[A088] holds four papers at most, as the application asks', () => {
    const full = aDecoration({ applicantKind: 'AGENT', isStructureChanged: true });
    expect(judgeArchive(full, { scannedKinds: ['POWER_OF_ATTORNEY'] })).toEqual({
      requiredKindCodes: ['POWER_OF_ATTORNEY', 'AGENT_IDENTITY_CARD', 'DECORATION_AGREEMENT', 'AUTHORITY_APPROVAL'],
      missingKindCodes: ['AGENT_IDENTITY_CARD', 'DECORATION_AGREEMENT', 'AUTHORITY_APPROVAL'],
      isComplete: false,
    });
    expect(judgeArchive(aDecoration(), somePapers())).toMatchObject({ isComplete: true });
  });

  it('[A088] names everything that keeps an application open', () => {
    const found = closingViolations(aDecoration(), somePapers({ scannedKinds: [], openViolations: 2 }));
    expect(found.map(({ reason, rule }) => `${reason}/${rule}`)).toEqual([
      'PAPER_MISSING/A088',
      'VIOLATIONS_OPEN/A250',
      'REFUND_NOT_ASKED/A225',
    ]);
    expect(closingViolations(aDecoration({ depositState: 'REFUNDED' }), somePapers())).toEqual([]);
  });
});
