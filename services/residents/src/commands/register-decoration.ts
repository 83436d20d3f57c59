import { newId, refuseAll } from '@steward/core';
import type { Tx } from '@steward/db';
import { decorationApplied } from '@steward/events';
import { insertAggregate, invocationOf, lockAuthorized, nextNumber, publish, seal } from '@steward/service-kit';

import { householdAggregate } from '../db/aggregates.ts';
import { loadCommunity, todayIn } from '../db/community-queries.ts';
import { decorationAggregate } from '../db/decoration-aggregates.ts';
import { tellDecorationHousehold, tellDepartment } from './decoration-notices.ts';
import { isOwner, ownsUnit } from '../db/decoration-queries.ts';
import { organisationEntity } from '../db/entities.ts';
import { findOrganisations, findPersons, visibleIds } from '../db/party-queries.ts';
import { decorationAppliedFact } from '../domain/decoration-facts.ts';
import { decorationPrefixes } from '../domain/decoration-policy.ts';
import { applicationViolations } from '../domain/decoration-rules.ts';
import type { Decoration } from '../domain/decoration.ts';
import type { RegisterDecorationInput } from '../graphql/generated.ts';

/** Whether a contractor of the id is known to whoever applies. */
async function isContractor(tx: Tx, id: string): Promise<boolean> {
  const isVisible = visibleIds(await findOrganisations(tx, [id])).has(id);
  return isVisible && (await tx.existsBy(organisationEntity, { id, kind: 'CONTRACTOR' }));
}

/** Everything that is not known before somebody has done something. */
const untouched = {
  status: 'APPLIED',
  agreementSignedAt: null,
  planSubmittedAt: null,
  planSubmittedBy: null,
  planDecision: null,
  planDecidedAt: null,
  planReasonSealed: null,
  authorityApprovalNumber: null,
  authorityName: null,
  authorityApprovedOn: null,
  permitNumber: null,
  permitFrom: null,
  permitTo: null,
  extensionCount: 0,
  depositAmount: 0,
  depositState: 'NONE',
  depositChargeId: null,
  wasteFeeAmount: 0,
  wasteFeeState: 'NONE',
  wasteFeeChargeId: null,
  completionRequestedAt: null,
  completedAt: null,
  closedAt: null,
  cancelReasonCode: null,
} as const satisfies Partial<Decoration>;

export async function registerDecoration(tx: Tx, input: RegisterDecorationInput): Promise<{ id: string }> {
  const { householdId, unitId, contractorId, applicantKind, applicantId, plannedFrom, plannedTo } = input;
  const household = await lockAuthorized(tx, householdAggregate, { id: householdId });
  const { communityId } = household;
  const community = await loadCommunity(tx, communityId);
  const { viewer } = invocationOf(tx);
  const isSelf = viewer.personId === applicantId;
  refuseAll(
    applicationViolations({
      applicantKind,
      isApplicantKnown: isSelf || (await findPersons(tx, [applicantId])).some(({ isVisible }) => isVisible),
      isApplicantOwner: await isOwner(tx, householdId, applicantId),
      mayNameApplicant: viewer.personId === undefined || isSelf,
      isUnitOwned: await ownsUnit(tx, householdId, unitId),
      isContractor: await isContractor(tx, contractorId),
      description: input.description,
      plannedFrom,
      plannedTo,
      today: todayIn(tx, community),
    }),
  );
  const fresh = {
    ...untouched,
    id: newId(),
    communityId,
    number: await nextNumber(tx, communityId, decorationPrefixes.decoration, community.timeZone),
    kind: input.kind,
    householdId,
    unitId,
    contractorId,
    applicantKind,
    applicantId,
    plannedFrom,
    plannedTo,
    handlerId: viewer.staffId ?? null,
    descriptionSealed: seal(tx, input.description.trim()),
    isStructureChanged: input.isStructureChanged,
    isLoadIncreased: input.isLoadIncreased,
    currency: community.currency,
  };
  const note = { action: 'registerDecoration', reasonCode: input.kind, rule: 'A083' };
  const saved = await insertAggregate<Decoration>(tx, decorationAggregate, fresh, note);
  publish(tx, saved, decorationApplied, decorationAppliedFact(saved));
  if (viewer.staffId === undefined) await tellDepartment(tx, saved, 'desk', 'decorationApplied');
  else await tellDecorationHousehold(tx, saved, 'decorationApplied');
  return { id: saved.id };
}
