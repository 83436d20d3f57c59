import { DomainError, refuseAll, type Violation } from '@steward/core';

import { ratingScale, type SurveyValues } from './survey-policy.ts';
import type { Survey, SurveyAnswer, SurveyQuestion, SurveyQuestionResult, SurveyStatus } from './survey.ts';

const surveySteps = {
  issueSurvey: ['DRAFT'],
  closeSurvey: ['ISSUED'],
  reportSurvey: ['CLOSED'],
  acknowledgeSurveyReport: ['REPORTED'],
} as const satisfies Record<string, readonly SurveyStatus[]>;

export type SurveyAction = keyof typeof surveySteps;
export const surveyActions = Object.keys(surveySteps) as SurveyAction[];

export const ruleOf = ({ kind }: Pick<Survey, 'kind'>): 'A101' | 'A210' => (kind === 'OPINION' ? 'A101' : 'A210');

export function requireSurvey(survey: Survey, action: SurveyAction): void {
  const from: readonly SurveyStatus[] = surveySteps[action];
  if (from.includes(survey.status) && !(action === 'acknowledgeSurveyReport' && survey.acknowledgedAt !== null)) return;
  const params = { action, status: survey.status };
  throw new DomainError('CONFLICT', 'ILLEGAL_TRANSITION', { rule: ruleOf(survey), params });
}

type Draft = { title: string; questions: readonly Omit<SurveyQuestion, 'number'>[] };

export function surveyViolations({ title, questions }: Draft, rule: string): Violation[] {
  const violations: Violation[] = [];
  if (title.trim() === '') violations.push({ path: 'input.title', reason: 'TEXT_REQUIRED', rule });
  if (questions.length === 0) violations.push({ path: 'input.questions', reason: 'QUESTION_REQUIRED', rule });
  questions.forEach(({ kind, text, choices }, index) => {
    const path = `input.questions.${index}`;
    if (text.trim() === '') violations.push({ path: `${path}.text`, reason: 'TEXT_REQUIRED', rule });
    const fits =
      kind === 'CHOICE' ? new Set(choices).size >= 2 && new Set(choices).size === choices.length : choices.length === 0;
    if (!fits) violations.push({ path: `${path}.choices`, reason: 'CHOICES_UNFIT', rule });
  });
  return violations;
}

const fitting: Record<SurveyQuestion['kind'], (answer: SurveyAnswer, question: SurveyQuestion) => boolean> = {
  RATING: ({ rating }) => rating !== null && rating >= 1 && rating <= ratingScale,
  CHOICE: ({ choice }, { choices }) => choice !== null && choice >= 1 && choice <= choices.length,
  TEXT: ({ text }) => text !== null && text.trim() !== '',
};

/** Every question that is no free text is answered, each once, in its own way. */
export function answerViolations(survey: Survey, answers: readonly SurveyAnswer[]): Violation[] {
  const rule = ruleOf(survey);
  const byNumber = new Map(survey.questions.map((question) => [question.number, question]));
  const said = answers.map(({ questionNumber }) => questionNumber);
  const wrong = answers.flatMap((answer, index) => {
    const question = byNumber.get(answer.questionNumber);
    const isRepeated = said.indexOf(answer.questionNumber) < index;
    if (question === undefined || isRepeated) {
      return [{ path: `input.answers.${index}.questionNumber`, reason: 'QUESTION_UNKNOWN', rule }];
    }
    return fitting[question.kind](answer, question)
      ? []
      : [{ path: `input.answers.${index}`, reason: 'ANSWER_UNFIT', rule }];
  });
  const open = survey.questions
    .filter(({ kind, number }) => kind !== 'TEXT' && !said.includes(number))
    .map(({ number }) => ({ path: 'input.answers', reason: 'ANSWER_MISSING', rule, params: { number } }));
  return [...wrong, ...open];
}

export function requireAnswerable(survey: Survey, now: Date): void {
  if (survey.status === 'ISSUED' && survey.dueAt !== null && now <= survey.dueAt) return;
  throw new DomainError('CONFLICT', 'SURVEY_CLOSED', { rule: ruleOf(survey), params: { status: survey.status } });
}

/** Figures of every question, from how often each value was given (A101, A210). */
export function resultsOf(
  questions: readonly SurveyQuestion[],
  counts: ReadonlyMap<number, ReadonlyMap<number, number>>,
  texts: ReadonlyMap<number, number>,
): SurveyQuestionResult[] {
  return questions.map(({ number, kind, choices }) => {
    const given = counts.get(number) ?? new Map<number, number>();
    const values = kind === 'RATING' ? ratingScale : choices.length;
    const each = Array.from({ length: values }, (_none, index) => given.get(index + 1) ?? 0);
    const answerCount = kind === 'TEXT' ? (texts.get(number) ?? 0) : each.reduce((sum, count) => sum + count, 0);
    const sum = each.reduce((total, count, index) => total + count * (index + 1), 0);
    const meanRating = kind === 'RATING' && answerCount > 0 ? hundredths(sum, answerCount) : null;
    return { number, answerCount, meanRating, counts: each };
  });
}

/** A quotient with two places, half up, without a fraction in between. */
function hundredths(sum: number, count: number): string {
  const scaled = Math.floor((sum * 200 + count) / (2 * count));
  return `${Math.floor(scaled / 100)}.${String(scaled % 100).padStart(2, '0')}`;
}

export function requireReport(survey: Survey, words: { analysis: string; improvements: string }): void {
  requireSurvey(survey, 'reportSurvey');
  const rule = ruleOf(survey);
  refuseAll(
    (['analysis', 'improvements'] as const)
      .filter((name) => words[name].trim() === '')
      .map((name) => ({ path: `input.${name}`, reason: 'TEXT_REQUIRED', rule })),
  );
}

type Told = { role: 'supervisor' | 'director'; departmentCode?: string };
const supervisor: Told = { role: 'supervisor', departmentCode: 'CUSTOMER_SERVICE' };

/** The analysis is before the director in time (A101, A210). */
export const reportClock = (survey: Survey, figures: SurveyValues) => ({
  kind: 'SURVEY_REPORT',
  rule: ruleOf(survey),
  span: { amount: figures.reportDays, unit: 'day' as const },
  warnShare: figures.surveyWarnShare,
  warnTo: supervisor,
  escalations: [
    { afterShare: 1, to: supervisor },
    { afterShare: figures.surveyDirectorShare, to: { role: 'director' } as Told },
  ],
});
