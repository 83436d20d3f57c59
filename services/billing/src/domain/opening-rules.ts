import { DomainError, type Violation } from '@steward/core';

import { chargeTypeOf } from './charge-type-policy.ts';
import { stepsOf } from './charges-steps.ts';
import { openingTransitions } from './charges-transition-policy.ts';
import { isDecimal, isMinorUnits } from './exact.ts';
import { depositTypes } from './ledger-policy.ts';
import { isSameReading } from './meter-rules.ts';
import type { OpeningImport, OpeningKind, Reconciled } from './opening.ts';

export const openingSteps = stepsOf<OpeningImport, keyof typeof openingTransitions>(openingTransitions);

type Row = {
  kind: OpeningKind;
  chargeTypeCode: string;
  amount: number;
  periodFrom?: string | null;
  periodTo?: string | null;
  value?: string | null;
};

/** What is wrong with an opening balance by itself. */
export function openingRowViolations(row: Row): Violation[] {
  const violations: Violation[] = [];
  const { kind, chargeTypeCode, amount, periodFrom, periodTo, value } = row;
  if (chargeTypeOf(chargeTypeCode) === undefined) {
    violations.push({ path: 'chargeTypeCode', reason: 'CHARGE_TYPE_UNKNOWN' });
  }
  if (kind === 'DEPOSIT' && !depositTypes.includes(chargeTypeCode)) {
    violations.push({ path: 'chargeTypeCode', reason: 'CHARGE_TYPE_NOT_DEPOSIT' });
  }
  const isSum = kind !== 'METER_BASE';
  if (isSum ? amount <= 0 || !isMinorUnits(amount) : amount !== 0) {
    violations.push({ path: 'amount', reason: 'AMOUNT_UNFIT' });
  }
  if (
    (periodFrom == null) !== (periodTo == null) ||
    (periodFrom != null && periodTo != null && periodTo <= periodFrom)
  ) {
    violations.push({ path: 'periodTo', reason: 'PERIOD_UNFIT' });
  }
  if (kind === 'METER_BASE' && !isDecimal(value ?? '')) violations.push({ path: 'value', reason: 'NOT_A_DECIMAL' });
  return violations;
}

type Sums = { kind: OpeningKind; entered: number; inLedger: number; rowCount: number };

type Totals = Pick<OpeningImport, 'arrearsAmount' | 'prepaidAmount' | 'depositAmount' | 'advanceAmount' | 'meterCount'>;

/** What is wrong with the totals of the old books. */
export const openingTotalViolations = (totals: Totals): Violation[] =>
  Object.entries(totals).flatMap(([name, value]) =>
    value >= 0 && isMinorUnits(value) ? [] : [{ path: `input.${name}`, reason: 'AMOUNT_UNFIT' }],
  );

/** What a row of the old books says; days of arrears, the value of a base. */
export type SaidOpening = Omit<Row, 'kind'> & { kind: OpeningKind; unitId: string; dueOn?: string | null };

/** Whether a row whose key is known says the same as when it was entered. */
export function isSameOpening(known: SaidOpening, sent: SaidOpening): boolean {
  const { kind, unitId, chargeTypeCode, amount, value } = sent;
  if (known.unitId !== unitId || known.chargeTypeCode !== chargeTypeCode || known.amount !== amount) return false;
  if (kind === 'METER_BASE') return isSameReading(known.value ?? '0', value ?? '');
  const days = ['periodFrom', 'periodTo', 'dueOn'] as const;
  return kind !== 'ARREARS' || days.every((day) => (known[day] ?? null) === (sent[day] ?? null));
}

/** The old books against what was entered and what the ledger holds, kind by kind. */
export function reconcile(row: OpeningImport, sums: readonly Sums[]): Reconciled[] {
  const expected: Record<OpeningKind, number> = {
    ARREARS: row.arrearsAmount,
    PREPAID: row.prepaidAmount,
    DEPOSIT: row.depositAmount,
    ADVANCE: row.advanceAmount,
    METER_BASE: row.meterCount,
  };
  return (Object.keys(expected) as OpeningKind[]).map((kind) => {
    const found = sums.find((one) => one.kind === kind) ?? { kind, entered: 0, inLedger: 0, rowCount: 0 };
    return { ...found, expected: expected[kind], difference: expected[kind] - found.inLedger };
  });
}

/** A take-over ends only when everything agrees to the cent. */
export function requireAgreement(reconciled: readonly Reconciled[]): void {
  const violations = reconciled
    .filter(({ difference, entered, inLedger }) => difference !== 0 || entered !== inLedger)
    .map(({ kind, difference }) => ({ path: kind, reason: 'OPENING_DIFFERS', params: { kind, difference } }));
  if (violations.length > 0) throw new DomainError('CONFLICT', 'OPENING_DIFFERS', { violations });
}
