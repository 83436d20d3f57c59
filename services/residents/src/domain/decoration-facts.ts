import { decorationChargeTypes } from './decoration-policy.ts';
import { needsAuthority } from './decoration-rules.ts';
import type { DecorationInspection } from './decoration-inspection.ts';
import type { DecorationViolation } from './decoration-violation.ts';
import type { Decoration, DecorationTerms } from './decoration.ts';

/** What the events of decorations tell: ids, codes and figures, never a name or a word of anybody. */

export const decorationIdFact = ({ id }: Decoration) => ({ decorationId: id });

export const decorationAppliedFact = (decoration: Decoration) => ({
  decorationId: decoration.id,
  number: decoration.number,
  kind: decoration.kind,
  householdId: decoration.householdId,
  unitId: decoration.unitId,
  contractorId: decoration.contractorId,
  applicantKind: decoration.applicantKind,
  isStructureChanged: decoration.isStructureChanged,
  isLoadIncreased: decoration.isLoadIncreased,
  plannedFrom: decoration.plannedFrom,
  plannedTo: decoration.plannedTo,
});

export const decorationPermitFact = (decoration: Decoration) => ({
  decorationId: decoration.id,
  householdId: decoration.householdId,
  unitId: decoration.unitId,
  contractorId: decoration.contractorId,
  permitNumber: decoration.permitNumber ?? '',
  validFrom: decoration.permitFrom ?? '',
  validTo: decoration.permitTo ?? '',
  isAuthorityNeeded: needsAuthority(decoration),
});

export type DecorationSum = keyof typeof decorationChargeTypes;

export const decorationSumFact = (decoration: Decoration, sum: DecorationSum) => ({
  decorationId: decoration.id,
  unitId: decoration.unitId,
  householdId: decoration.householdId,
  chargeTypeCode: decorationChargeTypes[sum],
  fee: { amount: decoration[`${sum}Amount`], currency: decoration.currency },
  rule: sum === 'deposit' ? 'A225' : 'A087',
});

export const decorationTermsFact = (terms: DecorationTerms) => ({
  termsId: terms.id,
  edition: terms.edition,
  workFrom: terms.workFrom,
  workTo: terms.workTo,
  isAllowedAtWeekend: terms.isAllowedAtWeekend,
});

export const inspectionFact = (inspection: DecorationInspection) => ({
  inspectionId: inspection.id,
  decorationId: inspection.decorationId,
  householdId: inspection.householdId,
  origin: inspection.origin,
  inspectedOn: inspection.inspectedOn,
});

export const violationFact = (violation: DecorationViolation) => ({
  violationId: violation.id,
  decorationId: violation.decorationId,
  householdId: violation.householdId,
  kind: violation.kind,
  isStopOrder: violation.isStopOrder,
});
