import { describe, expect, it } from '@jest/globals';

import {
  dutyTransitions,
  moveBy,
  requireReason,
  statusRefusal,
  transitionOf,
  type DutyAction,
} from './duty-transition-rules.ts';

// action | rule | from | to | who in the community | who with what is theirs
const table = `
  renewCertificate   | A332 | IN_FORCE                  | IN_FORCE  | directors |
  revokeCertificate  | A332 | IN_FORCE                  | REVOKED   | directors |
  retireShiftPattern | A253 | ACTIVE                    | RETIRED   | leaders   |
  planDutyRoster     | A308 | DRAFT                     | DRAFT     | planners  |
  assignDutyShift    | A308 | DRAFT                     | DRAFT     | planners  |
  removeDutyShift    | A308 | DRAFT                     | DRAFT     | planners  |
  submitDutyRoster   | A308 | DRAFT                     | SUBMITTED | planners  |
  returnDutyRoster   | A212 | SUBMITTED                 | DRAFT     | leaders   |
  publishDutyRoster  | A212 | SUBMITTED                 | PUBLISHED | leaders   |
  withdrawDutyRoster | A212 | DRAFT SUBMITTED PUBLISHED | WITHDRAWN | leaders   |
  clockInDutyShift           | A027 | PLANNED            | STARTED     |         | staff
  clockOutDutyShift          | A047 | STARTED            | ENDED       |         | staff
  correctAttendanceRecord    | A011 | OPEN CLOSED        | OPEN CLOSED | leaders |
  reviewAttendanceRecords    | A212 | CLOSED             | REVIEWED    | leaders |
  addShiftHandoverNotes      | A028 | OPEN               | OPEN        |         | staff
  countShiftHandoverTools    | A029 | OPEN               | OPEN        |         | staff
  checkShiftHandoverCleaning | A030 | OPEN               | OPEN        |         | staff
  acceptShiftHandover        | A031 | OPEN               | ACCEPTED    |         | staff
  arrangeShiftSubstitution   | A222 | REQUESTED          | ARRANGED    | leaders | maintenance
  endShiftSubstitution       | A222 | REQUESTED ARRANGED | ENDED       | leaders | staff
  agreeShiftSwap             | B034 | REQUESTED          | AGREED      |         | staff
  declineShiftSwap           | B034 | REQUESTED          | DECLINED    |         | staff
  approveShiftSwap           | B034 | AGREED             | APPROVED    | leaders |
  rejectShiftSwap            | B034 | AGREED             | REJECTED    | leaders |
  withdrawShiftSwap          | B034 | REQUESTED AGREED   | WITHDRAWN   |         | staff
  completeDailyDutyReview    | A236 | OPEN               | COMPLETED   | leaders |
  endorseLeaveRequest     | B035 | REQUESTED          | ENDORSED  | endorsers |
  approveLeaveRequest     | B035 | ENDORSED           | APPROVED  | director  |
  rejectLeaveRequest      | B035 | REQUESTED ENDORSED | REJECTED  | leaders   |
  withdrawLeaveRequest    | B035 | REQUESTED ENDORSED | WITHDRAWN |           | staff
  approveOvertimeRequest  | A011 | REQUESTED          | APPROVED  | leaders   |
  rejectOvertimeRequest   | A011 | REQUESTED          | REJECTED  | leaders   |
  withdrawOvertimeRequest | A011 | REQUESTED          | WITHDRAWN |           | staff
  cancelConductRecord     | B041 | RECORDED           | CANCELLED | heads     |
  recomputePayrollSheet   | A011 | DRAFT              | DRAFT     | directors |
  submitPayrollSheet      | A011 | DRAFT              | SUBMITTED | directors |
  returnPayrollSheet      | A011 | SUBMITTED          | DRAFT     | director  |
  approvePayrollSheet     | A011 | SUBMITTED          | APPROVED  | director  |
`;

const directors = ['administrativeSupervisor', 'deputyDirector', 'director'];
const leaders = ['supervisor', ...directors];
const planners = ['clerk', ...leaders];
const people: Record<string, string[]> = {
  directors,
  leaders,
  planners,
  director: ['director'],
  heads: ['deputyDirector', 'director'],
  endorsers: ['supervisor', 'administrativeSupervisor', 'deputyDirector'],
  maintenance: ['maintenance'],
  staff: [...planners, 'cashier', 'maintenance', 'guard', 'environment', 'trainer', 'analyst'],
};

const words = (text = ''): string[] => text.split(' ').filter((word) => word !== '');

const rows = table
  .trim()
  .split('\n')
  .map((line) => {
    const [action = '', rule = '', from, to, roles, own] = line.split('|').map((cell) => cell.trim());
    const named = (text = ''): string[] => words(text).flatMap((word) => people[word] ?? []);
    return {
      action: action as DutyAction,
      rule,
      from: words(from),
      to: words(to),
      roles: named(roles),
      own: named(own),
    };
  });

const statuses = [...new Set(rows.flatMap(({ from, to }) => [...from, ...to]))];

describe('transitions of duty, attendance and pay', () => {
  it('have a row each', () => {
    expect(rows.map(({ action }) => action).sort()).toEqual(Object.keys(dutyTransitions).sort());
  });

  it.each(rows)('[$rule] $action starts from $from alone', ({ action, rule, from }) => {
    expect(statuses.filter((status) => statusRefusal(action, status) === null)).toEqual(
      statuses.filter((status) => from.includes(status)),
    );
    expect(statusRefusal(action, 'ELSEWHERE')).toMatchObject({ reason: 'ILLEGAL_TRANSITION', rule });
    expect(() => moveBy({ status: 'ELSEWHERE' }, action, to(action))).toThrow('ILLEGAL_TRANSITION');
  });

  const to = (action: DutyAction): string => transitionOf(action).to[0] ?? '';

  it.each(rows)('[$rule] $action leads to $to alone', ({ action, from, to: targets }) => {
    const reached = statuses.filter((status) => {
      try {
        return moveBy({ status: from[0] ?? '' }, action, status).status === status;
      } catch {
        return false;
      }
    });
    expect(reached).toEqual(statuses.filter((status) => targets.includes(status)));
  });

  it.each(rows)('[$rule] $action is done by $roles, with what is theirs by $own', ({ action, roles, own }) => {
    expect([...transitionOf(action).roles].toSorted()).toEqual(roles.toSorted());
    expect([...transitionOf(action).own].toSorted()).toEqual(own.toSorted());
  });
});

it('a reason has two characters at least', () => {
  expect(requireReason(' 停电 ')).toBe('停电');
  expect(() => requireReason('x ')).toThrow('REASON_REQUIRED');
});
