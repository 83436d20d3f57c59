import { describe, expect, it } from '@jest/globals';
import { reasonsOf } from '@steward/test-kit/pure-rules';

import type { ActivityStatus } from './activity.ts';
import { anActivity } from './an-activity.ts';
import { activityTransitions, type ActivityAction } from './transition-policy.ts';
import { moveTo, requireAction, stateRefusals } from './transition-rules.ts';

// action | rule | from | to | who
const table = `
  updateActivityPlan        | A105 | PLANNED                     | same             | desk
  recordMerchantProcedures  | B018 | PLANNED SUBMITTED           | same             | desk
  submitActivityPlan        | A105 | PLANNED                     | SUBMITTED        | desk
  decideActivityPlan        | A105 | SUBMITTED                   | APPROVED PLANNED | deciders
  assignActivityDuties      | A106 | APPROVED                    | same             | desk
  confirmActivityDuty       | A106 | APPROVED                    | same             | desk departments
  startActivity             | A106 | APPROVED                    | UNDER_WAY        | desk
  recordActivitySiteControl | B018 | UNDER_WAY                   | same             | desk guards
  awardActivityPrize        | A105 | UNDER_WAY HELD              | same             | desk
  recordActivityCost        | A105 | APPROVED UNDER_WAY HELD     | same             | desk
  finishActivity            | A107 | UNDER_WAY                   | HELD             | desk
  addActivityRecords        | A107 | UNDER_WAY HELD              | same             | desk guards
  archiveActivity           | A107 | HELD                        | ARCHIVED         | desk
  cancelActivity            | A105 | PLANNED SUBMITTED APPROVED  | CANCELLED        | leaders
`;

const statuses: ActivityStatus[] = ['PLANNED', 'SUBMITTED', 'APPROVED', 'UNDER_WAY', 'HELD', 'ARCHIVED', 'CANCELLED'];

const leaders = ['supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'];
const people: Record<string, string[]> = {
  leaders,
  desk: ['clerk', ...leaders],
  deciders: ['administrativeSupervisor', 'director'],
  departments: ['maintenance', 'guard', 'environment'],
  guards: ['guard'],
};

const words = (text = ''): string[] => text.split(' ').filter((word) => word !== '');

const rows = table
  .trim()
  .split('\n')
  .map((line) => {
    const [action, rule, from, to, roles] = line.split('|').map((cell) => cell.trim());
    return {
      action: action as ActivityAction,
      rule: rule ?? '',
      from: words(from),
      to: words(to),
      roles: words(roles).flatMap((word) => people[word] ?? []),
    };
  });

/** A merchant's activity that nothing but its status keeps from an action. */
const inStatus = (status: ActivityStatus) => anActivity({ kind: 'MERCHANT', merchantId: 'merchant', status });

const reaches = (from: ActivityStatus, action: ActivityAction, to: ActivityStatus): boolean => {
  try {
    return moveTo(inStatus(from), action, to).status === to;
  } catch {
    return false;
  }
};

describe('transitions of an activity', () => {
  it('have a row each', () => {
    expect(rows.map(({ action }) => action)).toEqual(Object.keys(activityTransitions));
  });

  it.each(rows)('[$rule] $action starts from $from alone', ({ action, rule, from }) => {
    expect(statuses.filter((status) => stateRefusals(inStatus(status), action).length === 0)).toEqual(from);
    const elsewhere = statuses.filter((status) => !from.includes(status));
    expect(elsewhere.map((status) => stateRefusals(inStatus(status), action)[0])).toEqual(
      elsewhere.map((status) => ({ reason: 'ILLEGAL_TRANSITION', rule, params: { action, status } })),
    );
  });

  it.each(rows)('[$rule] $action leads to $to alone', ({ action, from, to }) => {
    const start = statuses.find((status) => from.includes(status)) ?? 'PLANNED';
    const targets = to.map((target) => (target === 'same' ? start : target));
    expect(statuses.filter((status) => reaches(start, action, status))).toEqual(
      statuses.filter((status) => targets.includes(status)),
    );
  });

  it.each(rows)('[$rule] $action is done by $roles', ({ action, roles }) => {
    expect(activityTransitions[action].roles.toSorted()).toEqual(roles.toSorted());
  });
});

describe('besides its status', () => {
  it.each<[ActivityAction, Parameters<typeof anActivity>[0], string[]]>([
    ['recordMerchantProcedures', { status: 'PLANNED' }, ['NOT_A_MERCHANTS_ACTIVITY']],
    ['recordActivitySiteControl', { status: 'UNDER_WAY' }, ['NOT_A_MERCHANTS_ACTIVITY']],
  ])('[B018] %s is for merchants only', (action, given, reasons) => {
    expect(reasonsOf(() => requireAction(anActivity(given), action))).toEqual(reasons);
  });

  it('[A106] an activity begins when duties are named and each is confirmed', () => {
    const begin = (given: object) =>
      reasonsOf(() => requireAction(anActivity({ status: 'APPROVED', ...given }), 'startActivity'));
    expect(begin({ dutyCount: 3, openDutyCount: 0 })).toEqual([]);
    expect(begin({ dutyCount: 3, openDutyCount: 1 })).toEqual(['DUTY_UNCONFIRMED']);
    expect(begin({ dutyCount: 0, openDutyCount: 0 })).toEqual(['DUTIES_MISSING']);
  });
});
