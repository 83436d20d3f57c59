import { describe, expect, it } from '@jest/globals';

import { passKinds, passPolicy, passTransitions } from './pass-policy.ts';
import { longestValidity, passRules } from './pass-rules.ts';
import type { PassKind, PassStatus } from './pass.ts';

const desk = 'director deputyDirector administrativeSupervisor supervisor clerk';

describe('what can be done with a pass', () => {
  it.each([
    ['A065', 'approvePass', 'REQUESTED', 'VALID', desk, ''],
    ['A224', 'suspendPass', 'VALID', 'SUSPENDED', desk, ''],
    ['A224', 'resumePass', 'SUSPENDED', 'VALID', desk, ''],
    ['A224', 'withdrawPass', 'REQUESTED VALID SUSPENDED', 'WITHDRAWN', desk, 'resident'],
    ['A065', 'verifyPass', 'VALID', 'same USED', desk.replace('clerk', 'guard'), ''],
  ] as const)('[%s] %s leads from %s to %s, by %s %s', (rule, action, from, to, roles, own) => {
    const row = passTransitions[action];
    expect([row.from, row.to, row.roles, row.own].map((words) => words.join(' '))).toEqual([from, to, roles, own]);
    expect(row.rule).toBe(rule);
    const states: PassStatus[] = ['REQUESTED', 'VALID', 'SUSPENDED', 'USED', 'WITHDRAWN', 'EXPIRED'];
    const open = states.filter((status) => passRules.refusal({ status }, action) === null);
    expect(open.join(' ')).toBe(from);
  });
});

describe('kinds of passes', () => {
  it.each([
    ['A065', 'ITEM_RELEASE', true, desk, 'SLIP', 'ITEMS', 24],
    ['A223', 'VISITOR', true, `${desk} guard`, 'AT_ONCE', 'HOLDER', 24],
    ['A314', 'VEHICLE', false, desk, 'SLIP', 'PLATE', 366 * 24],
    ['A086', 'WORKER', false, '', 'NONE', 'HOLDER', null],
    ['A224', 'BUS', false, desk, 'SLIP', 'HOLDER', 366 * 24],
    ['B006', 'SHOW_FLAT', false, '', 'NONE', 'HOLDER', null],
  ] as [string, PassKind, boolean, string, string, string, number | null][])(
    '[%s] %s: used up %s, issued by %s, residents %s, needs %s, holds %s h',
    (rule, kind, isSingleUse, issuers, application, needs, longest) => {
      const row = passKinds[kind];
      expect({ ...row, issuers: row.issuers.join(' '), needs: row.needs.join(' ') }).toEqual({
        isSingleUse,
        issuers,
        application,
        needs,
        rule,
      });
      const { itemReleaseHours, visitorHours, vehicleHours, busHours } = passPolicy.figures;
      const figures = {
        itemReleaseHours: itemReleaseHours.value,
        visitorHours: visitorHours.value,
        vehicleHours: vehicleHours.value,
        busHours: busHours.value,
      };
      expect(longestValidity(kind, figures)).toBe(longest);
    },
  );

  it('[A065] [A223] [A224] holds an hour at least, whatever a community sets', () => {
    expect(Object.values(passPolicy.figures).map(({ least }) => least)).toEqual([1, 1, 1, 1]);
  });
});
