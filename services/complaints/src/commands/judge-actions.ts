import { judgeActions, requireApprover, type AuthorityHeld, type JudgedAction } from '@steward/service-kit';

import { remedyAct } from '../domain/complaint-policy.ts';
import type { ComplaintReport } from '../domain/complaint-report.ts';
import type { Complaint } from '../domain/complaint.ts';
import { planRefusal } from '../domain/recurrence-rules.ts';
import type { RecurringProblem } from '../domain/recurring-problem.ts';
import { reviewRefusal } from '../domain/report-rules.ts';
import { complaintActions, missingSteps, requireAction } from '../domain/transition-rules.ts';

/** Every action on an aggregate with the refusal that its state would give, for `availableActions`. */
export const judgeComplaintActions = (complaint: Complaint): JudgedAction[] =>
  judgeActions(complaintActions, (action) => requireAction(complaint, action));

export const judgeProblemActions = (problem: RecurringProblem): JudgedAction[] =>
  judgeActions(['planRecurringProblemPrevention'], () => planRefusal(problem));

export const judgeReportActions = (report: ComplaintReport): JudgedAction[] =>
  judgeActions(['reviewComplaintReport'], () => reviewRefusal(report));

/** Steps that a complaint still lacks. */
export const stepsMissing = (complaint: Complaint) => missingSteps(complaint).map(({ step }) => step);

/** Of which remedy is not said here: any amount that the caller's grants reach will do. */
export const remedyActs = {
  chooseComplaintRemedy: remedyAct,
  decideComplaintRemedy: {
    ...remedyAct,
    measure: (held: AuthorityHeld): void =>
      requireApprover({ role: 'director', rule: remedyAct.rule }, { held, amount: 0 }),
  },
};
