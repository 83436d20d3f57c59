import { DomainError, newId } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import type {
  decorationChargeRequested,
  rentalMandateChargeRequested,
  StewardEvent,
  workOrderChargeRequested,
} from '@steward/events';

import { chargeServiceLineEntity } from '../db/charge-entities.ts';
import { communityOfBooks } from '../db/reference-queries.ts';
import { checkFee } from '../domain/charge-rules.ts';
import type { Charge, Cause } from '../domain/charge.ts';
import { paidServiceType } from '../domain/ledger-policy.ts';
import { ensureBillingAccounts, payingAccount } from './ensure-billing-account.ts';
import { raiseCharge } from './raise-charge.ts';
import { taxWithinPrice } from './tax-of-charge.ts';

type WorkOrderFee = ReturnType<(typeof workOrderChargeRequested)['data']['parse']>;
type DecorationSum = ReturnType<(typeof decorationChargeRequested)['data']['parse']>;
type Commission = ReturnType<(typeof rentalMandateChargeRequested)['data']['parse']>;

type Requested = {
  communityId: string | null | undefined;
  unitId: string | null;
  householdId: string | null;
  /** Who owes it instead of the household: a developer. */
  organisationId?: string | null;
  chargeTypeCode: string;
  fee: { amount: number; currency: string };
  cause: Cause;
};

/** Reaction: the agreed fee of a paid service is owed from its acceptance on, line by line as it was agreed (B050). */
export async function raiseWorkOrderCharge(tx: Tx, event: StewardEvent<WorkOrderFee>): Promise<void> {
  const { workOrderId, unitId, householdId, fee, lines } = event.data;
  const cause = { service: 'work-orders', aggregateType: 'work-order', id: workOrderId };
  const requested = {
    communityId: event.communityid,
    unitId,
    householdId,
    chargeTypeCode: paidServiceType,
    fee,
    cause,
  };
  const charge = await raiseRequested(tx, requested, lines);
  const { tenantId } = txScope(tx);
  const kept = lines.map((line, index) => ({
    ...line,
    id: newId(),
    tenantId,
    chargeId: charge.id,
    position: index + 1,
  }));
  if (kept.length > 0) await tx.insert(chargeServiceLineEntity, kept);
}

/** Reaction: the waste fee of a decoration is owed (A087), or its deposit is to be paid and kept (A225). */
export async function raiseDecorationCharge(tx: Tx, event: StewardEvent<DecorationSum>): Promise<void> {
  const { decorationId, unitId, householdId, chargeTypeCode, fee } = event.data;
  const cause = { service: 'residents', aggregateType: 'decoration', id: decorationId };
  await raiseRequested(tx, { communityId: event.communityid, unitId, householdId, chargeTypeCode, fee, cause });
}

/** Reaction: the commission of a mandate that ended in a contract is owed by who gave it, owner or developer (A226). */
export async function raiseCommission(tx: Tx, event: StewardEvent<Commission>): Promise<void> {
  const { mandateId, unitId, householdId, developerId, chargeTypeCode, fee } = event.data;
  const cause = { service: 'residents', aggregateType: 'rental-mandate', id: mandateId };
  const who = { unitId, householdId, organisationId: developerId };
  await raiseRequested(tx, { communityId: event.communityid, ...who, chargeTypeCode, fee, cause });
}

/** The account that pays: an organisation's own, else whoever pays for the household or the unit. */
async function accountFor(tx: Tx, communityId: string, requested: Requested): Promise<string | null> {
  const { unitId, householdId, organisationId: id = null } = requested;
  if (id === null) return payingAccount(tx, { communityId, unitId, householdId });
  const party = { kind: 'ORGANISATION' as const, id };
  const [account = null] = await ensureBillingAccounts(tx, communityId, [{ unitId, householdId, party }]);
  return account;
}

/** What cannot be charged is parked with its reason until somebody puts it right; it is never dropped. */
async function raiseRequested(tx: Tx, requested: Requested, lines?: readonly { amount: number }[]): Promise<Charge> {
  const { communityId, unitId, householdId, chargeTypeCode, fee, cause } = requested;
  if (communityId == null) throw new DomainError('CONFLICT', 'LIABLE_PARTY_UNKNOWN');
  const { currency } = await communityOfBooks(tx, communityId);
  checkFee(fee, currency, lines);
  const billingAccountId = await accountFor(tx, communityId, requested);
  if (billingAccountId === null) throw new DomainError('CONFLICT', 'LIABLE_PARTY_UNKNOWN');
  const owed = { communityId, billingAccountId, unitId, householdId, chargeTypeCode, amount: fee.amount };
  const taxAmount = await taxWithinPrice(tx, communityId, chargeTypeCode, fee.amount);
  return raiseCharge(tx, { ...owed, taxAmount, cause });
}
