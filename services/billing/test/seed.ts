import type { Seeded, ServiceSeed, TestService } from '@steward/test-kit';

import { definition } from '../src/service.ts';
import { anEstate } from './billing-fixture.ts';
import { aCharge } from './ledger-fixture.ts';

async function company(service: TestService): Promise<Seeded> {
  const estate = await anEstate(service);
  const { tenantId, communityId, unitId, householdId, personId, billingAccountId } = estate;
  const charge = await aCharge(service, estate, 12_000);
  const own = { personId };
  return {
    tenantId,
    communityId,
    rows: [
      { type: 'BillingAccount', id: billingAccountId, own },
      { type: 'Charge', id: charge.id, own },
      { type: 'Community', id: communityId },
      { type: 'Unit', id: unitId },
      { type: 'Household', id: householdId, own },
    ],
  };
}

export const seed: ServiceSeed = {
  definition,
  seed: company,
  unseeded: [
    'AnnualBudget',
    'Apportionment',
    'BookReconciliation',
    'CashierSession',
    'CashMonth',
    'ChargeRun',
    'CollectionReport',
    'DoorCollection',
    'DunningCase',
    'ExpenseClaim',
    'LedgerPeriod',
    'Meter',
    'OpeningImport',
    'Payment',
    'ProviderPayment',
    'PublishedAccounts',
    'Refund',
    'SafeCheck',
    'Tariff',
  ],
};
