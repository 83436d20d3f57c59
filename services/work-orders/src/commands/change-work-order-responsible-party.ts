import type { Tx } from '@steward/db';
import { workOrderResponsiblePartyChanged } from '@steward/events';
import { lockAuthorized, publish, saveAggregate } from '@steward/service-kit';

import { workOrderAggregate } from '../db/aggregates.ts';
import { tellSupervisor } from '../db/notices.ts';
import { findOrganisation } from '../db/reference-queries.ts';
import { insertRemark } from '../db/work-order-queries.ts';
import { requireReason } from '../domain/after-work-rules.ts';
import { decideParty } from '../domain/classification-rules.ts';
import { partyFact } from '../domain/work-order-facts.ts';
import type { ChangeWorkOrderResponsiblePartyInput } from '../graphql/generated.ts';

export async function changeWorkOrderResponsibleParty(
  tx: Tx,
  input: ChangeWorkOrderResponsiblePartyInput,
): Promise<{ id: string }> {
  const order = await lockAuthorized(tx, workOrderAggregate, input);
  const { contractorId, responsibleParty } = input;
  const contractor =
    contractorId == null ? null : { id: contractorId, found: await findOrganisation(tx, contractorId) };
  const decided = decideParty(order, responsibleParty, contractor);
  requireReason(input.reason, 'B014');
  const note = { action: 'changeWorkOrderResponsibleParty', reasonCode: responsibleParty, rule: 'B014' };
  const saved = await saveAggregate(tx, workOrderAggregate, order, decided, note);
  publish(tx, saved, workOrderResponsiblePartyChanged, partyFact(saved));
  await insertRemark(tx, saved.id, 'changeWorkOrderResponsibleParty', input.reason);
  await tellSupervisor(tx, saved, 'workOrderPartyChanged', { responsibleParty });
  return { id: saved.id };
}
