import { txScope, type Tx } from '@steward/db';
import { annualBudgetApproved } from '@steward/events';
import { lockAuthorized, publish, saveAggregate } from '@steward/service-kit';

import { annualBudgetAggregate } from '../db/ledger-aggregates.ts';
import { approveBudget } from '../domain/report-rules.ts';
import type { ApproveAnnualBudgetInput } from '../graphql/generated.ts';
import { budgetFact } from './draft-annual-budget.ts';

export async function approveAnnualBudget(tx: Tx, input: ApproveAnnualBudgetInput): Promise<{ id: string }> {
  const budget = await lockAuthorized(tx, annualBudgetAggregate, input);
  const { actor, now } = txScope(tx);
  const approved = approveBudget(budget, actor.id, now);
  const note = { action: 'approveAnnualBudget', rule: 'A015' };
  const saved = await saveAggregate(tx, annualBudgetAggregate, budget, approved, note);
  publish(tx, saved, annualBudgetApproved, budgetFact(saved));
  return { id: saved.id };
}
