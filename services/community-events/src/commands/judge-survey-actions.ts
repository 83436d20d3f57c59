import { DomainError } from '@steward/core';
import { judgeActions, type JudgedAction } from '@steward/service-kit';

import { requireSurvey, surveyActions } from '../domain/survey-rules.ts';
import type { Survey } from '../domain/survey.ts';
import type { VisitPlan } from '../domain/visit-plan.ts';
import { isSpecial, requireVote, voteActions } from '../domain/vote-rules.ts';
import type { OwnerVote } from '../domain/vote.ts';

/** Every action on an aggregate with the refusal that its state would give, for `availableActions`. */
export const judgeSurveyActions = (survey: Survey): JudgedAction[] =>
  judgeActions(surveyActions, (action) => requireSurvey(survey, action));

export const judgeVoteActions = (vote: OwnerVote): JudgedAction[] =>
  judgeActions(voteActions, (action) => requireVote(vote, action));

export const judgeVisitPlanActions = ({ openVisitCount }: VisitPlan): JudgedAction[] =>
  judgeActions(['recordPlannedVisit'], () => {
    if (openVisitCount === 0) throw new DomainError('CONFLICT', 'VISIT_NOT_OPEN', { rule: 'A101' });
  });

/** Whether three quarters are needed. */
export const isSpecialVote = ({ matter }: OwnerVote): boolean => isSpecial(matter);
