import { DomainError, refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { companyRegistered } from '@steward/events';
import { authorize, insertAggregate, publish } from '@steward/service-kit';

import { companyAggregate } from '../db/aggregates.ts';
import { companyEntity } from '../db/entities.ts';
import { lockNaturalKeys } from '../db/natural-keys.ts';
import { contactViolations } from '../domain/contact-rules.ts';
import type { RegisterCompanyInput } from '../graphql/generated.ts';

export async function registerCompany(tx: Tx, input: RegisterCompanyInput): Promise<{ id: string }> {
  const { tenantId: id } = txScope(tx);
  await authorize(tx, {});
  refuseAll(contactViolations({ name: input.name }, 'input'));
  await lockNaturalKeys(tx, 'company');
  if (await tx.existsBy(companyEntity, { id })) throw new DomainError('CONFLICT', 'COMPANY_KNOWN');
  const fresh = { id, communityId: null, number: input.number?.trim() ?? '', name: input.name.trim() };
  const company = await insertAggregate(tx, companyAggregate, fresh, { action: 'registerCompany' });
  publish(tx, company, companyRegistered, { companyId: id });
  return { id };
}
