import { DomainError, newId, refuseAll, type Violation } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { activityRegistrationMade } from '@steward/events';
import {
  authorize,
  insertAggregate,
  invocationOf,
  isHouseholdOf,
  lockAggregate,
  nextNumber,
  notify,
  ownHouseholds,
  publish,
  sealedName,
  sealedPhone,
  zoneOf,
} from '@steward/service-kit';

import { holdsPlace, seatsOf } from '../db/activity-queries.ts';
import { activityAggregate, activityRegistrationAggregate } from '../db/aggregates.ts';
import { registrationFact } from '../domain/activity-facts.ts';
import { numberPrefixes } from '../domain/activity-policy.ts';
import type { Activity } from '../domain/activity.ts';
import { placeFor, requireCount, requireOpen } from '../domain/registration-rules.ts';
import type { RegisterForActivityInput } from '../graphql/generated.ts';
import { activityValues } from './figures.ts';

const rule = 'A105';

/** Residents for themselves; the desk for a household, or for somebody with a name and a phone. */
export async function registerForActivity(tx: Tx, input: RegisterForActivityInput): Promise<{ id: string }> {
  const activity = await lockAggregate(tx, activityAggregate, input.activityId);
  const { viewer } = invocationOf(tx);
  const { communityId } = activity;
  const lives = viewer.communityIds === 'all' || viewer.communityIds.includes(communityId);
  await authorize(tx, { communityId, personIds: lives && viewer.personId !== undefined ? [viewer.personId] : [] });
  const { now } = txScope(tx);
  requireOpen(activity, now);
  requireCount(input.participantCount, (await activityValues(tx, communityId)).mostParticipants);
  const personId = viewer.personId ?? null;
  refuseAll(await partyViolations(tx, input, activity, personId));
  if (personId !== null && (await holdsPlace(tx, activity.id, personId))) {
    throw new DomainError('CONFLICT', 'REGISTERED_ALREADY', { rule });
  }
  const seats = { capacity: activity.capacity ?? 0, ...(await seatsOf(tx, activity.id)) };
  const number = await nextNumber(tx, communityId, numberPrefixes.registration, await zoneOf(tx, communityId));
  const fresh = {
    id: newId(),
    communityId,
    number,
    activityId: activity.id,
    status: placeFor(input.participantCount, seats),
    personId,
    householdId: input.householdId ?? (personId === null ? null : ((await ownHouseholds(tx, viewer))[0] ?? null)),
    participantCount: input.participantCount,
    ...sealedName(tx, 'contactName', input.contactName ?? null),
    ...sealedPhone(tx, 'contactPhone', input.contactPhone ?? null),
    checkedInAt: null,
    cancelledAt: null,
  };
  const note = { action: 'registerForActivity', rule };
  const saved = await insertAggregate(tx, activityRegistrationAggregate, fresh, note);
  publish(tx, saved, activityRegistrationMade, registrationFact(saved));
  if (personId !== null) {
    const template = saved.status === 'WAITING' ? 'activityWaiting' : 'activityRegistered';
    const params = { number: activity.number };
    await notify(tx, { communityId, to: { personId }, template, params, aggregateId: saved.id });
  }
  return { id: saved.id };
}

async function partyViolations(
  tx: Tx,
  input: RegisterForActivityInput,
  { communityId }: Activity,
  personId: string | null,
): Promise<Violation[]> {
  const { householdId, contactName, contactPhone } = input;
  const violations: Violation[] = [];
  if (householdId != null) {
    const isOwn = personId === null || (await ownHouseholds(tx, invocationOf(tx).viewer)).includes(householdId);
    const isThere = isOwn && (await isHouseholdOf(tx, householdId, communityId));
    if (!isThere) violations.push({ path: 'input.householdId', reason: 'HOUSEHOLD_UNKNOWN', rule });
  } else if (personId === null && (contactName == null || contactName.trim() === '')) {
    violations.push({ path: 'input.contactName', reason: 'CONTACT_REQUIRED', rule });
  }
  if (contactPhone != null && !/^\+?[\d\s-]{5,20}$/.test(contactPhone)) {
    violations.push({ path: 'input.contactPhone', reason: 'PHONE_MALFORMED', rule });
  }
  return violations;
}
