/** Opinion forms and surveys of satisfaction (A101, A210). */
export const surveyFigures = {
  /** The last day of the year on which the opinion form is issued without a reminder. */
  opinionReminderMonth: { value: 11, unit: 'month', rule: 'A101', least: 1, most: 12 },
  /** No figure in the standard: forms are recovered within a month. */
  recoveryDays: { value: 30, unit: 'day', rule: 'A101', least: 1 },
  /** No figure in the standard: the analysis is before the director two weeks after the end. */
  reportDays: { value: 14, unit: 'day', rule: 'A101', least: 1 },
  /** No figure in the standard: merchants are asked every half year. */
  satisfactionMonths: { value: 6, unit: 'month', rule: 'A210', least: 1 },
  surveyWarnShare: { value: 0.8, unit: 'share of the time', rule: 'A101' },
  surveyDirectorShare: { value: 2, unit: 'share of the time', rule: 'A101' },
} as const;

export const surveyPolicy = { name: 'surveys', figures: surveyFigures };

export type SurveyValues = Record<keyof typeof surveyFigures, number>;

/** Ratings go from 1 to 5. */
export const ratingScale = 5;

/** Of surveys (问卷), votes (表决) and plans of visits (走访). */
export const surveyPrefixes = { survey: 'WJ', vote: 'BJ', visits: 'ZF' } as const;
