import type { TestService } from '@steward/test-kit';

import type { Estate } from './billing-fixture.ts';
import { aPreview, aTariff, run } from './charging-fixture.ts';
import { aMeter } from './meters-fixture.ts';

/** A row of a type that belongs to the company and to nobody who lives there. */
export type OfficeRow = { type: string; id: string };

type Made = { id: string };

const venueRent = ({ communityId, billingAccountId }: Estate): object => ({
  communityId,
  billingAccountId,
  chargeTypeCode: 'VENUE_RENT',
  amount: 20_000,
  reasonCode: 'VENUE_RENTED',
  explanation: '活动室两小时',
});

/** A part of a charge that somebody asks to forgive. */
export async function waiverRow(service: TestService, estate: Estate, chargeId: string): Promise<OfficeRow> {
  const why = { reasonCode: 'GOODWILL', explanation: '电梯停运三日' };
  const input = { communityId: estate.communityId, chargeId, amount: 100, ...why };
  return { type: 'Waiver', id: (await run<Made>(service, estate.clerk, 'requestWaiver', input)).id };
}

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
    { type: 'ChargeRequest', ...(await run<Made>(service, estate.clerk, 'requestCharge', venueRent(estate))) },
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
