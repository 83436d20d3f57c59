import {
  decorationInspectionTransitions,
  decorationTransitions,
  decorationViolationTransitions,
} from './decoration-transition-policy.ts';
import type { DecorationInspectionStatus } from './decoration-inspection.ts';
import type { DecorationViolationStatus } from './decoration-violation.ts';
import type { DecorationStatus } from './decoration.ts';
import { procedureRules } from './procedure.ts';

export const decorationProcedure = procedureRules<DecorationStatus, typeof decorationTransitions>(
  decorationTransitions,
);

export const decorationInspectionProcedure = procedureRules<
  DecorationInspectionStatus,
  typeof decorationInspectionTransitions
>(decorationInspectionTransitions);

export const decorationViolationProcedure = procedureRules<
  DecorationViolationStatus,
  typeof decorationViolationTransitions
>(decorationViolationTransitions);
