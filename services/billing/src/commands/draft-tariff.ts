import { newId, refuseAll } from '@steward/core';
import type { Tx } from '@steward/db';
import { tariffDrafted } from '@steward/events';
import { authorize, insertAggregate, invocationOf, managedCommunity, nextNumber, publish } from '@steward/service-kit';

import { tariffAggregate } from '../db/charging-aggregates.ts';
import { chargesPrefixes } from '../domain/charges-policy.ts';
import { tariffViolations } from '../domain/tariff-rules.ts';
import type { DraftTariffInput } from '../graphql/generated.ts';
import { tariffFact } from './tariff-facts.ts';

export async function draftTariff(tx: Tx, input: DraftTariffInput): Promise<{ id: string }> {
  await authorize(tx, { communityId: input.communityId });
  const { id: communityId, timeZone: zone } = await managedCommunity(tx, input.communityId);
  const { documentNumber, documentIssuer, documentIssuedOn, taxRate = '0', validFrom, chargeTypeCode, method } = input;
  const terms = {
    chargeTypeCode,
    method,
    rate: input.rate ?? null,
    tiers: (input.tiers ?? []).map(({ upTo, rate }) => ({ upTo: upTo ?? null, rate })),
    tierSpan: input.tierSpan ?? 'MONTH',
    formula: input.formula ?? null,
    taxRate,
    documentNumber: documentNumber.trim(),
    documentIssuer: documentIssuer.trim(),
    documentIssuedOn,
    validFrom,
    validTo: input.validTo ?? null,
  };
  refuseAll(tariffViolations(terms));
  const fresh = {
    ...terms,
    id: newId(),
    communityId,
    number: await nextNumber(tx, communityId, chargesPrefixes.tariff, zone),
    status: 'DRAFT' as const,
    unitUsages: [...new Set(input.unitUsages ?? [])].sort(),
    isTaxIncluded: input.isTaxIncluded ?? true,
    draftedBy: invocationOf(tx).viewer.sub,
    approvedBy: null,
    approvedAt: null,
  };
  const tariff = await insertAggregate(tx, tariffAggregate, fresh, { action: 'draftTariff', rule: 'A003' });
  publish(tx, tariff, tariffDrafted, tariffFact(tariff));
  return { id: tariff.id };
}
