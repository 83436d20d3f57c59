import { describe, expect, it } from '@jest/globals';

import { standardAuthorities } from './authority-policy.ts';
import {
  boundViolations,
  grantDayViolations,
  matrixOf,
  requireLendable,
  requireWithin,
  type Holder,
} from './authority-rules.ts';
import { positionFigures, positionRanks } from './position-policy.ts';
import type { AuthorityAction, AuthorityGrant, PositionRank } from './position.ts';

const everyRole = [
  'director',
  'deputyDirector',
  'administrativeSupervisor',
  'supervisor',
  'clerk',
  'cashier',
  'maintenance',
  'guard',
  'environment',
  'trainer',
  'analyst',
  'operator',
];

const as = (role: string): Holder => ({ roles: [role], staffId: `${role}-1` });

const may = (role: string, action: AuthorityAction, measure: { rank?: PositionRank; amount?: number }): boolean => {
  try {
    requireWithin(matrixOf([]), action, as(role), measure);
    return true;
  } catch {
    return false;
  }
};

// rule | action | role | the highest rank it reaches
const reach = `
  A002 | HIRE_STAFF    | supervisor               | SHIFT_LEADER
  A002 | HIRE_STAFF    | administrativeSupervisor | DEPUTY_SUPERVISOR
  A002 | HIRE_STAFF    | deputyDirector           | DEPUTY_SUPERVISOR
  A330 | HIRE_STAFF    | director                 | SUPERVISOR
  A002 | DISMISS_STAFF | administrativeSupervisor | DEPUTY_SUPERVISOR
  A002 | DISMISS_STAFF | deputyDirector           | DEPUTY_SUPERVISOR
  A330 | DISMISS_STAFF | director                 | SUPERVISOR
  A002 | TRAIN_STAFF   | supervisor               | SHIFT_LEADER
  A002 | TRAIN_STAFF   | trainer                  | SHIFT_LEADER
  A002 | TRAIN_STAFF   | administrativeSupervisor | DEPUTY_SUPERVISOR
  A002 | TRAIN_STAFF   | deputyDirector           | DEPUTY_SUPERVISOR
  A330 | TRAIN_STAFF   | director                 | GENERAL_MANAGER
`;

const rows = reach
  .trim()
  .split('\n')
  .map((line) => {
    const [rule = '', action = '', role = '', highest = ''] = line.split('|').map((cell) => cell.trim());
    return { rule, action: action as AuthorityAction, role, highest: highest as PositionRank };
  });

describe('the standard matrix', () => {
  it.each(rows)('[$rule] $action by $role reaches $highest', ({ action, role, highest }) => {
    const reached = positionRanks.filter((rank) => may(role, action, { rank }));
    expect(reached).toEqual(positionRanks.slice(0, positionRanks.indexOf(highest) + 1));
  });

  it.each([...new Set(rows.map(({ action }) => action))])('[A002] [A330] %s is for nobody else', (action) => {
    const holders = rows.filter((row) => row.action === action).map(({ role }) => role);
    expect(everyRole.filter((role) => may(role, action, { rank: 'STAFF' })).toSorted()).toEqual(holders.toSorted());
  });

  it('[A002] [A330] says of each row who holds it', () => {
    const held = standardAuthorities.map(({ action, roles, rule }) => `${rule} ${action} ${roles.join(' ')}`);
    expect(held).toEqual([
      'A002 HIRE_STAFF supervisor',
      'A002 HIRE_STAFF administrativeSupervisor deputyDirector',
      'A002 DISMISS_STAFF administrativeSupervisor deputyDirector',
      'A002 TRAIN_STAFF supervisor trainer',
      'A002 TRAIN_STAFF administrativeSupervisor deputyDirector',
      'A330 HIRE_STAFF director',
      'A330 DISMISS_STAFF director',
      'A330 TRAIN_STAFF director',
      'A330 APPROVE_PAYMENT director',
      'A330 APPROVE_CLAIM director',
      'A330 APPROVE_CLAIM administrativeSupervisor deputyDirector',
      'A330 REFUND_PAYMENT director',
      'A330 WAIVE_CHARGE director',
      'A330 APPROVE_ACTIVITY director',
      'A330 PUBLISH_ANNOUNCEMENT director',
    ]);
  });

  it('[A330] money is approved by the head, claims up to 1,000 yuan by the administration', () => {
    const approvers = (action: AuthorityAction, amount: number) =>
      everyRole.filter((role) => may(role, action, { amount }));
    expect(approvers('APPROVE_PAYMENT', 1)).toEqual(['director']);
    expect(approvers('APPROVE_CLAIM', 100_000)).toEqual(['director', 'deputyDirector', 'administrativeSupervisor']);
    expect(approvers('APPROVE_CLAIM', 100_001)).toEqual(['director']);
    expect(approvers('APPROVE_CLAIM', 9_000_000_000)).toEqual(['director']);
  });

  it.each(['REFUND_PAYMENT', 'WAIVE_CHARGE', 'APPROVE_ACTIVITY', 'PUBLISH_ANNOUNCEMENT'] as const)(
    '[A330] the head has %s of the owning service, and may lend it',
    (action) => {
      expect(everyRole.filter((role) => may(role, action, { amount: 9_000_000_000 }))).toEqual(['director']);
      const lend = (role: string) => () =>
        requireLendable(matrixOf([]), as(role), { action, belowRank: null, limitAmount: null });
      expect(lend('director')).not.toThrow();
      expect(lend('deputyDirector')).toThrow('AUTHORITY_LACKING');
    },
  );
});

const grant = (overrides: Partial<AuthorityGrant>): AuthorityGrant => ({
  id: 'g',
  tenantId: 't',
  communityId: null,
  number: 'SQ-1',
  version: 1,
  createdAt: new Date(0),
  action: 'HIRE_STAFF',
  role: 'director',
  delegateId: null,
  delegatorId: null,
  scopeId: null,
  belowRank: 'SHIFT_LEADER',
  limitAmount: null,
  currency: null,
  validFrom: '2026-01-01',
  validTo: null,
  status: 'ACTIVE',
  ...overrides,
});

describe('grants and delegations', () => {
  it('[A330] a grant takes the place of the standard for its role and action alone', () => {
    const matrix = matrixOf([grant({})]);
    const refused = (action: AuthorityAction, role: string, rank: PositionRank) => () =>
      requireWithin(matrix, action, as(role), { rank });
    expect(refused('HIRE_STAFF', 'director', 'STAFF')).not.toThrow();
    expect(refused('HIRE_STAFF', 'director', 'SHIFT_LEADER')).toThrow('AUTHORITY_LACKING');
    expect(refused('DISMISS_STAFF', 'director', 'SUPERVISOR')).not.toThrow();
    expect(refused('HIRE_STAFF', 'supervisor', 'SHIFT_LEADER')).not.toThrow();
  });

  it('[A330] a delegation is for its delegate alone, and leaves the standard as it is', () => {
    const matrix = matrixOf([grant({ role: null, delegateId: 'clerk-1', delegatorId: 'director-1' })]);
    const hire = (role: string, rank: PositionRank) => () => requireWithin(matrix, 'HIRE_STAFF', as(role), { rank });
    expect(hire('clerk', 'STAFF')).not.toThrow();
    expect(hire('clerk', 'SHIFT_LEADER')).toThrow('AUTHORITY_LACKING');
    expect(hire('guard', 'STAFF')).toThrow('AUTHORITY_LACKING');
    expect(hire('director', 'SUPERVISOR')).not.toThrow();
  });

  it('[A330] nobody lends more than they have by their own role', () => {
    const lend = (role: string, belowRank: PositionRank | null) => () =>
      requireLendable(matrixOf([]), as(role), { action: 'HIRE_STAFF', belowRank, limitAmount: null });
    expect(lend('director', 'DEPARTMENT_MANAGER')).not.toThrow();
    expect(lend('director', 'DEPUTY_DIRECTOR')).toThrow('AUTHORITY_LACKING');
    expect(lend('director', null)).toThrow('AUTHORITY_LACKING');
    const claim = (limitAmount: number | null) => () =>
      requireLendable(matrixOf([]), as('deputyDirector'), { action: 'APPROVE_CLAIM', belowRank: null, limitAmount });
    expect(claim(100_000)).not.toThrow();
    expect(claim(100_001)).toThrow('AUTHORITY_LACKING');
    expect(claim(null)).toThrow('AUTHORITY_LACKING');
    const lent = matrixOf([grant({ role: null, delegateId: 'clerk-1', delegatorId: 'director-1' })]);
    const on = { action: 'HIRE_STAFF', belowRank: 'SHIFT_LEADER', limitAmount: null } as const;
    expect(() => requireLendable(lent, as('clerk'), on)).toThrow('AUTHORITY_LACKING');
  });

  it('[A330] a delegation has 90 days at most', () => {
    const most = positionFigures.delegationDays.value;
    const days = (validTo: string) => grantDayViolations({ validFrom: '2026-01-01', validTo }, most);
    expect(days('2026-04-01')).toEqual([]);
    expect(days('2026-04-02')).toMatchObject([{ reason: 'DELEGATION_TOO_LONG', params: { most: 90 } }]);
    expect(days('2026-01-01')).toMatchObject([{ reason: 'RANGE_EMPTY' }]);
  });

  it('bounds fit what is bounded', () => {
    const reasons = (bounds: Parameters<typeof boundViolations>[0]) =>
      boundViolations(bounds).map(({ path, reason }) => `${path} ${reason}`);
    expect(reasons({ action: 'HIRE_STAFF', belowRank: 'STAFF' })).toEqual([]);
    expect(reasons({ action: 'HIRE_STAFF', limitAmount: 1 })).toEqual(['input.limitAmount AUTHORITY_BOUND_UNFIT']);
    expect(reasons({ action: 'APPROVE_ACTIVITY', limitAmount: 0 })).toEqual([]);
    expect(reasons({ action: 'PUBLISH_ANNOUNCEMENT', limitAmount: 1 })).toEqual([
      'input.limitAmount AUTHORITY_BOUND_UNFIT',
    ]);
    expect(reasons({ action: 'WAIVE_CHARGE', belowRank: 'STAFF', limitAmount: -1 })).toEqual([
      'input.belowRank AUTHORITY_BOUND_UNFIT',
      'input.limitAmount FIGURE_OUT_OF_RANGE',
    ]);
  });
});
