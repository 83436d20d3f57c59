import { refuseAll } from '@steward/core';
import { judgeActions, type JudgedAction } from '@steward/service-kit';

import type { DecorationInspection } from '../domain/decoration-inspection.ts';
import {
  agreementViolations,
  closingViolations,
  permitViolations,
  planViolations,
} from '../domain/decoration-rules.ts';
import type { DecorationAction } from '../domain/decoration-transition-policy.ts';
import {
  decorationInspectionProcedure,
  decorationProcedure,
  decorationViolationProcedure,
} from '../domain/decoration-transition-rules.ts';
import type { DecorationViolation } from '../domain/decoration-violation.ts';
import type { Decoration, DecorationPapers } from '../domain/decoration.ts';

type Rule = (decoration: Decoration, papers: DecorationPapers) => void;

/** The very rules of the commands, for what does not depend on what is typed in. */
const rules: Partial<Record<DecorationAction, Rule>> = {
  signDecorationAgreement: (_decoration, papers) => refuseAll(agreementViolations(papers)),
  submitDecorationPlan: (decoration, papers) => refuseAll(planViolations(decoration, papers)),
  issueDecorationPermit: (decoration, papers) => refuseAll(permitViolations(decoration, papers)),
  closeDecoration: (decoration, papers) => refuseAll(closingViolations(decoration, papers)),
};

/** A check that nobody has asked for, or asked for twice. */
function completionRefusal(decoration: Decoration, action: DecorationAction) {
  const isAsked = decoration.completionRequestedAt !== null;
  if (action === 'requestDecorationCompletionCheck' && isAsked) return { reason: 'COMPLETION_REQUESTED', rule: 'A250' };
  if (action === 'recordDecorationCompletionCheck' && !isAsked)
    return { reason: 'COMPLETION_NOT_REQUESTED', rule: 'A225' };
  return null;
}

export const judgeDecorationActions = (decoration: Decoration, papers: DecorationPapers): JudgedAction[] =>
  judgeActions(decorationProcedure.actions, (action) => {
    const refusal = decorationProcedure.refusal(decoration, action) ?? completionRefusal(decoration, action);
    if (refusal === null) rules[action]?.(decoration, papers);
    return refusal;
  });

export const judgeInspectionActions = (inspection: DecorationInspection): JudgedAction[] =>
  judgeActions(decorationInspectionProcedure.actions, (action) =>
    decorationInspectionProcedure.refusal(inspection, action),
  );

export const judgeViolationActions = (violation: DecorationViolation): JudgedAction[] =>
  judgeActions(decorationViolationProcedure.actions, (action) =>
    decorationViolationProcedure.refusal(violation, action),
  );

export const termsActions = judgeActions(['publishDecorationTerms']);
