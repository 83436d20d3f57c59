import type { Viewer } from '@steward/auth';
import { newId } from '@steward/core';
import { chargeSettled, workOrderAccepted, workOrderRegistered } from '@steward/events';
import { aResidentViewer, aStaffViewer, type TestService } from '@steward/test-kit';

import { mutation, type Company, type Entered } from './residents-fixture.ts';

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=',
  'base64',
);
const pdf = Buffer.from('%PDF-1.7\n% a scan\n%%EOF\n');

type Upload = { createProcedureUpload: { upload: { fileId: string; uploadUrl: string } } };

/** Uploads the image of a signature, a photo or a scanned paper and answers its id. */
export async function anUpload(
  service: TestService,
  { communityId }: Company,
  viewer: Viewer,
  purpose: 'PHOTO' | 'SIGNATURE' | 'PAPER' = 'SIGNATURE',
): Promise<string> {
  const [body, contentType] = purpose === 'PAPER' ? [pdf, 'application/pdf'] : [png, 'image/png'];
  const input = { communityId, purpose, fileName: '签名', contentType, bytes: body.length };
  const document = mutation('createProcedureUpload', 'upload { fileId uploadUrl }');
  const { upload } = (await service.ok<Upload>(viewer, document, { input })).createProcedureUpload;
  const headers = { 'content-type': contentType };
  const { ok, status } = await fetch(new URL(upload.uploadUrl, service.url()), { method: 'PUT', headers, body });
  if (!ok) throw new Error(`upload: ${status}`);
  return upload.fileId;
}

/** People of a company besides its desk. */
export const staffOf = ({ tenantId, communityId }: Company, role: Viewer['roles'][number]): Viewer =>
  aStaffViewer({ roles: [role], tenantId, communityIds: [communityId] });

export const residentOf = ({ tenantId, communityId }: Company, { personId }: Entered): Viewer =>
  aResidentViewer({ tenantId, communityIds: [communityId], personId });

/** The signature of the household's owner on paper, as the desk brings it. */
export const onPaper = async (service: TestService, company: Company, viewer: Viewer, home: Entered) => ({
  signatureFileId: await anUpload(service, company, viewer),
  signerId: home.personId,
});

/** Runs mutations that answer `thing`, with what is selected of it. */
export const acting = (service: TestService, thing: string, selection: string) => {
  const document = (name: string): string => mutation(name, `${thing} { ${selection} }`);
  return {
    act: async <Answer = Record<string, unknown>>(viewer: Viewer, name: string, input: object): Promise<Answer> => {
      const answer = await service.ok<Record<string, Record<string, Answer>>>(viewer, document(name), { input });
      return answer[name]?.[thing] as Answer;
    },
    refusal: async (viewer: Viewer, name: string, input: object) => {
      const { message, extensions } = await service.refused(viewer, document(name), { input });
      return { message, ...extensions };
    },
  };
};

type Cause = { aggregateType: string; aggregateId: string };

/** Billing says that a charge was paid. */
export async function settle(service: TestService, company: Company, cause: Cause, type: string): Promise<void> {
  const { tenantId, communityId } = company;
  const chargeId = newId();
  const data = {
    chargeId,
    communityId,
    unitId: null,
    householdId: null,
    chargeTypeCode: type,
    cause: { service: 'residents', ...cause },
    fee: { amount: 120_000, currency: 'CNY' },
    settledAt: '2026-03-02T02:00:00.000Z',
    receiptNumber: 'R-1',
  };
  await service.wire.send(chargeSettled, { tenantId, communityId, aggregateId: chargeId, data });
  await service.settle();
}

type Source = { system: string; key: string };

/** Work-orders say that the repair of a defect was ordered; answers the order's id. */
export async function order(service: TestService, company: Company, home: Entered, source: Source): Promise<string> {
  const { tenantId, communityId } = company;
  const workOrderId = newId();
  const data = {
    workOrderId,
    number: 'WX-20260302-0001',
    channelCode: 'MOVE_IN_INSPECTION',
    placeId: home.unitId,
    unitId: home.unitId,
    buildingId: null,
    householdId: home.id,
    tradeCode: 'CARPENTRY',
    problemCode: 'WINDOW',
    departmentCode: 'MAINTENANCE',
    responsibleParty: 'DEVELOPER_WARRANTY' as const,
    isPaid: false,
    priority: 'NORMAL' as const,
    receivedAt: '2026-03-02T01:00:00.000Z',
    source,
  };
  await service.wire.send(workOrderRegistered, { tenantId, communityId, aggregateId: workOrderId, data });
  await service.settle();
  return workOrderId;
}

/** Work-orders say that a repair was accepted. */
export async function repaired(service: TestService, company: Company, workOrderId: string): Promise<void> {
  const { tenantId, communityId } = company;
  const data = { workOrderId, acceptedAt: '2026-03-03T01:00:00.000Z', acceptedBy: 'HOUSEHOLD' as const };
  await service.wire.send(workOrderAccepted, { tenantId, communityId, aggregateId: workOrderId, data });
  await service.settle();
}
