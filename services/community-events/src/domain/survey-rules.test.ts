import { expect, it } from '@jest/globals';
import { defaultsOf } from '@steward/test-kit/pure-rules';

import { surveyFigures } from './survey-policy.ts';
import { reportClock } from './survey-rules.ts';
import type { Survey } from './survey.ts';

const figures = defaultsOf(surveyFigures);

it.each([
  ['A101', 'OPINION'],
  ['A210', 'SATISFACTION'],
] as const)('[%s] the analysis of a survey (%s) is before the director within two weeks', (rule, kind) => {
  const clock = reportClock({ kind } as Survey, figures);
  expect(clock).toMatchObject({ rule, span: { amount: 14, unit: 'day' }, warnShare: 0.8 });
  expect(clock.escalations.map(({ afterShare, to }) => [afterShare, to.role])).toEqual([
    [1, 'supervisor'],
    [2, 'director'],
  ]);
});
