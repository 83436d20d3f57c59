import { DomainError, isId, isTimeZone, newId, refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { communityRegistered } from '@steward/events';
import { authorize, insertAggregate, publish } from '@steward/service-kit';

import { communityAggregate } from '../db/aggregates.ts';
import { communityEntity, companyEntity } from '../db/entities.ts';
import { lockNaturalKeys } from '../db/natural-keys.ts';
import { communityViolations } from '../domain/community-rules.ts';
import { communityFact } from '../domain/facts.ts';
import type { RegisterCommunityInput } from '../graphql/generated.ts';

export async function registerCommunity(tx: Tx, input: RegisterCommunityInput): Promise<{ id: string }> {
  await authorize(tx, {});
  const violations = communityViolations(input, isTimeZone);
  if (input.id != null && !isId(input.id)) violations.push({ path: 'input.id', reason: 'ID_MALFORMED' });
  refuseAll(violations);
  await lockNaturalKeys(tx, 'community');
  const id = input.id ?? newId();
  await refuseTaken(tx, id, input.code);
  const community = await insertAggregate(tx, communityAggregate, fresh(id, input), { action: 'registerCommunity' });
  publish(tx, community, communityRegistered, communityFact(community));
  return { id };
}

async function refuseTaken(tx: Tx, id: string, code: string): Promise<void> {
  const { tenantId } = txScope(tx);
  if (!(await tx.existsBy(companyEntity, { id: tenantId }))) throw new DomainError('CONFLICT', 'COMPANY_UNKNOWN');
  const known = await tx.find(communityEntity, { where: [{ number: code }, { id }] });
  if (known.some(({ number }) => number === code)) {
    throw new DomainError('CONFLICT', 'COMMUNITY_CODE_TAKEN', { path: 'input.code' });
  }
  if (known.length > 0) throw new DomainError('CONFLICT', 'ID_TAKEN', { path: 'input.id' });
}

const fresh = (id: string, input: RegisterCommunityInput) => ({
  id,
  communityId: id,
  number: input.code,
  name: input.name.trim(),
  address: input.address?.trim() ?? null,
  timeZone: input.timeZone ?? 'Asia/Shanghai',
  locale: input.locale ?? 'zh-CN',
  currency: input.currency ?? 'CNY',
  builtAreaM2: input.builtAreaM2 ?? null,
  status: 'ACTIVE' as const,
});
