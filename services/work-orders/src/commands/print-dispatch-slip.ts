import type { Tx } from '@steward/db';
import { renderPdf } from '@steward/documents';
import { workOrderDispatchSlipPrinted } from '@steward/events';
import { keepGenerated } from '@steward/files';
import { lockAuthorized, publish, saveAggregate } from '@steward/service-kit';

import { workOrderAggregate } from '../db/aggregates.ts';
import { keepSlipPrint, printsOfSlip } from '../db/dispatch-slip-queries.ts';
import { nextSlipPrint } from '../domain/dispatch-slip-rules.ts';
import { requireAction } from '../domain/transition-rules.ts';
import type { PrintDispatchSlipInput } from '../graphql/generated.ts';
import { dispatchSlipPage } from './dispatch-slip-page.ts';

/** Puts the slip of the present dispatch on paper: the first print is the original, each further one says which it is (A205). */
export async function printDispatchSlip(
  tx: Tx,
  input: PrintDispatchSlipInput,
): Promise<{ id: string; printId: string }> {
  const order = await lockAuthorized(tx, workOrderAggregate, input);
  requireAction(order, 'printDispatchSlip');
  const { id, communityId, number } = order;
  const print = nextSlipPrint(order, await printsOfSlip(tx, id, order.dispatchCount));
  const content = await renderPdf(await dispatchSlipPage(tx, order, print));
  const file = {
    purpose: 'dispatch-slip',
    contentType: 'application/pdf' as const,
    fileName: `${number}-${print.dispatchCount}.pdf`,
    communityId,
  };
  const fileId = await keepGenerated(tx, file, content);
  const printId = await keepSlipPrint(tx, { ...print, workOrderId: id, fileId });
  const saved = await saveAggregate(tx, workOrderAggregate, order, order, {
    action: 'printDispatchSlip',
    rule: 'A205',
  });
  const { dispatchCount, copy } = print;
  publish(tx, saved, workOrderDispatchSlipPrinted, { workOrderId: id, dispatchCount, copy });
  return { id, printId };
}
