import { refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { companyUpdated } from '@steward/events';
import { authorize, lockAggregate, publish, saveAggregate } from '@steward/service-kit';

import { companyAggregate } from '../db/aggregates.ts';
import { contactViolations } from '../domain/contact-rules.ts';
import type { UpdateCompanyInput } from '../graphql/generated.ts';

export async function updateCompany(tx: Tx, input: UpdateCompanyInput): Promise<{ id: string }> {
  await authorize(tx, {});
  const company = await lockAggregate(tx, companyAggregate, txScope(tx).tenantId, input.expectedVersion);
  refuseAll(contactViolations({ name: input.name }, 'input'));
  const changed = {
    ...company,
    name: input.name?.trim() ?? company.name,
    number: input.number === undefined ? company.number : (input.number?.trim() ?? ''),
  };
  const saved = await saveAggregate(tx, companyAggregate, company, changed, { action: 'updateCompany' });
  publish(tx, saved, companyUpdated, { companyId: saved.id });
  return { id: saved.id };
}
