import { DomainError, newId, refuseAll, type Violation } from '@steward/core';
import type { Tx } from '@steward/db';
import { invoiceApplicationMade } from '@steward/events';
import {
  authorize,
  insertAggregate,
  invocationOf,
  lockNaturalKeys,
  nextNumber,
  publish,
  resolvePolicy,
  seal,
  sealOptional,
} from '@steward/service-kit';

import { findManagedCommunity } from '../db/community-queries.ts';
import { householdEntity, organisationEntity } from '../db/entities.ts';
import { invoiceApplicationAggregate } from '../db/invoice-application-entities.ts';
import { isChargeInvoiced } from '../db/invoice-application-queries.ts';
import { invoiceClock, invoicePolicy, invoiceApplicationNumberPrefix } from '../domain/invoice-application-policy.ts';
import { invoiceViolations } from '../domain/invoice-application-rules.ts';
import type { ApplyForInvoiceInput } from '../graphql/generated.ts';
import { startClock } from './procedure-clocks.ts';

const rule = 'A309';

const notYet = {
  status: 'REQUESTED',
  invoiceNumber: null,
  invoiceFileId: null,
  issuedAt: null,
  reasonCode: null,
} as const;

async function unknownPayers(
  tx: Tx,
  { communityId, householdId, organisationId, chargeId }: ApplyForInvoiceInput,
): Promise<Violation[]> {
  const violations: Violation[] = [];
  if (householdId != null && !(await tx.existsBy(householdEntity, { id: householdId, communityId })))
    violations.push({ path: 'input.householdId', reason: 'HOUSEHOLD_UNKNOWN', rule });
  if (organisationId != null && !(await tx.existsBy(organisationEntity, { id: organisationId })))
    violations.push({ path: 'input.organisationId', reason: 'ORGANISATION_UNKNOWN', rule });
  if (chargeId == null) return violations;
  // Whose a charge is, the books know: a resident who named another's would learn of it, and stand in its payer's way.
  if (invocationOf(tx).viewer.actor === 'person')
    violations.push({ path: 'input.chargeId', reason: 'CHARGE_BY_DESK', rule });
  else if (await isChargeInvoiced(tx, chargeId))
    violations.push({ path: 'input.chargeId', reason: 'CHARGE_INVOICED', rule });
  return violations;
}

export async function applyForInvoice(tx: Tx, input: ApplyForInvoiceInput): Promise<{ id: string }> {
  const { communityId, kind, householdId = null, organisationId = null, purposeCode, chargeId = null, amount } = input;
  await authorize(tx, { communityId, householdIds: householdId === null ? [] : [householdId] });
  const community = await findManagedCommunity(tx, communityId);
  if (community === null) throw new DomainError('BAD_USER_INPUT', 'COMMUNITY_UNKNOWN', { path: 'input.communityId' });
  if (chargeId !== null) await lockNaturalKeys(tx, `invoice/${chargeId}`);
  refuseAll([...invoiceViolations(input), ...(await unknownPayers(tx, input))]);
  const number = await nextNumber(tx, communityId, invoiceApplicationNumberPrefix, community.timeZone);
  const sealed = {
    titleSealed: seal(tx, input.title.trim()),
    taxNumberSealed: sealOptional(tx, input.taxNumber?.trim()),
    registeredAddressSealed: sealOptional(tx, input.registeredAddress?.trim()),
    bankAccountSealed: sealOptional(tx, input.bankAccount?.trim()),
  };
  const asked = { kind, householdId, organisationId, purposeCode, chargeId, amount, currency: community.currency };
  const fresh = { id: newId(), communityId, number, ...asked, ...sealed, ...notYet };
  const request = await insertAggregate(tx, invoiceApplicationAggregate, fresh, { action: 'applyForInvoice', rule });
  const fee = { amount, currency: community.currency };
  const of = { applicationId: request.id, kind, householdId, organisationId, purposeCode, chargeId };
  publish(tx, request, invoiceApplicationMade, { ...of, total: fee });
  const figures = await resolvePolicy(tx, invoicePolicy, communityId);
  const span = { amount: figures.issueWorkingDays, unit: 'workingDay' } as const;
  const { warnShare, directorShare } = figures;
  await startClock(tx, invoiceApplicationAggregate, request, {
    kind: invoiceClock,
    rule,
    span,
    warnShare,
    directorShare,
  });
  return { id: request.id };
}
