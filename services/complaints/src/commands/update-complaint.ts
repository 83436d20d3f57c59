import { refuseAll } from '@steward/core';
import type { Tx } from '@steward/db';
import { complaintUpdated } from '@steward/events';
import { lockAuthorized, saveAndTell, seal, sealedName, sealOptional } from '@steward/service-kit';

import { complaintAggregate } from '../db/aggregates.ts';
import { findPlace } from '../db/reference-queries.ts';
import { phoneColumns } from '../db/sealed-record.ts';
import { idFact } from '../domain/complaint-facts.ts';
import type { Complaint } from '../domain/complaint.ts';
import { correctionViolations, placeViolations } from '../domain/intake-rules.ts';
import type { PlaceReference } from '../domain/references.ts';
import { stay } from '../domain/transition-rules.ts';
import type { UpdateComplaintInput } from '../graphql/generated.ts';

export async function updateComplaint(tx: Tx, input: UpdateComplaintInput): Promise<{ id: string }> {
  const complaint = await lockAuthorized(tx, complaintAggregate, input);
  const kept = stay(complaint, 'updateComplaint');
  const place = await findPlace(tx, input.placeId);
  refuseAll([...correctionViolations(input), ...placeViolations(input.placeId, place, complaint.communityId)]);
  const after = { ...kept, ...corrections(tx, input), ...placed(place) };
  const note = { action: 'updateComplaint', rule: 'A090' };
  await saveAndTell(tx, complaintAggregate, { before: complaint, after, note }, [complaintUpdated, idFact]);
  return { id: complaint.id };
}

/** What is absent is kept; what the record needs cannot be cleared. */
function corrections(tx: Tx, input: UpdateComplaintInput): Partial<Complaint> {
  const { contactName, contactPhone, summary, course, demand, respondentName } = input;
  return {
    ...(contactName == null ? {} : sealedName(tx, 'contactName', contactName)),
    ...(contactPhone === undefined ? {} : phoneColumns(tx, contactPhone)),
    ...(summary == null ? {} : { summarySealed: seal(tx, summary.trim()) }),
    ...(course == null ? {} : { courseSealed: seal(tx, course.trim()) }),
    ...(demand == null ? {} : { demandSealed: seal(tx, demand.trim()) }),
    ...(respondentName === undefined ? {} : { respondentSealed: sealOptional(tx, respondentName?.trim() || null) }),
  };
}

const placed = (place: PlaceReference | undefined): Partial<Complaint> =>
  place === undefined
    ? {}
    : { placeId: place.id, unitId: place.kind === 'UNIT' ? place.id : null, buildingId: place.buildingId };
