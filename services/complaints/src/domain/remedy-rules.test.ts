import { describe, expect, it } from '@jest/globals';
import { reasonsOf } from '@steward/test-kit/pure-rules';

import { aSolvable } from './a-complaint.ts';
import { authorityFigures, type AuthorityValues } from './complaint-policy.ts';
import type { ComplaintRemedy } from './complaint.ts';
import { chooseRemedy, decideRemedy, isWithinAuthority, proposeRemedies, remedyLimit } from './remedy-rules.ts';

const figures: AuthorityValues = {
  clerkRemedyAmount: authorityFigures.clerkRemedyAmount.value,
  supervisorRemedyAmount: authorityFigures.supervisorRemedyAmount.value,
  deputyRemedyAmount: authorityFigures.deputyRemedyAmount.value,
  gradeLoweringRoles: [],
  separateReceptionRoles: [],
};
const today = '2026-03-02';
const aRemedy = (overrides: Partial<ComplaintRemedy> = {}): ComplaintRemedy => ({
  id: 'r',
  tenantId: 't',
  complaintId: 'c',
  descriptionSealed: 'sealed',
  costAmount: 5000,
  currency: 'CNY',
  plannedOn: null,
  state: 'PROPOSED',
  approvalId: null,
  proposedAt: new Date(0),
  ...overrides,
});

describe('remedies', () => {
  const drafted = { description: '减免一个月物业费', costAmount: 20_000 };

  it('[A093] are drafted with their cost, and the reason is explained', () => {
    expect(proposeRemedies(aSolvable(), '配件缺货', [drafted], today).doneSteps).toContain('EXPLANATION');
    expect(reasonsOf(() => proposeRemedies(aSolvable(), ' ', [], today))).toEqual([
      'EXPLANATION_REQUIRED',
      'REMEDY_REQUIRED',
    ]);
  });

  it.each([
    [{ description: '' }, ['TEXT_REQUIRED']],
    [{ costAmount: -1 }, ['COST_NEGATIVE']],
    [{ plannedOn: '2026-03-01' }, ['IN_THE_PAST']],
    [{ plannedOn: today, costAmount: 0 }, []],
  ])('[A093] %j: %j', (overrides, expected) => {
    const work = () => proposeRemedies(aSolvable(), '配件缺货', [{ ...drafted, ...overrides }], today);
    expect(reasonsOf(work)).toEqual(expected);
  });
});

describe('the authority', () => {
  it.each([
    [['clerk'], 20_000],
    [['supervisor'], 100_000],
    [['administrativeSupervisor'], 100_000],
    [['deputyDirector'], 300_000],
    [['clerk', 'deputyDirector'], 300_000],
    [['director'], null],
    [['maintenance'], 0],
    [[], 0],
  ])('[A207] of %j is %j', (roles, limit) => {
    expect(remedyLimit(roles, figures)).toBe(limit);
  });

  it('[A207] holds for what a complaint costs in all, its limit included', () => {
    expect(isWithinAuthority(20_000, 20_000)).toBe(true);
    expect(isWithinAuthority(20_001, 20_000)).toBe(false);
    expect(isWithinAuthority(1_000_000, null)).toBe(true);
    const before = aSolvable({ remedyAmount: 15_000 });
    expect(chooseRemedy(before, aRemedy(), 20_000)).toMatchObject({
      needsApproval: false,
      complaint: { remedyAmount: 20_000, openRemedyCount: 0 },
    });
    expect(chooseRemedy(before, aRemedy(), 19_999)).toMatchObject({
      needsApproval: true,
      complaint: { remedyAmount: 15_000, openRemedyCount: 1 },
    });
  });

  it('[A207] a remedy is granted once', () => {
    expect(reasonsOf(() => chooseRemedy(aSolvable(), aRemedy({ state: 'CHOSEN' }), null))).toEqual(['REMEDY_DECIDED']);
    expect(reasonsOf(() => chooseRemedy(aSolvable(), null, null))).toEqual(['REMEDY_UNKNOWN']);
  });

  it('[A207] the director decides on what awaits it', () => {
    const waiting = aSolvable({ openRemedyCount: 1 });
    const awaiting = aRemedy({ state: 'AWAITING_APPROVAL' });
    expect(decideRemedy(waiting, awaiting, true)).toMatchObject({ openRemedyCount: 0, remedyAmount: 5000 });
    expect(decideRemedy(waiting, awaiting, false)).toMatchObject({ openRemedyCount: 0, remedyAmount: 0 });
    expect(reasonsOf(() => decideRemedy(waiting, aRemedy(), true))).toEqual(['REMEDY_DECIDED']);
    expect(reasonsOf(() => decideRemedy(waiting, null, true))).toEqual(['REMEDY_UNKNOWN']);
  });
});
