import { txScope, type Tx } from '@steward/db';
import { decorationInspectionRecorded } from '@steward/events';
import { requireUploaded } from '@steward/files';
import {
  checkItems,
  invocationOf,
  lockAuthorized,
  meetDeadline,
  publish,
  resolvePolicy,
  saveAggregate,
  sealOptional,
} from '@steward/service-kit';

import { decorationInspectionAggregate } from '../db/decoration-aggregates.ts';
import { insertDecorationPhotos } from '../db/decoration-queries.ts';
import { tell } from '../db/notices.ts';
import { inspectionFact } from '../domain/decoration-facts.ts';
import { decorationChecklistName } from '../domain/decoration-inspection-policy.ts';
import { recordInspection } from '../domain/decoration-inspection-rules.ts';
import type { DecorationInspection } from '../domain/decoration-inspection.ts';
import { decorationDepartments, decorationPolicy } from '../domain/decoration-policy.ts';
import { fieldTime } from '../domain/field-time.ts';
import type { RecordDecorationInspectionInput } from '../graphql/generated.ts';

const rule = 'A313';
const action = 'recordDecorationInspection';

/** What was found, item by item (A238, A313); what failed is shown and told to security and the desk. */
export async function recordDecorationInspection(
  tx: Tx,
  input: RecordDecorationInspectionInput,
): Promise<{ id: string }> {
  const { findings = null } = input;
  const results = input.results.map(({ code, isInOrder }) => ({ code, result: isInOrder ? 'PASS' : 'FAIL' }) as const);
  const inspection = await lockAuthorized(tx, decorationInspectionAggregate, input);
  const { backdatingHours } = await resolvePolicy(tx, decorationPolicy, inspection.communityId);
  const { now } = txScope(tx);
  const photoFileIds = [...new Set(input.photoFileIds)];
  const bounds = { now, backdatingHours, notBefore: inspection.createdAt, rule };
  const recorded = recordInspection(
    inspection,
    { results, findings, photoCount: photoFileIds.length },
    {
      inspectedAt: fieldTime(input.occurredAt, bounds),
      inspectorId: invocationOf(tx).viewer.staffId ?? null,
      findingsSealed: sealOptional(tx, findings),
    },
  );
  await requireUploaded(tx, photoFileIds, 'photo', 'input.photoFileIds');
  await checkItems(tx, inspection.id, decorationChecklistName, results);
  const saved = await saveAggregate(tx, decorationInspectionAggregate, inspection, recorded, { action, rule });
  await insertDecorationPhotos(tx, saved.id, photoFileIds);
  const { failedCodes } = saved;
  publish(tx, saved, decorationInspectionRecorded, { ...inspectionFact(saved), failedCodes });
  await meetDeadline(tx, saved, 'INSPECTION', saved.inspectedAt ?? now);
  if (failedCodes.length > 0) await tellOfFindings(tx, saved);
  return { id: saved.id };
}

async function tellOfFindings(tx: Tx, inspection: DecorationInspection): Promise<void> {
  const { security, desk } = decorationDepartments;
  for (const departmentCode of [security, desk]) {
    const to = { role: 'supervisor', departmentCode } as const;
    await tell(tx, inspection, to, 'decorationInspectionFailed', { failed: inspection.failedCodes.length });
  }
}
