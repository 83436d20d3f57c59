import type { TestService } from '@steward/test-kit';

import type { Estate } from './billing-fixture.ts';
import { aPreview, aTariff, run } from './charging-fixture.ts';
import { aMeter } from './meters-fixture.ts';

/** A row of a type that belongs to the company and to nobody who lives there. */
export type OfficeRow = { type: string; id: string };

type Made = { id: string };

/** One row of what the office works with: tariffs, meters, runs, shares, the books beside the ledger. */
export async function officeRows(service: TestService, estate: Estate): Promise<OfficeRow[]> {
  const { communityId } = estate;
  const cost = { chargeTypeCode: 'PUBLIC_ELECTRICITY', basis: 'AREA', totalAmount: 100_001 };
  const quarter = { periodFrom: '2026-01-01', periodTo: '2026-04-01' };
  const lines = [{ accountType: 'EXPENSE', code: 'OFFICE', amount: 30_000 }];
  return [
    { type: 'Tariff', id: await aTariff(service, estate) },
    { type: 'ChargeRun', id: await aPreview(service, estate) },
    { type: 'Meter', id: await aMeter(service, estate) },
    {
      type: 'Apportionment',
      ...(await run<Made>(
        service,
        estate.clerk,
        'computeApportionment',
        { communityId, ...cost, ...quarter },
        'apportionment { id }',
      )),
    },
    {
      type: 'BookReconciliation',
      ...(await run<Made>(service, estate.clerk, 'reconcileBooks', { communityId }, 'bookReconciliation { id }')),
    },
    {
      type: 'AnnualBudget',
      ...(await run<Made>(
        service,
        estate.clerk,
        'draftAnnualBudget',
        { communityId, year: 2027, lines },
        'annualBudget { id }',
      )),
    },
  ];
}
