import type { Viewer } from '@steward/auth';
import type { TestService } from '@steward/test-kit';

import { aFile } from './passes-fixture.ts';
import { aHousehold, mutation, type Company, type Entered } from './residents-fixture.ts';

const shown = `id number version status startsOn endsOn managementFeeShare waterUsedM3 electricityUsedKwh
  waterExceededAt electricityExceededAt signedAt signatures { role } readings { waterM3 electricityKwh photos { name } }
  patrols { id kind status dueAt patrolledAt findings { code label } note photos { name } }
  deadlines { kind rule state dueAt warnAt } availableActions { action allowed refusal { reason violations { reason } } }
  history { nodes { action rule reason } }`;

export type CustodyAnswer = {
  id: string;
  number: string;
  version: number;
  status: string;
  startsOn: string | null;
  endsOn: string | null;
  managementFeeShare: string | null;
  waterUsedM3: string | null;
  electricityUsedKwh: string | null;
  waterExceededAt: string | null;
  electricityExceededAt: string | null;
  signatures: { role: string }[];
  readings: { waterM3: string; electricityKwh: string }[];
  patrols: { id: string; kind: string; status: string; dueAt: string | null; findings: { code: string }[] }[];
  deadlines: { kind: string; rule: string; state: string; dueAt: string; warnAt: string | null }[];
  availableActions: { action: string; allowed: boolean; refusal: { violations: { reason: string }[] } | null }[];
};

export const custodyMutation = (name: string): string => mutation(name, `custody { ${shown} }`);

export async function onCustody(
  service: TestService,
  viewer: Viewer,
  name: string,
  input: object,
): Promise<CustodyAnswer> {
  const answer = await service.ok<Record<string, { custody: CustodyAnswer }>>(viewer, custodyMutation(name), { input });
  return (answer[name] as { custody: CustodyAnswer }).custody;
}

export const refusedOnCustody = async (service: TestService, viewer: Viewer, name: string, input: object) =>
  (await service.refused(viewer, custodyMutation(name), { input })).extensions;

export async function lookAtCustody(service: TestService, viewer: Viewer, id: string): Promise<CustodyAnswer | null> {
  const document = `query ($id: ID!) { custody(id: $id) { ${shown} } }`;
  return (await service.ok<{ custody: CustodyAnswer | null }>(viewer, document, { id })).custody;
}

export type Kept = { id: string; home: Entered };

/** A flat whose custody is asked for. */
export async function aCustody(service: TestService, company: Company): Promise<Kept> {
  const home = await aHousehold(service, company);
  const { id } = await onCustody(service, company.clerk, 'registerCustody', {
    householdId: home.id,
    unitId: home.unitId,
  });
  return { id, home };
}

export async function signCustody(service: TestService, company: Company, { id, home }: Kept): Promise<void> {
  const signatureFileId = await aFile(service, company.clerk, company, 'SIGNATURE');
  const input = { id, signerId: home.personId, signatureFileId };
  await onCustody(service, company.clerk, 'signCustodyAgreement', input);
}

/** A flat under custody since now, with 100.5 m³ and 2000 kWh on its meters. */
export async function anActiveCustody(service: TestService, company: Company): Promise<Kept> {
  const kept = await aCustody(service, company);
  await signCustody(service, company, kept);
  const reading = { id: kept.id, waterM3: '100.5', electricityKwh: '2000' };
  await onCustody(service, company.clerk, 'recordCustodyReading', reading);
  await onCustody(service, company.clerk, 'startCustody', { id: kept.id });
  return kept;
}
