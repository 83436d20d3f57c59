export type OpeningKind = 'ARREARS' | 'PREPAID' | 'DEPOSIT' | 'ADVANCE' | 'METER_BASE';

/** What was owed and held when the platform came, with the totals that the old books have. */
export type OpeningImport = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  status: 'OPEN' | 'CLOSED';
  openedOn: string;
  currency: string;
  arrearsAmount: number;
  prepaidAmount: number;
  depositAmount: number;
  advanceAmount: number;
  meterCount: number;
  closedAt: Date | null;
};

/** One line of the reconciliation: what the old books say, what was entered, and what the ledger holds. */
export type Reconciled = {
  kind: OpeningKind;
  expected: number;
  entered: number;
  inLedger: number;
  difference: number;
  rowCount: number;
};
