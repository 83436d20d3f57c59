import { describe, expect, it } from '@jest/globals';

import { broadcastPolicy, broadcastScriptTransitions } from './broadcast-script-policy.ts';
import { counterSignPolicy, counterSignRouteTransitions } from './counter-sign-route-policy.ts';
import { floorAreaPolicy } from './floor-area-policy.ts';
import { invoicePolicy, invoiceApplicationTransitions } from './invoice-application-policy.ts';
import { keyAccountVisitPolicy, keyAccountVisitTransitions } from './key-account-visit-policy.ts';
import { membershipCardPolicy, membershipCardTransitions } from './membership-card-policy.ts';
import { procedureRules, type Transition } from './procedure.ts';
import { rentalMandatePolicy, rentalMandateTransitions } from './rental-mandate-policy.ts';

const head = 'director deputyDirector administrativeSupervisor';
const leaders = `${head} supervisor`;
const desk = `${leaders} clerk`;

type Table = Record<string, Transition>;

describe('who does what, from which state, and where it leads', () => {
  it.each<[rule: string, action: string, table: Table, from: string, to: string, roles: string, own: string]>([
    ['A204', 'recordKeyAccountVisit', keyAccountVisitTransitions, 'DUE', 'same DONE COMPLAINT_AWAITED', desk, ''],
    ['A226', 'openRentalMandate', rentalMandateTransitions, '', 'DRAFT', desk, ''],
    ['A226', 'changeRentalMandateTerms', rentalMandateTransitions, 'DRAFT', 'same', desk, ''],
    ['A226', 'signRentalMandate', rentalMandateTransitions, 'DRAFT', 'ACTIVE', desk, 'resident'],
    ['A226', 'planRentalMandateViewing', rentalMandateTransitions, 'ACTIVE', 'same', desk, ''],
    ['A226', 'closeRentalMandate', rentalMandateTransitions, 'ACTIVE', 'CLOSED', leaders, ''],
    ['A226', 'withdrawRentalMandate', rentalMandateTransitions, 'DRAFT ACTIVE', 'WITHDRAWN', desk, 'resident'],
    ['A302', 'applyMembershipCard', membershipCardTransitions, '', 'APPLIED', desk, 'resident'],
    ['A302', 'issueMembershipCard', membershipCardTransitions, 'APPLIED', 'ACTIVE', desk, ''],
    ['A302', 'refuseMembershipCard', membershipCardTransitions, 'APPLIED', 'REFUSED', desk, ''],
    ['A309', 'updateMembershipCardProfile', membershipCardTransitions, 'ACTIVE', 'same', desk, ''],
    ['A302', 'renewMembershipCard', membershipCardTransitions, 'ACTIVE EXPIRED', 'ACTIVE', desk, ''],
    ['A302', 'endMembershipCard', membershipCardTransitions, 'ACTIVE', 'ENDED', desk, 'resident'],
    ['A309', 'applyForInvoice', invoiceApplicationTransitions, '', 'REQUESTED', `${desk} cashier`, 'resident'],
    ['A309', 'issueAppliedInvoice', invoiceApplicationTransitions, 'REQUESTED', 'ISSUED', `${head} cashier`, ''],
    ['A309', 'refuseInvoiceApplication', invoiceApplicationTransitions, 'REQUESTED', 'REFUSED', `${head} cashier`, ''],
    [
      'A309',
      'withdrawInvoiceApplication',
      invoiceApplicationTransitions,
      'REQUESTED',
      'WITHDRAWN',
      `${desk} cashier`,
      'resident',
    ],
    ['A309', 'draftBroadcastScript', broadcastScriptTransitions, '', 'DRAFT', desk, ''],
    ['A309', 'changeBroadcastScript', broadcastScriptTransitions, 'DRAFT', 'same', desk, ''],
    ['A309', 'approveBroadcastScript', broadcastScriptTransitions, 'DRAFT', 'APPROVED', leaders, ''],
    ['A309', 'scheduleBroadcastScript', broadcastScriptTransitions, 'APPROVED', 'SCHEDULED', desk, ''],
    ['A309', 'recordBroadcast', broadcastScriptTransitions, 'APPROVED SCHEDULED', 'same', `${desk} guard`, ''],
    ['A309', 'withdrawBroadcastScript', broadcastScriptTransitions, 'DRAFT APPROVED SCHEDULED', 'WITHDRAWN', desk, ''],
    ['B010', 'openCounterSignRoute', counterSignRouteTransitions, '', 'OPEN', desk, ''],
    ['B010', 'signCounterSignRoute', counterSignRouteTransitions, 'OPEN', 'same COMPLETED', leaders, ''],
    ['B010', 'returnCounterSignRoute', counterSignRouteTransitions, 'OPEN', 'RETURNED', leaders, ''],
    ['B010', 'resubmitCounterSignRoute', counterSignRouteTransitions, 'RETURNED', 'OPEN', desk, ''],
    ['B010', 'cancelCounterSignRoute', counterSignRouteTransitions, 'OPEN RETURNED', 'CANCELLED', desk, ''],
  ])('[%s] %s', (rule, action, table, from, to, roles, own) => {
    const row = table[action] as Transition;
    expect([row.from, row.to, row.roles, row.own].map((words) => words.join(' '))).toEqual([from, to, roles, own]);
    expect(row.rule).toBe(rule);
    const { refusal } = procedureRules(table);
    const states = [...new Set(Object.values(table).flatMap((other) => [...other.from, ...other.to]))];
    const open = states.filter((status) => status !== 'same' && refusal({ status }, action) === null);
    expect(open.toSorted()).toEqual(from.split(' ').filter(Boolean).toSorted());
  });
});

type Limits = { value: unknown; least?: number; most?: number; rule: string };
type Policy = { figures: Record<string, Limits> };

describe('figures, and within which limits a community sets its own', () => {
  it.each<[rule: string, key: string, policy: Policy, value: unknown, least: number | null, most: number | null]>([
    ['A201', 'toleratedDeviationShare', floorAreaPolicy, 0.03, null, 1],
    ['A204', 'mainMerchantDays', keyAccountVisitPolicy, 30, 1, null],
    ['A204', 'smallMerchantDays', keyAccountVisitPolicy, 60, 1, null],
    ['A204', 'residentDays', keyAccountVisitPolicy, 90, 1, null],
    ['A204', 'visitDays', keyAccountVisitPolicy, 7, null, null],
    ['A204', 'complaintHours', keyAccountVisitPolicy, 24, 1, null],
    ['A204', 'backdatingHours', keyAccountVisitPolicy, 72, null, null],
    ['A204', 'warnShare', keyAccountVisitPolicy, 0.8, null, 1],
    ['A204', 'directorShare', keyAccountVisitPolicy, 2, 1, null],
    ['A226', 'longestDays', rentalMandatePolicy, 365, 1, null],
    ['A226', 'reminderDays', rentalMandatePolicy, 14, 1, null],
    ['A226', 'rentalCommissionShare', rentalMandatePolicy, 0.5, null, 1],
    ['A226', 'saleCommissionShare', rentalMandatePolicy, 0.02, null, 1],
    ['A302', 'memberDays', membershipCardPolicy, 30, null, null],
    ['A302', 'bulkUnits', membershipCardPolicy, 3, 1, null],
    ['A309', 'vipDays', membershipCardPolicy, 365, null, null],
    ['A302', 'decisionWorkingDays', membershipCardPolicy, 3, 1, null],
    ['A302', 'validDays', membershipCardPolicy, 365, 1, null],
    ['A302', 'reminderDays', membershipCardPolicy, 30, 1, null],
    ['A302', 'warnShare', membershipCardPolicy, 0.8, null, 1],
    ['A302', 'directorShare', membershipCardPolicy, 2, 1, null],
    ['A309', 'issueWorkingDays', invoicePolicy, 2, 1, null],
    ['A309', 'warnShare', invoicePolicy, 0.8, null, 1],
    ['A309', 'directorShare', invoicePolicy, 2, 1, null],
    ['A309', 'readMinutes', broadcastPolicy, 10, 1, null],
    ['A309', 'longestDays', broadcastPolicy, 90, 1, null],
    ['A309', 'warnShare', broadcastPolicy, 0.5, null, 1],
    ['A309', 'directorShare', broadcastPolicy, 6, 1, null],
    ['B010', 'decoration', counterSignPolicy, ['MAINTENANCE', 'SECURITY', 'FINANCE'], null, null],
    [
      'B010',
      'temporaryStructure',
      counterSignPolicy,
      ['MAINTENANCE', 'SECURITY', 'ENVIRONMENT', 'FINANCE'],
      null,
      null,
    ],
    ['B010', 'moveOut', counterSignPolicy, ['CUSTOMER_SERVICE', 'FINANCE', 'SECURITY'], null, null],
    ['B010', 'mandate', counterSignPolicy, ['CUSTOMER_SERVICE', 'FINANCE'], null, null],
    ['B010', 'other', counterSignPolicy, ['CUSTOMER_SERVICE'], null, null],
    ['B010', 'turnWorkingDays', counterSignPolicy, 1, 1, null],
    ['B010', 'warnShare', counterSignPolicy, 0.8, null, 1],
    ['B010', 'directorShare', counterSignPolicy, 2, 1, null],
  ])('[%s] %s', (rule, key, policy, value, least, most) => {
    const figure = policy.figures[key] as Limits;
    const { least: lower = null, most: upper = null } = figure;
    expect([figure.value, lower, upper, figure.rule]).toEqual([value, least, most, rule]);
  });
});
