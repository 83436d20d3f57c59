import { newId } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { workOrderCodeSet } from '@steward/events';
import { authorize, insertAggregate, managedCommunity, publish, saveAggregate } from '@steward/service-kit';

import { workOrderCodeAggregate } from '../db/aggregates.ts';
import { addedCodes, lockCode } from '../db/catalog-queries.ts';
import { departmentsOf } from '../db/department-queries.ts';
import { codeFact } from '../domain/catalog-facts.ts';
import { requireCodeTerms } from '../domain/catalog-rules.ts';
import { catalogOf } from '../domain/work-order-catalog.ts';
import type { SetWorkOrderCodeInput } from '../graphql/generated.ts';

const note = { action: 'setWorkOrderCode', rule: 'A109' };

export async function setWorkOrderCode(tx: Tx, input: SetWorkOrderCodeInput): Promise<{ id: string }> {
  await authorize(tx, { communityId: input.communityId });
  const community = await managedCommunity(tx, input.communityId);
  const catalog = catalogOf(await addedCodes(tx, community.id));
  requireCodeTerms(input, catalog, await departmentsOf(tx, community.id, catalog));
  const { kind, code, isEmergency } = input;
  const ofProblem = kind === 'PROBLEM';
  const terms = {
    nameZh: input.nameZh.trim(),
    nameEn: input.nameEn.trim(),
    tradeCode: ofProblem ? (input.tradeCode ?? null) : null,
    departmentCode: kind === 'TRADE' ? (input.departmentCode ?? null) : null,
    returnVisitKind: ofProblem ? (input.returnVisitKind ?? 'OTHER') : null,
    warrantyKind: ofProblem ? (input.warrantyKind ?? null) : null,
    isEmergency: ofProblem && (isEmergency ?? false),
    retiredAt: input.isRetired ? txScope(tx).now : null,
  };
  const known = await lockCode(tx, { communityId: community.id, kind, code });
  const fresh = { id: newId(), communityId: community.id, number: code, kind, ...terms };
  const saved =
    known === null
      ? await insertAggregate(tx, workOrderCodeAggregate, fresh, note)
      : await saveAggregate(tx, workOrderCodeAggregate, known, { ...known, ...terms }, note);
  publish(tx, saved, workOrderCodeSet, codeFact(saved));
  return { id: saved.id };
}
