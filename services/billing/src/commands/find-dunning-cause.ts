import type { Tx } from '@steward/db';
import { dunningCaseCauseFound } from '@steward/events';
import { meetDeadline, saveAndTell } from '@steward/service-kit';

import { dunningCaseAggregate } from '../db/counter-aggregates.ts';
import { checkMeasure } from '../domain/dunning-rules.ts';
import type { FindDunningCauseInput } from '../graphql/generated.ts';
import { lockForAction } from './lock-counter.ts';

/** Why somebody does not pay, and which measure answers it (A078). */
export async function findDunningCause(tx: Tx, input: FindDunningCauseInput): Promise<{ id: string }> {
  const found = await lockForAction(tx, dunningCaseAggregate, 'findDunningCause', input);
  const { cause, measure } = input;
  checkMeasure(cause, measure);
  const { id: dunningCaseId, billingAccountId } = found;
  const note = { action: 'findDunningCause', reasonCode: cause, rule: 'A078' };
  const fact = { dunningCaseId, billingAccountId, causeCode: cause, measureCode: measure };
  const step = { before: found, after: { ...found, cause, measure }, note };
  const saved = await saveAndTell(tx, dunningCaseAggregate, step, [dunningCaseCauseFound, () => fact]);
  await meetDeadline(tx, saved, 'DUNNING_CAUSE');
  return { id: saved.id };
}
