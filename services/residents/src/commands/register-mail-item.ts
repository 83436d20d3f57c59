import { DomainError, newId, refuseAll } from '@steward/core';
import type { Tx } from '@steward/db';
import { mailItemRegistered } from '@steward/events';
import {
  authorize,
  insertAggregate,
  nextNumber,
  publish,
  resolvePolicy,
  sealedName,
  sealOptional,
  startDeadline,
} from '@steward/service-kit';

import { findManagedCommunity } from '../db/community-queries.ts';
import { householdEntity } from '../db/entities.ts';
import { mailItemAggregate } from '../db/register-entities.ts';
import { registerNumberPrefixes, registerPolicy } from '../domain/register-policy.ts';
import { mailViolations } from '../domain/register-rules.ts';
import type { RegisterMailItemInput } from '../graphql/generated.ts';

const rule = 'A223';

const untouched = { leaderId: null, disposition: null, instructionSealed: null, handledAt: null, collectedAt: null };

/** Mail comes in; whoever leads is to say within the time what becomes of it. */
export async function registerMailItem(tx: Tx, input: RegisterMailItemInput): Promise<{ id: string }> {
  const { communityId, kind, householdId = null, recipientName = null } = input;
  await authorize(tx, { communityId });
  const community = await findManagedCommunity(tx, communityId);
  if (community === null) throw new DomainError('BAD_USER_INPUT', 'COMMUNITY_UNKNOWN', { path: 'input.communityId' });
  const violations = mailViolations(input);
  if (householdId !== null && !(await tx.existsBy(householdEntity, { id: householdId, communityId })))
    violations.push({ path: 'input.householdId', reason: 'MAIL_HOUSEHOLD_UNKNOWN', rule });
  refuseAll(violations);
  const { timeZone: zone } = community;
  const number = await nextNumber(tx, communityId, registerNumberPrefixes.mailItem, zone);
  const named = {
    ...sealedName(tx, 'recipientName', recipientName),
    senderSealed: sealOptional(tx, input.sender),
    trackingNumberSealed: sealOptional(tx, input.trackingNumber),
  };
  const fresh = { id: newId(), communityId, number, kind, householdId, ...named, ...untouched };
  const note = { action: 'registerMailItem', rule };
  const item = await insertAggregate(tx, mailItemAggregate, { ...fresh, status: 'REGISTERED' }, note);
  publish(tx, item, mailItemRegistered, { mailItemId: item.id, kind, householdId });
  const { mailHandlingDays } = await resolvePolicy(tx, registerPolicy, communityId);
  const span = { amount: mailHandlingDays, unit: 'workingDay' } as const;
  const escalations = [{ afterShare: 1, to: { role: 'administrativeSupervisor' } as const }];
  const spec = { kind: 'MAIL_HANDLING', rule, span, warnShare: 0.8, warnTo: { role: 'clerk' } as const, escalations };
  await startDeadline(tx, mailItemAggregate, item, spec, { zone });
  return { id: item.id };
}
