import { expect, it } from '@jest/globals';

import { proveTransitions } from './transition-table.ts';
import { attendanceTransitions } from '../src/domain/attendance-transition-policy.ts';
import { requireReason } from '../src/domain/duty-transition-rules.ts';
import { payTransitions } from '../src/domain/pay-transition-policy.ts';
import { rosterTransitions } from '../src/domain/roster-transition-policy.ts';

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

proveTransitions('duty, attendance and pay', table, {
  ...rosterTransitions,
  ...attendanceTransitions,
  ...payTransitions,
});

it('a reason has two characters at least', () => {
  expect(requireReason(' 停电 ')).toBe('停电');
  expect(() => requireReason('x ')).toThrow('REASON_REQUIRED');
});
