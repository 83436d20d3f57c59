import { describe, expect, it } from '@jest/globals';

import {
  accept,
  giveOpinion,
  isFeeDue,
  isRating,
  passWaterTest,
  reopen,
  requireVisit,
  visit,
  type Acceptance,
} from './after-work-rules.ts';
import { aWorkOrder } from './a-work-order.ts';
import { authorityFigures, hasAuthority } from './quote-policy.ts';
import { afterWorkFigures, type AfterWorkValues } from './work-order-policy.ts';

const afterWork = Object.fromEntries(
  Object.entries(afterWorkFigures).map(([key, { value }]) => [key, value]),
) as unknown as AfterWorkValues;
const at = new Date('2026-03-03T05:00:00Z');
const hours = (amount: number): Date => new Date(at.getTime() + amount * 3_600_000);
const completed = aWorkOrder({ status: 'COMPLETED', assigneeId: 's', completedAt: new Date('2026-03-03T04:00:00Z') });
const signed: Acceptance = {
  at,
  isSigned: true,
  naming: { signerId: 'member' },
  sender: { staffId: 's' },
  signerIsMember: true,
  mayAcceptForProperty: false,
  actorId: 's',
};

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
  'committee',
  'resident',
];

describe('acceptance', () => {
  it('[A110] is signed by the household', () => {
    expect(accept(completed, signed)).toMatchObject({ status: 'ACCEPTED', acceptedAt: at, closedAt: null });
    expect(() => accept(completed, { ...signed, isSigned: false })).toThrow('SIGNATURE_REQUIRED');
    expect(() => accept(completed, { ...signed, signerIsMember: false })).toThrow('SIGNER_NOT_OF_HOUSEHOLD');
  });

  it('[A110] closes what was visited before', () => {
    const visited = { ...completed, returnVisitOutcome: 'SATISFIED' as const, returnVisitedAt: at };
    expect(accept(visited, signed)).toMatchObject({ status: 'CLOSED', closedAt: at });
  });

  it('[A110] of a common area is by the desk, and not by whoever did the work', () => {
    const common = { ...completed, householdId: null };
    const property = { ...signed, naming: {}, isSigned: false, mayAcceptForProperty: true, actorId: 'clerk' };
    expect(accept(common, property).status).toBe('ACCEPTED');
    expect(() => accept(common, { ...property, naming: { signerName: '李四' } })).toThrow('SIGNER_NOT_ALLOWED');
    expect(() => accept(common, { ...property, actorId: 's' })).toThrow('OWN_WORK');
    expect(() => accept(common, { ...property, mayAcceptForProperty: false })).toThrow('OWN_WORK');
    const may = everyRole.filter((role) => hasAuthority([role], authorityFigures.propertyAcceptanceRoles.value));
    expect(may).toEqual(['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk']);
  });

  it('[A110] asks for the fee once, and only for what is paid', () => {
    const paid = { ...completed, isPaid: true, agreedQuoteId: 'q', agreedFeeAmount: 8_000 };
    expect(accept(paid, signed).chargeState).toBe('REQUESTED');
    expect([
      isFeeDue(paid),
      isFeeDue({ ...paid, chargeState: 'RAISED' }),
      isFeeDue({ ...paid, agreedFeeAmount: 0 }),
    ]).toEqual([true, false, false]);
    expect(accept(completed, signed).chargeState).toBe('NONE');
  });
});

describe('return visits', () => {
  const accepted = { ...completed, status: 'ACCEPTED' as const, acceptedAt: at };
  const unreachable = { outcome: 'UNREACHABLE' as const, at };

  it('[A069] closes an accepted order, and leaves one that is not', () => {
    const satisfied = { outcome: 'SATISFIED' as const, rating: 5, at };
    expect(visit(accepted, satisfied, afterWork)).toMatchObject({ status: 'CLOSED', closedAt: at, opinionRating: 5 });
    expect(visit(completed, satisfied, afterWork)).toMatchObject({
      status: 'COMPLETED',
      closedAt: null,
      returnVisitedAt: at,
    });
  });

  it.each([
    [0, 'ACCEPTED', null],
    [1, 'ACCEPTED', null],
    [2, 'CLOSED', 'UNREACHABLE'],
  ])(
    '[A069] an attempt after %s others that meets nobody leads to %s',
    (returnVisitAttempts, status, returnVisitOutcome) => {
      const after = visit({ ...accepted, returnVisitAttempts }, unreachable, afterWork);
      expect(after).toMatchObject({ status, returnVisitOutcome, returnVisitAttempts: returnVisitAttempts + 1 });
    },
  );

  it('[A069] attempts are four hours apart to count', () => {
    const made = { ...unreachable, at: hours(4) };
    expect(() => requireVisit(accepted, made, { lastAttemptAt: at, afterWork })).not.toThrow();
    const early = { ...made, at: new Date(hours(4).getTime() - 1) };
    expect(() => requireVisit(accepted, early, { lastAttemptAt: at, afterWork })).toThrow('RETURN_VISIT_TOO_SOON');
    expect(() => requireVisit(accepted, early, { lastAttemptAt: null, afterWork })).not.toThrow();
  });

  it('[A008] ratings are whole numbers from 1 to 5', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 2.5].filter(isRating)).toEqual([1, 2, 3, 4, 5]);
    expect(() => giveOpinion(completed, 0, null)).toThrow('RATING_OUT_OF_RANGE');
    expect(giveOpinion(completed, 4, 'sealed')).toMatchObject({ opinionRating: 4, opinionSealed: 'sealed' });
  });
});

describe('work that is done again', () => {
  it('[A073] is with the same hands, everything after the work undone', () => {
    const visited = { ...completed, acceptedAt: at, waterTestedAt: at, returnVisitAttempts: 2, appointmentAt: at };
    expect(reopen(visited, 'recordWorkOrderReturnVisit', true)).toMatchObject({
      status: 'ASSIGNED',
      assigneeId: 's',
      reworkCount: 1,
      completedAt: null,
      acceptedAt: null,
      waterTestedAt: null,
      returnVisitAttempts: 0,
      appointmentAt: null,
    });
  });

  it('[A073] is dispatched anew where those hands have left', () => {
    const again = reopen(completed, 'refuseWorkOrderAcceptance', false);
    expect(again).toMatchObject({ status: 'RECEIVED', assigneeId: null });
  });

  it('[A071] is not needed where the water test held', () => {
    const leak = { ...completed, returnVisitKind: 'LEAK' as const };
    expect(passWaterTest(leak, at)).toMatchObject({ status: 'COMPLETED', waterTestedAt: at });
  });
});
