import { DomainError, refuseAll, type Violation } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { requireUploaded } from '@steward/files';
import { invocationOf, lockAuthorized, resolvePolicy } from '@steward/service-kit';

import { householdAggregate } from '../db/aggregates.ts';
import { findManagedCommunity, todayIn } from '../db/community-queries.ts';
import { findHoldings } from '../db/household-queries.ts';
import { tell } from '../db/notices.ts';
import { unitsHeldOn } from '../domain/household-rules.ts';
import { passKinds, passPolicy } from '../domain/pass-policy.ts';
import { longestValidity, requestViolations, statusOfRequest, type PassRequest } from '../domain/pass-rules.ts';
import type { RequestPassInput } from '../graphql/generated.ts';
import { issuePasses } from './issue-passes.ts';

const hour = 3_600_000;

type Figures = Parameters<typeof requestViolations>[1];

/** The request with what it leaves open: from now on, for as long as its kind may hold. */
function requested(input: RequestPassInput, now: Date, figures: Figures): PassRequest {
  const validFrom = input.validFrom ?? now;
  const longest = longestValidity(input.kind, figures) ?? 1;
  return {
    kind: input.kind,
    holderName: input.holderName ?? null,
    holderPhone: input.holderPhone ?? null,
    holderCount: input.holderCount ?? 1,
    plate: input.plate ?? null,
    items: input.items ?? [],
    photoCount: input.photoFileIds?.length ?? 0,
    validFrom,
    validTo: input.validTo ?? new Date(validFrom.getTime() + longest * hour),
  };
}

/** A guest is led to a unit that the household holds. */
async function unitViolations(tx: Tx, input: RequestPassInput, today: string): Promise<Violation[]> {
  if (input.unitId == null) return [];
  const held = unitsHeldOn(await findHoldings(tx, input.householdId), today);
  return held.includes(input.unitId) ? [] : [{ path: 'input.unitId', reason: 'UNIT_UNKNOWN' }];
}

export async function requestPass(tx: Tx, input: RequestPassInput): Promise<{ id: string }> {
  const { now } = txScope(tx);
  const { viewer } = invocationOf(tx);
  const household = await lockAuthorized(tx, householdAggregate, { id: input.householdId });
  const status = statusOfRequest(input.kind, { isStaff: viewer.actor === 'staff', roles: viewer.roles });
  const { communityId } = household;
  const community = await findManagedCommunity(tx, communityId);
  if (community === null) throw new DomainError('CONFLICT', 'COMMUNITY_LEFT');
  const figures = await resolvePolicy(tx, passPolicy, communityId);
  const request = requested(input, now, figures);
  refuseAll([...requestViolations(request, figures), ...(await unitViolations(tx, input, todayIn(tx, community)))]);
  const photoFileIds = input.photoFileIds ?? [];
  await requireUploaded(tx, photoFileIds, 'photo', 'input.photoFileIds');
  const { kind, validFrom, validTo, holderCount, plate, items, holderName, holderPhone } = request;
  const holder = holderName === null ? null : { name: holderName, phone: holderPhone };
  const terms = { kind, status, communityId, householdId: household.id, unitId: input.unitId ?? null } as const;
  const carried = { holders: [holder], holderCount, plate, items: items.map((item) => ({ ...item })), photoFileIds };
  const [pass] = await issuePasses(tx, { ...terms, ...carried, validFrom, validTo });
  if (pass === undefined) throw new Error('a request makes one pass');
  if (status === 'REQUESTED') {
    await tell(tx, pass, { role: 'clerk' }, 'passRequested', { kind, rule: passKinds[kind].rule });
  }
  return { id: pass.id };
}
