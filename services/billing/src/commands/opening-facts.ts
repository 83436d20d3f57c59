import type { OpeningImport, OpeningKind } from '../domain/opening.ts';

/** The totals of the old books. */
export const openingFact = (row: OpeningImport) => ({
  openingImportId: row.id,
  arrears: row.arrearsAmount,
  prepaid: row.prepaidAmount,
  deposits: row.depositAmount,
  advances: row.advanceAmount,
  meterCount: row.meterCount,
});

/** What some rows come to. */
export function openingRowsFact(openingImportId: string, rows: readonly { kind: OpeningKind; amount: number }[]) {
  const sum = (kind: OpeningKind): number =>
    rows.filter((row) => row.kind === kind).reduce((total, { amount }) => total + amount, 0);
  const meterCount = rows.filter(({ kind }) => kind === 'METER_BASE').length;
  return {
    openingImportId,
    arrears: sum('ARREARS'),
    prepaid: sum('PREPAID'),
    deposits: sum('DEPOSIT'),
    advances: sum('ADVANCE'),
    meterCount,
  };
}
