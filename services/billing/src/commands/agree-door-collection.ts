import { DomainError, newId } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { doorCollectionAgreed } from '@steward/events';
import {
  authorize,
  insertAggregate,
  managedCommunity,
  nextNumber,
  publish,
  resolvePolicy,
  sealedName,
  startDeadline,
} from '@steward/service-kit';

import { lockOpenSessionOf } from '../db/cash-queries.ts';
import { doorCollectionAggregate } from '../db/counter-aggregates.ts';
import { openChargesOf } from '../db/charge-queries.ts';
import { takePlace } from '../db/receipt-queries.ts';
import { checkAppointment } from '../domain/door-collection-rules.ts';
import { counterPolicy, counterPrefixes } from '../domain/counter-policy.ts';
import type { DoorCollection } from '../domain/door-collection.ts';
import type { AgreeDoorCollectionInput } from '../graphql/generated.ts';
import { accountIn } from './lock-counter.ts';
import { requirePayerKnown } from './name-on-paper.ts';
import { officeBook } from './write-payment.ts';
import { writeReceipt } from './write-receipt.ts';

/** Whoever agreed to come has to be there in time (A077). */
async function startAppointmentClock(
  tx: Tx,
  agreed: DoorCollection,
  graceMinutes: number,
  zone: string,
): Promise<void> {
  const dueAt = new Date(agreed.appointmentAt.getTime() + graceMinutes * 60_000);
  const escalations = [{ afterShare: 1, to: { role: 'supervisor' as const } }];
  const warning = { warnShare: 0.8, warnTo: { staffId: agreed.collectorId } };
  const spec = { kind: 'DOOR_APPOINTMENT', rule: 'A077', span: { dueAt }, ...warning, escalations };
  await startDeadline(tx, doorCollectionAggregate, agreed, spec, { zone });
}

/** All five things are confirmed and the receipt is written before anybody goes to the door (A077). */
export async function agreeDoorCollection(tx: Tx, input: AgreeDoorCollectionInput): Promise<{ id: string }> {
  const { communityId, collectorId, amount, appointmentAt, confirmed } = input;
  await authorize(tx, { communityId });
  const { timeZone: zone, currency } = await managedCommunity(tx, communityId);
  const { id: billingAccountId, unitId, householdId } = await accountIn(tx, communityId, input.billingAccountId);
  const owed = (await openChargesOf(tx, billingAccountId)).reduce((sum, { outstanding }) => sum + outstanding, 0);
  const figures = await resolvePolicy(tx, counterPolicy, communityId);
  const { now } = txScope(tx);
  checkAppointment({ confirmed, at: appointmentAt, amount }, { now, owed, figures });
  if (input.contactName.trim() === '')
    throw new DomainError('BAD_USER_INPUT', 'CONTACT_NAME_REQUIRED', { path: 'input.contactName', rule: 'A077' });
  await requirePayerKnown(tx, billingAccountId, 'input.contactName');
  const book = (await lockOpenSessionOf(tx, communityId, collectorId))?.book ?? officeBook;
  const id = newId();
  const number = await nextNumber(tx, communityId, counterPrefixes.doorCollection, zone);
  const leaf = {
    communityId,
    book,
    billingAccountId,
    amount,
    currency,
    status: 'PREPARED' as const,
    doorCollectionId: id,
  };
  const receipt = writeReceipt(tx, leaf, await takePlace(tx, communityId, book));
  const fresh = {
    id,
    communityId,
    number,
    status: 'AGREED' as const,
    billingAccountId,
    unitId,
    householdId,
    appointmentAt,
    collectorId,
    amount,
    currency,
    ...sealedName(tx, 'contactName', input.contactName),
    confirmed: [...confirmed],
    receiptId: receipt.id,
    cameAt: null,
    isPunctual: null,
    paymentId: null,
    failReason: null,
  };
  const agreed = await insertAggregate(tx, doorCollectionAggregate, fresh, {
    action: 'agreeDoorCollection',
    rule: 'A077',
  });
  const asked = { amount, currency };
  const times = { appointmentAt: appointmentAt.toISOString(), asked };
  publish(tx, agreed, doorCollectionAgreed, { doorCollectionId: id, billingAccountId, collectorId, ...times });
  await startAppointmentClock(tx, agreed, figures.doorGraceMinutes, zone);
  return { id };
}
