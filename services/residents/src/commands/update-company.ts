import { refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { companyUpdated } from '@steward/events';
import { authorize, lockAggregate, publish, saveAggregate } from '@steward/service-kit';

import { companyAggregate } from '../db/aggregates.ts';
import { companyFact } from '../domain/community-facts.ts';
import { withChanges } from '../domain/descriptive.ts';
import { textViolations } from '../domain/text-rules.ts';
import type { UpdateCompanyInput } from '../graphql/generated.ts';

export async function updateCompany(tx: Tx, input: UpdateCompanyInput): Promise<{ id: string }> {
  const { name, number } = input;
  const company = await lockAggregate(tx, companyAggregate, txScope(tx).tenantId, input.expectedVersion);
  await authorize(tx, companyAggregate.subject(company));
  refuseAll(textViolations(name, 'input.name'));
  const changed = withChanges(company, { name: name?.trim(), number: number === null ? '' : number?.trim() });
  const saved = await saveAggregate(tx, companyAggregate, company, changed, { action: 'updateCompany' });
  publish(tx, saved, companyUpdated, companyFact(saved));
  return { id: company.id };
}
