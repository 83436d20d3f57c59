import { refuseAll, type Violation } from '@steward/core';
import type { Tx } from '@steward/db';
import { complaintRepairRequested } from '@steward/events';
import { lockAuthorized, saveAndTell } from '@steward/service-kit';

import { complaintAggregate } from '../db/aggregates.ts';
import { insertRepair } from '../db/complaint-queries.ts';
import { findPlace } from '../db/reference-queries.ts';
import { isCode } from '../domain/code-rules.ts';
import { repairRequestedFact } from '../domain/complaint-facts.ts';
import { requestRepair } from '../domain/handling-rules.ts';
import { placeViolations } from '../domain/intake-rules.ts';
import type { RequestComplaintRepairInput } from '../graphql/generated.ts';

export async function requestComplaintRepair(tx: Tx, input: RequestComplaintRepairInput): Promise<{ id: string }> {
  const complaint = await lockAuthorized(tx, complaintAggregate, input);
  const { tradeCode, problemCode, isEmergency } = input;
  const placeId = input.placeId ?? complaint.placeId;
  const requested = requestRepair(complaint, placeId !== null);
  const place = await findPlace(tx, input.placeId);
  refuseAll([
    ...placeViolations(input.placeId, place, complaint.communityId),
    ...codeViolations({ tradeCode, problemCode }),
  ]);
  const terms = { placeId: placeId ?? '', tradeCode, problemCode, isEmergency: isEmergency ?? false };
  const repair = await insertRepair(tx, { complaintId: complaint.id, ...terms });
  const note = { action: 'requestComplaintRepair', reasonCode: problemCode, rule: 'A034' };
  await saveAndTell(tx, complaintAggregate, { before: complaint, after: requested, note }, [
    complaintRepairRequested,
    (saved) => repairRequestedFact(saved, repair),
  ]);
  return { id: complaint.id };
}

/** Which trades and problems there are is known to work-orders alone; here they only have to be codes. */
const codeViolations = (codes: Record<string, string>): Violation[] =>
  Object.entries(codes)
    .filter(([, code]) => !isCode(code))
    .map(([field]) => ({ path: `input.${field}`, reason: 'CODE_MALFORMED', rule: 'A034' }));
