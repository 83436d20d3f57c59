import { DomainError, refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { companyRegistered } from '@steward/events';
import { authorize, insertAggregate, lockNaturalKeys, publish } from '@steward/service-kit';

import { companyAggregate } from '../db/aggregates.ts';
import { isCompanyKnown } from '../db/community-queries.ts';
import { companyFact } from '../domain/community-facts.ts';
import { textViolations } from '../domain/text-rules.ts';
import type { RegisterCompanyInput } from '../graphql/generated.ts';

export async function registerCompany(tx: Tx, { name, number }: RegisterCompanyInput): Promise<{ id: string }> {
  await authorize(tx, {});
  refuseAll(textViolations(name, 'input.name'));
  await lockNaturalKeys(tx, 'company');
  if (await isCompanyKnown(tx)) throw new DomainError('CONFLICT', 'COMPANY_KNOWN');
  const fresh = { id: txScope(tx).tenantId, communityId: null, number: number?.trim() ?? '', name: name.trim() };
  const company = await insertAggregate(tx, companyAggregate, fresh, { action: 'registerCompany' });
  publish(tx, company, companyRegistered, companyFact(company));
  return { id: company.id };
}
