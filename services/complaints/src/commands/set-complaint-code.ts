import { newId } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { complaintCodeSet } from '@steward/events';
import { authorize, insertAggregate, managedCommunity, publish, saveAggregate } from '@steward/service-kit';

import { complaintCodeAggregate } from '../db/aggregates.ts';
import { addedCodes, departmentsOf, lockCode } from '../db/catalog-queries.ts';
import { requireCodeTerms } from '../domain/code-rules.ts';
import { catalogOf } from '../domain/complaint-catalog.ts';
import type { SetComplaintCodeInput } from '../graphql/generated.ts';

const note = { action: 'setComplaintCode', rule: 'A033' };

export async function setComplaintCode(tx: Tx, input: SetComplaintCodeInput): Promise<{ id: string }> {
  await authorize(tx, { communityId: input.communityId });
  const { id: communityId } = await managedCommunity(tx, input.communityId);
  const catalog = catalogOf(await addedCodes(tx, communityId));
  requireCodeTerms(input, await departmentsOf(tx, communityId, catalog));
  const { kind, code } = input;
  const ofCategory = kind === 'CATEGORY';
  const terms = {
    nameZh: input.nameZh.trim(),
    nameEn: input.nameEn.trim(),
    departmentCode: ofCategory ? (input.departmentCode ?? null) : null,
    grade: ofCategory ? (input.grade ?? 'MINOR') : null,
    retiredAt: input.isRetired ? txScope(tx).now : null,
  };
  const known = await lockCode(tx, { communityId, kind, code });
  const fresh = { id: newId(), communityId, number: code, kind, ...terms };
  const saved =
    known === null
      ? await insertAggregate(tx, complaintCodeAggregate, fresh, note)
      : await saveAggregate(tx, complaintCodeAggregate, known, { ...known, ...terms }, note);
  const { departmentCode, retiredAt } = saved;
  publish(tx, saved, complaintCodeSet, { kind, code, departmentCode, isRetired: retiredAt !== null });
  return { id: saved.id };
}
