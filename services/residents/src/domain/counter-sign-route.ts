export type CounterSignKind = 'DECORATION' | 'TEMPORARY_STRUCTURE' | 'MOVE_OUT' | 'MANDATE' | 'OTHER';
export type CounterSignRouteStatus = 'OPEN' | 'RETURNED' | 'COMPLETED' | 'CANCELLED';
export type CounterSignDecision = 'SIGNED' | 'RETURNED';

/** Papers of a procedure on their way round the departments (B010). */
export type CounterSignRoute = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  kind: CounterSignKind;
  status: CounterSignRouteStatus;
  subjectId: string | null;
  titleSealed: string;
  /** In their order, as the policy said when it was opened. */
  departmentCodes: string[];
  /** Whose turn it is: its place in the order. */
  position: number;
  round: number;
  openedById: string | null;
  openedBy: string;
  reasonCode: string | null;
};

/** What a department decided; never changed. */
export type CounterSignStep = {
  id: string;
  tenantId: string;
  routeId: string;
  round: number;
  departmentCode: string;
  decision: CounterSignDecision;
  decidedAt: Date;
  decidedById: string | null;
  reasonSealed: string | null;
};
