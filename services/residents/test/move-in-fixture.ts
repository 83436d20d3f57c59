import type { TestService } from '@steward/test-kit';

import { acceptanceForm } from '../src/domain/move-in-policy.ts';
import { acting, onPaper, order, repaired, settle, staffOf } from './procedure-fixture.ts';
import type { Company, Entered } from './residents-fixture.ts';

export const moveInActs = (service: TestService) => acting(service, 'moveIn', 'id number version status');

export async function aMoveIn(
  service: TestService,
  company: Company,
  home: Entered,
  applicantKind = 'OWNER',
): Promise<string> {
  const input = { householdId: home.id, unitId: home.unitId, applicantKind };
  return (await moveInActs(service).act<{ id: string }>(company.clerk, 'openMoveIn', input)).id;
}

/** The whole form, in order but for the codes. */
export const results = (...failed: string[]) =>
  acceptanceForm.map(({ code }) => ({
    code,
    result: failed.includes(code) ? 'FAIL' : 'PASS',
    ...(failed.includes(code) ? { note: '关不严' } : {}),
  }));

export const readings = [
  { meter: 'WATER', value: '12.5' },
  { meter: 'ELECTRICITY', value: '103' },
  { meter: 'GAS', value: '0.750' },
];

export const ownersPapers = [
  'OWNER_IDENTITY_CARD',
  'MOVE_IN_NOTICE',
  'PURCHASE_CONTRACT',
  'RESIDENT_REGISTER',
  'MANAGEMENT_AGREEMENT',
];

export type SeenMoveIn = {
  id: string;
  status: string;
  requiredPapers: { kind: { code: string; label: string }; rule: string; isFiled: boolean }[];
  papers: { kind: { code: string }; scan: { name: string } | null }[];
  handedOverAt: string | null;
  keyCount: number | null;
  agreementsSignedAt: string | null;
  chargeState: string;
  checks: { item: { code: string; label: string }; rule: string; result: string | null }[];
  readings: { meter: string; value: { value: string; unit: string } }[];
  defects: { id: string; item: { code: string }; round: number; state: string; note: string | null }[];
  reacceptanceAt: string | null;
  deadlines: { kind: string; rule: string; state: string; dueAt: string }[];
  signatures: { role: string; image: { name: string } | null }[];
  availableActions: { action: string; allowed: boolean; refusal: { reason: string; rule: string | null } | null }[];
  history: { nodes: { action: string; rule: string | null }[] };
};

const moveIn = `query ($id: ID!) {
  moveIn(id: $id) {
    id status requiredPapers { kind { code label } rule isFiled } papers { kind { code } scan { name } }
    agreementsSignedAt handedOverAt keyCount chargeState checks { item { code label } rule result }
    readings { meter value { value unit } } defects { id item { code } round state note }
    reacceptanceAt deadlines { kind rule state dueAt } signatures { role image { name } }
    availableActions { action allowed refusal { reason rule } } history { nodes { action rule } }
  }
}`;

export async function seeMoveIn(service: TestService, company: Company, id: string): Promise<SeenMoveIn> {
  const answer = await service.ok<{ moveIn: SeenMoveIn | null }>(company.clerk, moveIn, { id });
  if (answer.moveIn === null) throw new Error('the move-in is not visible');
  return answer.moveIn;
}

/** Everything but the inspection. */
export async function prepared(service: TestService, company: Company, home: Entered, id: string): Promise<void> {
  const { act } = moveInActs(service);
  const { clerk } = company;
  const papers = ownersPapers.map((kindCode) => ({ kindCode }));
  await act(clerk, 'fileMoveInPapers', { id, papers });
  await act(clerk, 'signMoveInAgreements', { id, ...(await onPaper(service, company, clerk, home)) });
  const items = { itemCodes: ['KEYS', 'HANDBOOK', 'UTILITY_PLAN'], keyCount: 3 };
  await act(clerk, 'confirmMoveInHandover', { id, ...items, ...(await onPaper(service, company, clerk, home)) });
  await act(clerk, 'recordMoveInReadings', { id, readings, ...(await onPaper(service, company, clerk, home)) });
  await act(clerk, 'requestMoveInFee', { id, startsOn: '2026-03-02' });
  await settle(service, company, { aggregateType: 'move-in', aggregateId: id }, 'MANAGEMENT_FEE');
}

/** Each open defect is ordered and repaired by work-orders. */
export async function repairAll(service: TestService, company: Company, home: Entered, id: string): Promise<void> {
  const { defects } = await seeMoveIn(service, company, id);
  for (const { id: key } of defects.filter(({ state }) => state === 'FOUND')) {
    await repaired(service, company, await order(service, company, home, { system: 'MOVE_IN', key }));
  }
}

/** Maintenance finds every repair in order. */
export async function recheckAll(service: TestService, company: Company, id: string): Promise<void> {
  const { defects } = await seeMoveIn(service, company, id);
  for (const { id: defectId } of defects.filter(({ state }) => state === 'DONE')) {
    await moveInActs(service).act(staffOf(company, 'maintenance'), 'recheckMoveInDefect', {
      id,
      defectId,
      result: 'PASS',
    });
  }
}
