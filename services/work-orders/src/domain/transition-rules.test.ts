import { describe, expect, it } from '@jest/globals';

import { aWorkOrder } from './a-work-order.ts';
import { workOrderTransitions, type WorkOrderAction } from './transition-policy.ts';
import { moveTo, requireAction, stateRefusal, stay } from './transition-rules.ts';
import type { WorkOrder, WorkOrderStatus } from './work-order.ts';

// action | rule | from | to | who in the community | who on their own order
const table = `
  updateWorkOrder                 | A066 | RECEIVED ASSIGNED ON_SITE PAUSED     | same                       | desk    | resident
  locateWorkOrder                 | A066 | RECEIVED ASSIGNED ON_SITE PAUSED     | same                       | desk    | workers
  reclassifyWorkOrder             | A067 | RECEIVED ASSIGNED ON_SITE PAUSED     | same RECEIVED ASSIGNED ON_SITE | desk    | workers
  changeWorkOrderPriority         | B013 | RECEIVED ASSIGNED                    | same                       | desk    | 
  changeWorkOrderResponsibleParty | B014 | RECEIVED ASSIGNED ON_SITE PAUSED     | same                       | leaders | 
  dispatchWorkOrder               | B013 | RECEIVED                             | ASSIGNED                   | desk    | 
  assignWorkOrder                 | B013 | RECEIVED                             | ASSIGNED                   | desk    | 
  takeWorkOrder                   | B013 | RECEIVED                             | ASSIGNED                   | workers | 
  transferWorkOrder               | A109 | ASSIGNED ON_SITE                     | ASSIGNED                   | desk    | workers
  returnWorkOrder                 | B013 | ASSIGNED ON_SITE                     | RECEIVED                   | desk    | workers
  pauseWorkOrder                  | B015 | ASSIGNED ON_SITE                     | PAUSED                     | leaders | workers
  resumeWorkOrder                 | B015 | PAUSED                               | ASSIGNED ON_SITE           | leaders | workers
  makeWorkOrderAppointment        | A068 | RECEIVED ASSIGNED                    | same                       | desk    | workers resident
  rescheduleWorkOrderAppointment  | A068 | RECEIVED ASSIGNED                    | same                       | desk    | workers resident
  arriveOnSite                    | A068 | ASSIGNED                             | ON_SITE                    | desk    | workers
  printDispatchSlip               | A205 | ASSIGNED ON_SITE PAUSED COMPLETED    | same                       | desk    | workers
  quoteWorkOrder                  | A108 | ASSIGNED ON_SITE                     | same                       | desk    | workers
  agreeWorkOrderQuote             | A108 | ASSIGNED ON_SITE                     | same                       | desk    | workers resident
  declineWorkOrderQuote           | A108 | ASSIGNED ON_SITE                     | same                       | desk    | workers resident
  recordWorkOrderMaterials        | A205 | ON_SITE                              | same                       | desk    | workers
  completeWorkOrder               | A109 | ON_SITE                              | COMPLETED                  | desk    | workers
  recordWorkOrderWaterTest        | A071 | COMPLETED                            | same ASSIGNED RECEIVED     | desk    | workers
  acceptWorkOrder                 | A110 | COMPLETED                            | ACCEPTED CLOSED            | desk    | workers resident
  refuseWorkOrderAcceptance       | A073 | COMPLETED                            | ASSIGNED RECEIVED          | desk    | workers resident
  recordWorkOrderReturnVisit      | A069 | COMPLETED ACCEPTED                   | same CLOSED ASSIGNED RECEIVED | desk    | 
  recordWorkOrderOpinion          | A008 | COMPLETED ACCEPTED CLOSED            | same                       | desk    | resident
  urgeWorkOrder                   | A008 | RECEIVED ASSIGNED ON_SITE PAUSED     | same                       | desk    | resident
  cancelWorkOrder                 | B013 | RECEIVED ASSIGNED ON_SITE PAUSED     | CANCELLED                  | desk    | resident
`;

const statuses: WorkOrderStatus[] = [
  'RECEIVED',
  'ASSIGNED',
  'ON_SITE',
  'PAUSED',
  'COMPLETED',
  'ACCEPTED',
  'CLOSED',
  'CANCELLED',
];

const people: Record<string, string[]> = {
  desk: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
  leaders: ['supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
  workers: ['maintenance', 'environment'],
  resident: ['resident'],
};

type Row = { action: WorkOrderAction; rule: string; from: string[]; to: string[]; roles: string[]; own: string[] };

const words = (text = ''): string[] => text.split(' ').filter((word) => word !== '');
const named = (text = ''): string[] => words(text).flatMap((word) => people[word] ?? []);

const rows: Row[] = table
  .trim()
  .split('\n')
  .map((line) => {
    const [action, rule, from, to, roles, own] = line.split('|').map((cell) => cell.trim());
    return {
      action: action as WorkOrderAction,
      rule: rule ?? '',
      from: words(from),
      to: words(to),
      roles: named(roles),
      own: named(own),
    };
  });

/** An order that nothing but its status keeps from the action. */
const readyFor = (action: WorkOrderAction, status: WorkOrderStatus): WorkOrder => {
  const needsAppointment = action === 'rescheduleWorkOrderAppointment';
  return aWorkOrder({
    status,
    isPaid: action === 'quoteWorkOrder',
    returnVisitKind: action === 'recordWorkOrderWaterTest' ? 'LEAK' : 'OTHER',
    appointmentAt: needsAppointment ? new Date('2026-03-03T01:00:00Z') : null,
  });
};

const reaches = (order: WorkOrder, action: WorkOrderAction, status: WorkOrderStatus): boolean => {
  try {
    return moveTo(order, action, status).status === status;
  } catch {
    return false;
  }
};

describe('transitions of a work order', () => {
  it('has a row for each action', () => {
    expect(rows.map(({ action }) => action).sort()).toEqual(Object.keys(workOrderTransitions).sort());
  });

  it.each(rows)('[$rule] $action starts from $from', ({ action, rule, from }) => {
    const allowed = statuses.filter((status) => stateRefusal(readyFor(action, status), action) === null);
    expect(allowed).toEqual(statuses.filter((status) => from.includes(status)));
    const illegal = statuses.find((status) => !from.includes(status)) as WorkOrderStatus;
    expect(stateRefusal(readyFor(action, illegal), action)).toMatchObject({ reason: 'ILLEGAL_TRANSITION', rule });
  });

  it.each(rows)('[$rule] $action leads to $to', ({ action, from, to }) => {
    // From every start, because one that is itself a target hides whether the status may be kept.
    for (const start of from as WorkOrderStatus[]) {
      const reached = statuses.filter((status) => reaches(readyFor(action, start), action, status));
      expect(reached).toEqual(
        statuses.filter((status) => to.includes(status) || (status === start && to.includes('same'))),
      );
    }
    const [start] = from as [WorkOrderStatus];
    if (to.includes('same')) expect(stay(readyFor(action, start), action).status).toBe(start);
  });

  it.each(rows)('[$rule] $action is done by $roles, and on their own by $own', ({ action, roles, own }) => {
    expect([...workOrderTransitions[action].roles]).toEqual(roles);
    expect([...workOrderTransitions[action].own]).toEqual(own);
  });
});

describe('what the state needs besides the status', () => {
  const cases: [string, string, WorkOrderAction, Partial<WorkOrder>, string | null][] = [
    [
      'A108',
      'paid work is not completed before the quote is agreed',
      'completeWorkOrder',
      { isPaid: true },
      'QUOTE_NOT_AGREED',
    ],
    ['A108', 'paid work uses no material before it', 'recordWorkOrderMaterials', { isPaid: true }, 'QUOTE_NOT_AGREED'],
    ['A108', 'an agreed quote lets it go on', 'completeWorkOrder', { isPaid: true, agreedQuoteId: 'q' }, null],
    ['A067', 'free work is not quoted', 'quoteWorkOrder', {}, 'WORK_IS_FREE'],
    [
      'A110',
      'work is not quoted once its fee was asked for',
      'quoteWorkOrder',
      { isPaid: true, chargeState: 'RAISED' },
      'CHARGE_REQUESTED',
    ],
    ['A110', 'nor put elsewhere', 'locateWorkOrder', { chargeState: 'REQUESTED' }, 'CHARGE_REQUESTED'],
    [
      'A110',
      'nor cancelled before it is reversed',
      'cancelWorkOrder',
      { chargeState: 'RAISED' },
      'CHARGE_NOT_REVERSED',
    ],
    ['A110', 'nor reclassified', 'reclassifyWorkOrder', { chargeState: 'SETTLED' }, 'CHARGE_REQUESTED'],
    [
      'A110',
      'nor given to another party',
      'changeWorkOrderResponsibleParty',
      { chargeState: 'REVERSED' },
      'CHARGE_REQUESTED',
    ],
    ['A071', 'only a leak is tested', 'recordWorkOrderWaterTest', {}, 'NOT_A_LEAK'],
    [
      'A071',
      'a leak is tested once',
      'recordWorkOrderWaterTest',
      { returnVisitKind: 'LEAK', waterTestedAt: new Date(0) },
      'WATER_TEST_RECORDED',
    ],
    ['A071', 'a leak is not accepted untested', 'acceptWorkOrder', { returnVisitKind: 'LEAK' }, 'WATER_TEST_MISSING'],
    [
      'A071',
      'a leak is not visited untested',
      'recordWorkOrderReturnVisit',
      { returnVisitKind: 'LEAK' },
      'WATER_TEST_MISSING',
    ],
    [
      'A069',
      'a visit is made once',
      'recordWorkOrderReturnVisit',
      { returnVisitOutcome: 'SATISFIED' },
      'RETURN_VISIT_RECORDED',
    ],
    [
      'B013',
      'an emergency waits for no appointment',
      'makeWorkOrderAppointment',
      { priority: 'EMERGENCY' },
      'EMERGENCY_AT_ONCE',
    ],
    [
      'A068',
      'an appointment is made once',
      'makeWorkOrderAppointment',
      { appointmentAt: new Date(0) },
      'APPOINTMENT_MADE',
    ],
    ['A068', 'only an appointment can be moved', 'rescheduleWorkOrderAppointment', {}, 'APPOINTMENT_MISSING'],
  ];

  it.each(cases)('[%s] %s', (rule, _what, action, overrides, reason) => {
    const status = workOrderTransitions[action].from.at(-1) as WorkOrderStatus;
    const order = aWorkOrder({ status, ...overrides });
    expect(stateRefusal(order, action)).toEqual(reason === null ? null : { reason, rule });
    if (reason !== null) expect(() => requireAction(order, action)).toThrow(reason);
  });
});
