import { describe, expect, it } from '@jest/globals';

import {
  decorationInspectionTransitions,
  decorationTransitions,
  decorationViolationTransitions,
} from './decoration-transition-policy.ts';
import { moveInTransitions } from './move-in-policy.ts';
import { moveOutTransitions } from './move-out-policy.ts';
import { procedureRules, type Transition } from './procedure.ts';
import { takeoverTransitions } from './takeover-policy.ts';

const directors = 'director deputyDirector';
const leaders = `${directors} administrativeSupervisor supervisor`;
const desk = `${leaders} clerk`;

type Table = Record<string, Transition>;

const inOrder = (words: readonly string[]): string[] => words.toSorted();

describe('who does what, from which state, and where it leads', () => {
  it.each<[rule: string, action: string, table: Table, from: string, to: string, roles: string, own: string]>([
    ['A001', 'openMoveIn', moveInTransitions, '', 'OPEN', desk, ''],
    ['A050', 'fileMoveInPapers', moveInTransitions, 'OPEN REPAIR RECHECKED APPOINTED ACCEPTED', 'same', desk, ''],
    [
      'A053',
      'signMoveInAgreements',
      moveInTransitions,
      'OPEN REPAIR RECHECKED APPOINTED ACCEPTED',
      'same',
      desk,
      'resident',
    ],
    ['A054', 'confirmMoveInHandover', moveInTransitions, 'OPEN REPAIR RECHECKED APPOINTED ACCEPTED', 'same', desk, ''],
    [
      'A055',
      'requestMoveInFee',
      moveInTransitions,
      'OPEN REPAIR RECHECKED APPOINTED ACCEPTED',
      'same',
      `${desk} cashier`,
      '',
    ],
    ['A056', 'inspectMoveIn', moveInTransitions, 'OPEN', 'REPAIR ACCEPTED', `${desk} maintenance`, ''],
    [
      'A057',
      'recordMoveInReadings',
      moveInTransitions,
      'OPEN REPAIR RECHECKED APPOINTED ACCEPTED',
      'same',
      `${desk} maintenance`,
      '',
    ],
    [
      'A059',
      'recheckMoveInDefect',
      moveInTransitions,
      'REPAIR',
      'same RECHECKED',
      'director deputyDirector supervisor maintenance',
      '',
    ],
    ['A059', 'appointMoveInReacceptance', moveInTransitions, 'RECHECKED APPOINTED', 'APPOINTED', desk, ''],
    ['A059', 'reacceptMoveIn', moveInTransitions, 'APPOINTED', 'REPAIR ACCEPTED', `${desk} maintenance`, ''],
    ['A060', 'closeMoveIn', moveInTransitions, 'ACCEPTED', 'CLOSED', desk, 'resident'],
    ['A001', 'cancelMoveIn', moveInTransitions, 'OPEN REPAIR RECHECKED APPOINTED ACCEPTED', 'CANCELLED', desk, ''],
    ['B010', 'openMoveOut', moveOutTransitions, '', 'OPEN', desk, 'resident'],
    ['B010', 'inspectMoveOut', moveOutTransitions, 'OPEN', 'same', `${desk} maintenance`, ''],
    ['B010', 'requestMoveOutSettlement', moveOutTransitions, 'OPEN', 'same', `${desk} cashier`, ''],
    ['B010', 'counterSignMoveOut', moveOutTransitions, 'OPEN', 'same', leaders, ''],
    ['B010', 'closeMoveOut', moveOutTransitions, 'OPEN', 'CLOSED', desk, 'resident'],
    ['B010', 'cancelMoveOut', moveOutTransitions, 'OPEN', 'CANCELLED', desk, 'resident'],
    ['A215', 'openTakeover', takeoverTransitions, '', 'OPEN', desk, ''],
    ['A215', 'checkTakeover', takeoverTransitions, 'OPEN', 'same', `${desk} maintenance`, ''],
    ['A215', 'signTakeover', takeoverTransitions, 'OPEN', 'SIGNED CLOSED', desk, ''],
    [
      'A215',
      'recheckTakeoverDefect',
      takeoverTransitions,
      'OPEN SIGNED',
      'same CLOSED',
      'director deputyDirector supervisor maintenance',
      '',
    ],
    [
      'B010',
      'takeDecoration',
      decorationTransitions,
      'APPLIED IN_REVIEW REVIEWED APPROVED PERMITTED STOPPED EXPIRED COMPLETED',
      'same',
      desk,
      '',
    ],
    [
      'A083',
      'fileDecorationDocument',
      decorationTransitions,
      'APPLIED IN_REVIEW REVIEWED APPROVED PERMITTED STOPPED EXPIRED COMPLETED',
      'same',
      desk,
      'resident',
    ],
    ['A084', 'acknowledgeDecorationTerms', decorationTransitions, 'APPLIED', 'same', desk, 'resident'],
    ['A084', 'signDecorationAgreement', decorationTransitions, 'APPLIED', 'same', desk, ''],
    ['A084', 'submitDecorationPlan', decorationTransitions, 'APPLIED', 'IN_REVIEW', desk, 'resident'],
    [
      'A225',
      'reviewDecorationPlan',
      decorationTransitions,
      'IN_REVIEW',
      'APPLIED REVIEWED APPROVED',
      `${leaders} maintenance`,
      '',
    ],
    ['B010', 'counterSignDecorationPlan', decorationTransitions, 'REVIEWED', 'APPLIED APPROVED', directors, ''],
    [
      'A085',
      'recordDecorationAuthorityApproval',
      decorationTransitions,
      'APPLIED IN_REVIEW REVIEWED APPROVED PERMITTED STOPPED EXPIRED',
      'same',
      desk,
      '',
    ],
    ['A086', 'issueDecorationPermit', decorationTransitions, 'APPROVED', 'PERMITTED', desk, ''],
    ['A086', 'issueDecorationWorkerPasses', decorationTransitions, 'PERMITTED', 'same', desk, ''],
    ['A086', 'extendDecorationPermit', decorationTransitions, 'PERMITTED EXPIRED', 'PERMITTED', desk, ''],
    [
      'A313',
      'startDecorationInspection',
      decorationTransitions,
      'PERMITTED STOPPED EXPIRED',
      'same',
      `${desk} maintenance guard`,
      '',
    ],
    [
      'A250',
      'registerDecorationViolation',
      decorationTransitions,
      'PERMITTED STOPPED EXPIRED',
      'same STOPPED',
      `${desk} maintenance guard`,
      '',
    ],
    ['A250', 'requestDecorationCompletionCheck', decorationTransitions, 'PERMITTED EXPIRED', 'same', desk, 'resident'],
    [
      'A225',
      'recordDecorationCompletionCheck',
      decorationTransitions,
      'PERMITTED EXPIRED',
      'same COMPLETED',
      `${leaders} maintenance`,
      '',
    ],
    ['A088', 'closeDecoration', decorationTransitions, 'COMPLETED', 'CLOSED', desk, ''],
    [
      'B010',
      'cancelDecoration',
      decorationTransitions,
      'APPLIED IN_REVIEW REVIEWED APPROVED',
      'CANCELLED',
      desk,
      'resident',
    ],
    [
      'A313',
      'recordDecorationInspection',
      decorationInspectionTransitions,
      'OPEN',
      'RECORDED',
      `${desk} maintenance guard`,
      '',
    ],
    [
      'A250',
      'reportDecorationViolationRemedied',
      decorationViolationTransitions,
      'OPEN',
      'REMEDIED',
      `${desk} maintenance guard`,
      'resident',
    ],
    [
      'A250',
      'checkDecorationViolation',
      decorationViolationTransitions,
      'REMEDIED',
      'OPEN RESOLVED',
      `${desk} maintenance guard`,
      '',
    ],
  ])('[%s] %s', (rule, action, table, from, to, roles, own) => {
    const row = table[action] as Transition;
    const words = (text: string): string[] => inOrder(text.split(' ').filter(Boolean));
    expect([row.from, row.to, row.roles, row.own].map(inOrder)).toEqual([from, to, roles, own].map(words));
    expect(row.rule).toBe(rule);
    const { refusal } = procedureRules(table);
    const states = [...new Set(Object.values(table).flatMap((other) => [...other.from, ...other.to]))];
    const open = states.filter((status) => status !== 'same' && refusal({ status }, action) === null);
    expect(inOrder(open)).toEqual(words(from));
  });
});
