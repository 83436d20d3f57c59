import type { Tx } from '@steward/db';
import { resolvePolicy } from '@steward/service-kit';

import { surveyPolicy, type SurveyValues } from '../domain/survey-policy.ts';

/** The figures of surveys as they hold in a community. */
export const surveyValues = (tx: Tx, communityId: string): Promise<SurveyValues> =>
  resolvePolicy(tx, surveyPolicy, communityId);
