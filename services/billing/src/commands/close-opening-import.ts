import { txScope, type Tx } from '@steward/db';
import { openingImportClosed } from '@steward/events';
import { lockAuthorized, saveAndTell } from '@steward/service-kit';

import { openingImportAggregate } from '../db/charging-aggregates.ts';
import { openingSums } from '../db/opening-queries.ts';
import { reconcile, requireAgreement, openingSteps } from '../domain/opening-rules.ts';
import type { CloseOpeningImportInput } from '../graphql/generated.ts';
import { openingFact } from './opening-facts.ts';

export async function closeOpeningImport(tx: Tx, input: CloseOpeningImportInput): Promise<{ id: string }> {
  const before = await lockAuthorized(tx, openingImportAggregate, input);
  const moved = openingSteps.move(before, 'closeOpeningImport');
  requireAgreement(reconcile(before, await openingSums(tx, before.id)));
  const after = { ...moved, closedAt: txScope(tx).now };
  const step = { before, after, note: { action: 'closeOpeningImport' } };
  await saveAndTell(tx, openingImportAggregate, step, [openingImportClosed, openingFact]);
  return { id: before.id };
}
