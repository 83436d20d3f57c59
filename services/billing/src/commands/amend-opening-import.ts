import { refuseAll } from '@steward/core';
import type { Tx } from '@steward/db';
import { openingImportAmended } from '@steward/events';
import { lockAuthorized, saveAndTell } from '@steward/service-kit';

import { openingImportAggregate } from '../db/charging-aggregates.ts';
import { openingSteps, openingTotalViolations } from '../domain/opening-rules.ts';
import type { AmendOpeningImportInput } from '../graphql/generated.ts';
import { openingFact } from './opening-facts.ts';

/** The totals were mistyped: these hold instead; what was entered stays. */
export async function amendOpeningImport(tx: Tx, input: AmendOpeningImportInput): Promise<{ id: string }> {
  const before = await lockAuthorized(tx, openingImportAggregate, input);
  const moved = openingSteps.move(before, 'amendOpeningImport');
  const totals = {
    arrearsAmount: input.arrearsAmount ?? before.arrearsAmount,
    prepaidAmount: input.prepaidAmount ?? before.prepaidAmount,
    depositAmount: input.depositAmount ?? before.depositAmount,
    advanceAmount: input.advanceAmount ?? before.advanceAmount,
    meterCount: input.meterCount ?? before.meterCount,
  };
  refuseAll(openingTotalViolations(totals));
  const step = { before, after: { ...moved, ...totals }, note: { action: 'amendOpeningImport' } };
  await saveAndTell(tx, openingImportAggregate, step, [openingImportAmended, openingFact]);
  return { id: before.id };
}
