import { refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { companyUpdated } from '@steward/events';
import { lockAuthorized, publish, saveAggregate } from '@steward/service-kit';

import { companyAggregate } from '../db/aggregates.ts';
import { companyFact } from '../domain/community-facts.ts';
import { withChanges } from '../domain/descriptive.ts';
import { textViolations } from '../domain/text-rules.ts';
import type { UpdateCompanyInput } from '../graphql/generated.ts';

export async function updateCompany(tx: Tx, input: UpdateCompanyInput): Promise<{ id: string }> {
  const { name, number } = input;
  const company = await lockAuthorized(tx, companyAggregate, {
    id: txScope(tx).tenantId,
    expectedVersion: input.expectedVersion,
  });
  refuseAll(textViolations(name, 'input.name'));
  const changed = withChanges(company, { name: name?.trim(), number: number === null ? '' : number?.trim() });
  const saved = await saveAggregate(tx, companyAggregate, company, changed, { action: 'updateCompany' });
  publish(tx, saved, companyUpdated, companyFact(saved));
  return { id: company.id };
}
