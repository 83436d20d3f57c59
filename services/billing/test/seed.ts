import type { Seeded, ServiceSeed, TestService } from '@steward/test-kit';

import { doorItems } from '../src/domain/counter-policy.ts';
import { definition } from '../src/service.ts';
import { aCharge, act, anEstate, aPayment, aSession } from './counter-fixture.ts';
import { financeRows, monthEndRows, openingRows, providerRows, refundRows } from './seed-books.ts';
import { officeRows, waiverRow } from './seed-rows.ts';

async function company(service: TestService): Promise<Seeded> {
  const estate = await anEstate(service);
  const { tenantId, communityId, unitId, householdId, personId, billingAccountId } = estate;
  const charge = await aCharge(service, estate, 12_000);
  const { id: sessionId } = await aSession(service, estate);
  const { id: paymentId } = await aPayment(service, estate, 5_000);
  await act(service, estate.cashier, 'requestInvoice', {
    id: paymentId,
    title: '王芳',
    taxNumber: '91110000123456789X',
  });
  const appointmentAt = new Date((await service.now()).getTime() + 6 * 3_600_000).toISOString();
  const appointment = { appointmentAt, collectorId: estate.cashier.staffId, amount: 7_000, contactName: '王芳' };
  const { id: doorId } = await act(service, estate.clerk, 'agreeDoorCollection', {
    communityId,
    billingAccountId,
    confirmed: doorItems,
    ...appointment,
  });
  const own = { personId };
  return {
    tenantId,
    communityId,
    rows: [
      { type: 'BillingAccount', id: billingAccountId, own },
      { type: 'Charge', id: charge.id, own },
      { type: 'Payment', id: paymentId, own },
      { type: 'DoorCollection', id: doorId, own },
      { type: 'CashierSession', id: sessionId },
      ...(await officeRows(service, estate)),
      await waiverRow(service, estate, charge.id),
      ...(await refundRows(service, estate)),
      ...(await financeRows(service, estate)),
      ...(await providerRows(service, estate)),
      ...(await monthEndRows(service, estate, sessionId)),
      ...(await openingRows(service, estate)),
      { type: 'Community', id: communityId },
      { type: 'Unit', id: unitId },
      { type: 'Household', id: householdId, own },
    ],
  };
}

// A month ends the morning after.
export const seed: ServiceSeed = { definition, startsAt: new Date('2026-03-31T09:00:00+08:00'), seed: company };
