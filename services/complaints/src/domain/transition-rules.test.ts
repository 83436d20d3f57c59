import { describe, expect, it } from '@jest/globals';
import { reasonsOf } from '@steward/test-kit/pure-rules';

import { aComplaint, aSolvable, aToldOne } from './a-complaint.ts';
import type { Complaint, ComplaintStatus } from './complaint.ts';
import { complaintTransitions, type ComplaintAction } from './transition-policy.ts';
import { hasContact, missingSteps, moveTo, requireAction, stateRefusals, stay } from './transition-rules.ts';

// action | rule | from | to | who in the community | who on their own complaint
const table = `
  updateComplaint            | A090 | RECEIVED REFERRED HANDLING          | same          | desk          | resident
  regradeComplaint           | A095 | RECEIVED REFERRED HANDLING          | same          | desk          |
  stopComplaintHarm          | A099 | RECEIVED REFERRED HANDLING          | same          | desk stoppers | others
  callComplaintSupervisor    | A092 | RECEIVED REFERRED HANDLING RESOLVED | same          | desk          | handlers
  referComplaint             | A035 | RECEIVED HANDLING                   | REFERRED      | below         | handlers
  decideComplaint            | A035 | REFERRED                            | HANDLING      | director      |
  routeComplaint             | A034 | RECEIVED HANDLING                   | HANDLING      | desk          |
  assignComplaint            | A098 | RECEIVED HANDLING                   | same          | desk          |
  answerComplaintContactForm | A034 | REFERRED HANDLING                   | same          | leaders       | clerks
  reorderComplaintDepartment | A036 | HANDLING RESOLVED                   | HANDLING      | desk          |
  recordComplaintStep        | A091 | RECEIVED REFERRED HANDLING RESOLVED | same          | desk          | handlers
  judgeComplaint             | A091 | HANDLING                            | same          | desk          |
  proposeComplaintRemedies   | A093 | HANDLING                            | same          | desk          | handlers
  chooseComplaintRemedy      | A207 | HANDLING                            | same          | desk          |
  decideComplaintRemedy      | A207 | REFERRED HANDLING                   | same          | director      |
  requestComplaintRepair     | A034 | RECEIVED REFERRED HANDLING          | same          | desk          | handlers
  answerComplaint            | A094 | RECEIVED REFERRED HANDLING          | same          | desk          | handlers
  resolveComplaint           | A033 | HANDLING                            | RESOLVED      | desk          | handlers
  tellComplaintResult        | A098 | RESOLVED                            | same          | desk          | handlers
  recordComplaintReturnVisit | A037 | RESOLVED                            | same HANDLING | desk          |
  archiveComplaint           | A037 | RESOLVED                            | ARCHIVED      | desk          |
  reopenComplaint            | A036 | RESOLVED ARCHIVED                   | HANDLING      | desk          | resident
  withdrawComplaint          | A032 | RECEIVED REFERRED HANDLING          | WITHDRAWN     | desk          | resident
`;

const statuses: ComplaintStatus[] = ['RECEIVED', 'REFERRED', 'HANDLING', 'RESOLVED', 'ARCHIVED', 'WITHDRAWN'];

const handlers = ['cashier', 'maintenance', 'guard', 'environment'];
const leaders = ['supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'];
const people: Record<string, string[]> = {
  desk: ['clerk', ...leaders],
  below: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector'],
  leaders,
  director: ['director'],
  stoppers: ['maintenance', 'guard'],
  others: ['cashier', 'environment'],
  handlers,
  clerks: ['clerk', ...handlers],
  resident: ['resident'],
};

type Row = { action: ComplaintAction; rule: string; from: string[]; to: string[]; roles: string[]; own: string[] };

const words = (text = ''): string[] => text.split(' ').filter((word) => word !== '');
const named = (text = ''): string[] => words(text).flatMap((word) => people[word] ?? []);

const rows: Row[] = table
  .trim()
  .split('\n')
  .map((line) => {
    const [action, rule, from, to, roles, own] = line.split('|').map((cell) => cell.trim());
    return {
      action: action as ComplaintAction,
      rule: rule ?? '',
      from: words(from),
      to: words(to),
      roles: named(roles),
      own: named(own),
    };
  });

const needed: Partial<Record<ComplaintAction, Partial<Complaint>>> = {
  stopComplaintHarm: { isHarmOngoing: true },
  tellComplaintResult: { toldAt: null },
  archiveComplaint: { returnVisitOutcome: 'SATISFIED' },
};

/** A complaint that nothing but its status keeps from the action. */
const readyFor = (action: ComplaintAction, status: ComplaintStatus): Complaint =>
  aToldOne({ status, ...needed[action] });

const reaches = (complaint: Complaint, action: ComplaintAction, status: ComplaintStatus): boolean => {
  try {
    return moveTo(complaint, action, status).status === status;
  } catch {
    return false;
  }
};

describe('transitions of a complaint', () => {
  it('has a row for each action', () => {
    expect(rows.map(({ action }) => action).sort()).toEqual(Object.keys(complaintTransitions).sort());
  });

  it.each(rows)('[$rule] $action starts from $from', ({ action, rule, from }) => {
    const allowed = statuses.filter((status) => stateRefusals(readyFor(action, status), action).length === 0);
    expect(allowed).toEqual(statuses.filter((status) => from.includes(status)));
    const illegal = statuses.find((status) => !from.includes(status)) as ComplaintStatus;
    expect(stateRefusals(readyFor(action, illegal), action)).toMatchObject([{ reason: 'ILLEGAL_TRANSITION', rule }]);
  });

  it.each(rows)('[$rule] $action leads to $to', ({ action, from, to }) => {
    const start = from[0] as ComplaintStatus;
    const others = statuses.filter((status) => status !== start);
    const reached = others.filter((status) => reaches(readyFor(action, start), action, status));
    expect(reached).toEqual(others.filter((status) => to.includes(status)));
    expect(reaches(readyFor(action, start), action, start)).toBe(to.includes('same') || to.includes(start));
    if (to.includes('same')) expect(stay(readyFor(action, start), action).status).toBe(start);
  });

  it.each(rows)('[$rule] $action is done by $roles, and on their own by $own', ({ action, roles, own }) => {
    expect([...complaintTransitions[action].roles].toSorted()).toEqual(roles.toSorted());
    expect([...complaintTransitions[action].own].toSorted()).toEqual(own.toSorted());
  });
});

describe('what the state needs besides the status', () => {
  const harmed = { isHarmOngoing: true };
  const handling = (overrides: Partial<Complaint> = {}): Complaint => aSolvable(overrides);
  const cases: [string, string, ComplaintAction, Complaint, string[]][] = [
    [
      'A099',
      'harm is stopped before departments are ordered',
      'routeComplaint',
      handling(harmed),
      ['HARM_NOT_STOPPED'],
    ],
    ['A099', 'before it is judged', 'judgeComplaint', handling(harmed), ['HARM_NOT_STOPPED']],
    ['A099', 'before remedies are drafted', 'proposeComplaintRemedies', handling(harmed), ['HARM_NOT_STOPPED']],
    ['A099', 'before one is chosen', 'chooseComplaintRemedy', handling(harmed), ['HARM_NOT_STOPPED']],
    ['A099', 'before a department reports', 'answerComplaintContactForm', handling(harmed), ['HARM_NOT_STOPPED']],
    ['A099', 'before a result', 'resolveComplaint', handling(harmed), ['HARM_NOT_STOPPED']],
    [
      'A099',
      'before the director decides',
      'decideComplaint',
      handling({ ...harmed, status: 'REFERRED' }),
      ['HARM_NOT_STOPPED'],
    ],
    ['A099', 'but it is put before the director at once', 'referComplaint', handling(harmed), []],
    ['A099', 'and a repair is asked for at once', 'requestComplaintRepair', handling(harmed), []],
    ['A099', 'only ongoing harm is stopped', 'stopComplaintHarm', handling(), ['HARM_NOT_ONGOING']],
    [
      'A099',
      'and only once',
      'stopComplaintHarm',
      handling({ ...harmed, harmStoppedAt: new Date(0) }),
      ['HARM_NOT_ONGOING'],
    ],
    [
      'A092',
      'a supervisor is called once',
      'callComplaintSupervisor',
      handling({ isAgitated: true }),
      ['SUPERVISOR_CALLED'],
    ],
    [
      'A035',
      'a major one is routed by the director alone',
      'routeComplaint',
      handling({ grade: 'MAJOR' }),
      ['DIRECTOR_DECIDES'],
    ],
    [
      'A035',
      'and by the desk once the director has decided',
      'routeComplaint',
      handling({ grade: 'MAJOR', decidedAt: new Date(0) }),
      [],
    ],
    [
      'A094',
      'a major one is answered before its result',
      'resolveComplaint',
      handling({ grade: 'MAJOR', decidedAt: new Date(0) }),
      ['ANSWER_MISSING'],
    ],
    [
      'A098',
      'the resident is contacted first',
      'resolveComplaint',
      handling({ contactedAt: null }),
      ['CONTACT_MISSING'],
    ],
    [
      'A091',
      'somebody is responsible',
      'resolveComplaint',
      handling({ responsibility: null }),
      ['RESPONSIBILITY_MISSING'],
    ],
    ['A091', 'the company apologises', 'resolveComplaint', handling({ doneSteps: [] }), ['STEP_MISSING']],
    ['A036', 'every department has reported', 'resolveComplaint', handling({ openFormCount: 1 }), ['FORM_UNANSWERED']],
    ['A036', 'every repair is done', 'resolveComplaint', handling({ openRepairCount: 1 }), ['REPAIR_OPEN']],
    [
      'A207',
      'the director has decided on every remedy',
      'resolveComplaint',
      handling({ openRemedyCount: 1 }),
      ['REMEDY_UNDECIDED'],
    ],
    ['A098', 'the result is told once', 'tellComplaintResult', aToldOne(), ['RESULT_TOLD_ALREADY']],
    [
      'A098',
      'it is told before the visit',
      'recordComplaintReturnVisit',
      aToldOne({ toldAt: null }),
      ['RESULT_NOT_TOLD'],
    ],
    [
      'A037',
      'the visit is made once',
      'recordComplaintReturnVisit',
      aToldOne({ returnVisitOutcome: 'SATISFIED' }),
      ['RETURN_VISIT_RECORDED'],
    ],
    ['A037', 'nothing is archived unvisited', 'archiveComplaint', aToldOne(), ['RETURN_VISIT_MISSING']],
    ['A037', 'nor untold', 'archiveComplaint', aToldOne({ toldAt: null }), ['RESULT_NOT_TOLD', 'RETURN_VISIT_MISSING']],
  ];

  it.each(cases)('[%s] %s', (rule, _what, action, complaint, expected) => {
    const refusals = stateRefusals(complaint, action);
    expect(refusals.map(({ reason }) => reason)).toEqual(expected);
    if (expected.length > 0) expect(refusals.map((refusal) => refusal.rule)).toContain(rule);
    expect(reasonsOf(() => requireAction(complaint, action))).toEqual(expected);
  });

  it('[A091] [A098] [A036] everything that is missing is named at once', () => {
    const bare = aComplaint({ status: 'HANDLING', openFormCount: 1 });
    const refused = reasonsOf(() => requireAction(bare, 'resolveComplaint'));
    expect(refused).toEqual(['CONTACT_MISSING', 'RESPONSIBILITY_MISSING', 'FORM_UNANSWERED']);
  });

  it('[A032] another agency’s request has nobody to contact, tell or visit', () => {
    const nobody = { householdId: null, contactPhoneSealed: null };
    const agency = aSolvable({ ...nobody, contactedAt: null, doneSteps: [] });
    expect(hasContact(agency)).toBe(false);
    expect(hasContact(aComplaint({ householdId: null }))).toBe(true);
    expect(stateRefusals(agency, 'resolveComplaint')).toEqual([]);
    const resolved = aToldOne({ ...nobody, toldAt: null });
    expect(stateRefusals(resolved, 'archiveComplaint')).toEqual([]);
    for (const action of ['tellComplaintResult', 'recordComplaintReturnVisit'] as const) {
      expect(stateRefusals(resolved, action).map(({ reason }) => reason)).toEqual(['NOBODY_TO_TELL']);
    }
  });
});

describe('the procedure of a class of responsibility', () => {
  const stepsOf = (overrides: Partial<Complaint>): string[] =>
    missingSteps(aComplaint(overrides)).map(({ step, rule }) => `${step} ${rule}`);

  it('[A091] the company apologises', () => {
    expect(stepsOf({ responsibility: 'COMPANY' })).toEqual(['APOLOGY A091']);
  });
  it('[A091] between neighbours it is explained and mediated', () => {
    expect(stepsOf({ responsibility: 'RESIDENT' })).toEqual(['EXPLANATION A091', 'MEDIATION A091']);
    expect(stepsOf({ responsibility: 'RESIDENT', doneSteps: ['EXPLANATION'] })).toEqual(['MEDIATION A091']);
  });
  it('[A091] heads of several departments meet on site', () => {
    expect(stepsOf({ responsibility: 'SEVERAL_DEPARTMENTS' })).toEqual(['SITE_MEETING A091']);
  });
  it('[A100] without ground it is explained all the same', () => {
    expect(stepsOf({ responsibility: 'NONE' })).toEqual(['EXPLANATION A100']);
  });
  it('[A092] an agitated resident is received apart', () => {
    expect(stepsOf({ isAgitated: true })).toEqual(['SEPARATE_RECEPTION A092']);
    expect(stepsOf({ isAgitated: true, doneSteps: ['SEPARATE_RECEPTION'] })).toEqual([]);
  });
});
