import { DomainError, type Violation } from '@steward/core';

import { authorityMeasures, standardAuthorities } from './authority-policy.ts';
import { positionRanks } from './position-policy.ts';
import type { AuthorityAction, AuthorityGrant, PositionRank } from './position.ts';

/** One row of the matrix as it holds on a day. */
export type Authority = {
  action: AuthorityAction;
  role: string | null;
  delegateId: string | null;
  belowRank: PositionRank | null;
  limitAmount: number | null;
  validTo: string | null;
  source: 'STANDARD' | 'GRANTED' | 'DELEGATED';
  rule: string | null;
};

/** What an act is measured by: the rank of the position it touches, or an amount in minor units. */
export type Measure = { rank?: PositionRank; amount?: number };

const rankOrder = (rank: PositionRank): number => positionRanks.indexOf(rank);

const standardRows = (): Authority[] =>
  standardAuthorities.flatMap(({ action, roles, belowRank, limitAmount, rule }) =>
    roles.map((role) => ({
      action,
      role,
      delegateId: null,
      belowRank,
      limitAmount,
      validTo: null,
      source: 'STANDARD' as const,
      rule,
    })),
  );

/** The matrix from the standard and the grants that hold where and when it is asked for. */
export function matrixOf(grants: readonly AuthorityGrant[]): Authority[] {
  const own = grants.map(({ action, role, delegateId, belowRank, limitAmount, validTo }): Authority => {
    const source = role === null ? 'DELEGATED' : 'GRANTED';
    return { action, role, delegateId, belowRank, limitAmount, validTo, source, rule: null };
  });
  const isReplaced = (row: Authority): boolean =>
    own.some(({ action, role }) => action === row.action && role !== null && role === row.role);
  return [...standardRows().filter((row) => !isReplaced(row)), ...own];
}

export type Holder = { roles: readonly string[]; staffId: string | null };

const isTheirs = ({ role, delegateId }: Authority, { roles, staffId }: Holder): boolean =>
  role === null ? delegateId !== null && delegateId === staffId : roles.includes(role);

/** Rows of the matrix by which somebody may do something at all; delegations only where they are asked for as well. */
export const authoritiesOf = (matrix: readonly Authority[], action: AuthorityAction, holder: Holder): Authority[] =>
  matrix.filter((row) => row.action === action && isTheirs(row, holder));

const isWithin = ({ belowRank, limitAmount }: Authority, { rank, amount }: Measure): boolean =>
  (rank === undefined || belowRank === null || rankOrder(rank) < rankOrder(belowRank)) &&
  (amount === undefined || limitAmount === null || amount <= limitAmount);

/** Refuses what the matrix gives neither the roles of somebody nor anybody who lent them theirs (A002, A330). */
export function requireWithin(
  matrix: readonly Authority[],
  action: AuthorityAction,
  holder: Holder,
  measure: Measure,
): void {
  const held = authoritiesOf(matrix, action, holder);
  if (held.some((row) => isWithin(row, measure))) return;
  const rule = held.find((row) => row.rule !== null)?.rule ?? 'A330';
  const params = { action, rank: measure.rank ?? null, amount: measure.amount ?? null };
  throw new DomainError('FORBIDDEN', 'AUTHORITY_LACKING', { rule, params });
}

const ranked: readonly string[] = authorityMeasures.rank;
const priced: readonly string[] = authorityMeasures.amount;

type Bounds = { action: AuthorityAction; belowRank?: string | null; limitAmount?: number | null };

/** A bound of rank is for what is done to staff, one of an amount for what is done with money. */
export function boundViolations({ action, belowRank, limitAmount }: Bounds): Violation[] {
  const violations: Violation[] = [];
  if (belowRank != null && !ranked.includes(action))
    violations.push({ path: 'input.belowRank', reason: 'AUTHORITY_BOUND_UNFIT', rule: 'A330' });
  if (limitAmount != null && !priced.includes(action))
    violations.push({ path: 'input.limitAmount', reason: 'AUTHORITY_BOUND_UNFIT', rule: 'A330' });
  if (limitAmount != null && !(Number.isSafeInteger(limitAmount) && limitAmount >= 0))
    violations.push({ path: 'input.limitAmount', reason: 'FIGURE_OUT_OF_RANGE' });
  return violations;
}

type Lent = { action: AuthorityAction; belowRank: PositionRank | null; limitAmount: number | null };

/** What is lent lies within what somebody holds by their own role; what was lent to them is not lent on. */
export function requireLendable(matrix: readonly Authority[], { roles }: Holder, lent: Lent): void {
  const held = authoritiesOf(matrix, lent.action, { roles, staffId: null });
  const covers = (row: Authority): boolean =>
    (row.belowRank === null || (lent.belowRank !== null && rankOrder(lent.belowRank) <= rankOrder(row.belowRank))) &&
    (row.limitAmount === null || (lent.limitAmount !== null && lent.limitAmount <= row.limitAmount));
  if (held.some(covers)) return;
  const params = { action: lent.action, rank: lent.belowRank, amount: lent.limitAmount };
  throw new DomainError('FORBIDDEN', 'AUTHORITY_LACKING', { rule: 'A330', params });
}

type Days = { validFrom: string; validTo: string | null };

/** The first day comes before the first day after, and a delegation has an end. */
export function grantDayViolations({ validFrom, validTo }: Days, mostDays: number | null = null): Violation[] {
  if (validTo === null) return [];
  if (validTo <= validFrom) return [{ path: 'input.validTo', reason: 'RANGE_EMPTY' }];
  const days = (Date.parse(validTo) - Date.parse(validFrom)) / 86_400_000;
  if (mostDays === null || days <= mostDays) return [];
  return [{ path: 'input.validTo', reason: 'DELEGATION_TOO_LONG', rule: 'A330', params: { most: mostDays } }];
}
