import { newId } from '@steward/core';
import type { Tx } from '@steward/db';
import { annualBudgetDrafted } from '@steward/events';
import {
  authorize,
  insertAggregate,
  lockAuthorized,
  lockNaturalKeys,
  managedCommunity,
  nextNumber,
  publish,
  saveAggregate,
} from '@steward/service-kit';

import { annualBudgetAggregate } from '../db/ledger-aggregates.ts';
import { annualBudgetEntity } from '../db/report-entities.ts';
import { numberPrefixes } from '../domain/ledger-policy.ts';
import { budgetTotals, checkBudget, redraftBudget } from '../domain/report-rules.ts';
import type { AnnualBudget } from '../domain/published-accounts.ts';
import type { DraftAnnualBudgetInput } from '../graphql/generated.ts';

/** A budget as its facts tell of it. */
export const budgetFact = ({ id: budgetId, communityId, year, currency, lines }: AnnualBudget) => ({
  budgetId,
  communityId,
  year,
  currency,
  ...budgetTotals(lines),
});

export async function draftAnnualBudget(tx: Tx, input: DraftAnnualBudgetInput): Promise<{ id: string }> {
  const { communityId, year } = input;
  await authorize(tx, { communityId });
  const { timeZone, currency } = await managedCommunity(tx, communityId);
  const lines = input.lines.map(({ accountType, code, amount }) => ({ accountType, code, amount }));
  checkBudget(year, lines);
  await lockNaturalKeys(tx, 'annual-budget');
  const known = await tx.findOneBy(annualBudgetEntity, { communityId, year });
  const note = { action: 'draftAnnualBudget', reasonCode: String(year), rule: 'A015' };
  if (known !== null) {
    const budget = await lockAuthorized(tx, annualBudgetAggregate, {
      id: known.id,
      expectedVersion: input.expectedVersion,
    });
    const saved = await saveAggregate(tx, annualBudgetAggregate, budget, redraftBudget(budget, lines), note);
    publish(tx, saved, annualBudgetDrafted, budgetFact(saved));
    return { id: saved.id };
  }
  const number = await nextNumber(tx, communityId, numberPrefixes.budget, timeZone);
  const draft = { status: 'DRAFT' as const, approvedAt: null, approvedBy: null };
  const fresh = { ...draft, id: newId(), communityId, number, year, currency, lines };
  const budget = await insertAggregate(tx, annualBudgetAggregate, fresh, note);
  publish(tx, budget, annualBudgetDrafted, budgetFact(budget));
  return { id: budget.id };
}
