import type { Viewer } from '@steward/auth';
import { newId } from '@steward/core';
import { householdUnitReleased } from '@steward/events';
import type { TestService } from '@steward/test-kit';

import { aColleague, type Estate } from './billing-fixture.ts';

const nameOf = (mutation: string): string => `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input!`;

const answers: Readonly<Record<string, string>> = {
  Tariff: 'tariff { id status version }',
  Meter: 'meter { id version lastValue cumulative balance { amount } }',
  Apportionment: 'apportionment { id status version sharesSha256 bearerCount }',
  ChargeRun: 'chargeRun { id status version }',
  OpeningImport: 'openingImport { id status version }',
  OpeningBalances: 'openingImport { id }',
  MeterReading: 'meter { id version lastValue cumulative balance { amount } }',
  MeterReadings: 'results { index }',
  requestCharge: 'chargeRequest { id status version }',
  ChargeRequest: 'chargeRequest { id status version }',
  Waiver: 'waiver { id status version }',
};

const answerOf = (mutation: string): string =>
  Object.entries(answers).find(([type]) => mutation.endsWith(type))?.[1] ?? '';

const document = (mutation: string, selection = answerOf(mutation)): string =>
  `mutation ($input: ${nameOf(mutation)}) { ${mutation}(input: $input) { ${selection} } }`;

type Answer = { id: string; status: string; version: number };

/** Runs a mutation of this area and answers its aggregate. */
export async function run<T = Answer>(
  service: TestService,
  viewer: Viewer,
  mutation: string,
  input: object,
  selection?: string,
): Promise<T> {
  const data = await service.ok<Record<string, Record<string, T>>>(viewer, document(mutation, selection), { input });
  return Object.values(Object.values(data)[0] ?? {})[0] as T;
}

export async function refusal(
  service: TestService,
  viewer: Viewer,
  mutation: string,
  input: object,
  locale?: 'zh-CN' | 'en',
) {
  const { message, extensions } = await service.refused(viewer, document(mutation), { input }, locale);
  return { message, ...extensions };
}

/** Why it is refused: the reason, or every reason where there are several. */
export async function reasons(
  service: TestService,
  viewer: Viewer,
  mutation: string,
  input: object,
): Promise<string[]> {
  const { reason, violations } = await refusal(service, viewer, mutation, input);
  return violations.length > 1 ? violations.map((violation) => violation.reason) : [reason];
}

const paper = { documentNumber: '京发改〔2025〕12号', documentIssuer: '市物价局', documentIssuedOn: '2025-06-01' };

/** Terms of a tariff as the desk writes it down: 2.35 yuan per square metre and month unless said otherwise. */
export const aTariffInput = (estate: Estate, overrides: object = {}): object => ({
  communityId: estate.communityId,
  chargeTypeCode: 'MANAGEMENT_FEE',
  method: 'AREA',
  rate: '235',
  taxRate: '0.06',
  validFrom: '2025-06-01',
  ...paper,
  ...overrides,
});

/** Sets a figure of a policy for the community of an estate. */
export async function setFigure(
  service: TestService,
  estate: Estate,
  [policy, key]: [policy: string, key: string],
  value: number,
): Promise<void> {
  const mutation = `mutation ($input: SetBillingPolicyInput!) { setBillingPolicy(input: $input) { figures { key } } }`;
  const input = { communityId: estate.communityId, policy, key, value, reason: '业主大会决议第八号' };
  await service.ok(estate.director, mutation, { input });
}

/** A tariff in force. */
export async function aTariff(service: TestService, estate: Estate, overrides: object = {}): Promise<string> {
  const { id } = await run(service, estate.clerk, 'draftTariff', aTariffInput(estate, overrides));
  await run(service, estate.director, 'approveTariff', { id });
  return id;
}

export const firstQuarter = { periodFrom: '2026-01-01', periodTo: '2026-04-01', dueOn: '2026-03-31' };

/** Runs what is due now: the steps of runs set themselves one after the other. */
export const runTimers = (service: TestService): Promise<void> => service.move({ advance: 'PT1S' });

/** A run of the first quarter, computed. */
export async function aPreview(
  service: TestService,
  estate: Estate,
  chargeTypeCodes: readonly string[] = ['MANAGEMENT_FEE'],
  days: object = firstQuarter,
): Promise<string> {
  const input = { communityId: estate.communityId, chargeTypeCodes, ...days };
  const { id } = await run(service, estate.clerk, 'startChargeRun', input);
  await runTimers(service);
  return id;
}

/** A run that is posted. */
export async function aPostedRun(
  service: TestService,
  estate: Estate,
  chargeTypeCodes?: readonly string[],
  days?: object,
): Promise<string> {
  const id = await aPreview(service, estate, chargeTypeCodes, days);
  await run(service, estate.supervisor, 'postChargeRun', { id });
  await runTimers(service);
  return id;
}

export type LineSeen = {
  id: string;
  unit: { id: string };
  chargeType: { code: string };
  method: string;
  tariff: { id: string } | null;
  periodFrom: string;
  periodTo: string;
  quantity: string;
  rate: string | null;
  share: string;
  months: string | null;
  amount: { amount: number };
  taxRate: string;
  tax: { amount: number };
  rule: string;
};

export const lineFields = `id unit { id } chargeType { code } method tariff { id } periodFrom periodTo quantity rate share
  months amount { amount } taxRate tax { amount } rule`;

export type RunSeen = {
  status: string;
  lineCount: number;
  gapCount: number;
  total: { amount: number };
  tax: { amount: number };
  computedSteps: number;
  postedSteps: number;
  noticesSentAt: string | null;
  totals: { chargeType: { code: string }; lineCount: number; amount: { amount: number } }[];
  gaps: { nodes: { unit: { id: string }; chargeType: { code: string }; reason: string }[] };
  lines: { totalCount: number; nodes: LineSeen[] };
  deadlines: { kind: string; rule: string; state: string; dueAt: string; warnAt: string | null }[];
};

const runQuery = `query ($id: ID!) { chargeRun(id: $id) { status lineCount gapCount total { amount } tax { amount }
  computedSteps postedSteps noticesSentAt totals { chargeType { code } lineCount amount { amount } }
  gaps(first: 100) { nodes { unit { id } chargeType { code } reason } }
  lines(first: 100) { totalCount nodes { ${lineFields} } } deadlines { kind rule state dueAt warnAt } } }`;

export const seeRun = async (service: TestService, viewer: Viewer, id: string): Promise<RunSeen> =>
  (await service.ok<{ chargeRun: RunSeen }>(viewer, runQuery, { id })).chargeRun;

/** The sum of all postings of a community by type of account. */
export async function ledgerOf(service: TestService, { communityId }: Estate): Promise<Record<string, number>> {
  const found = await service.sql<{ type: string; sum: string }>(
    `select a.type, sum(p.amount) as sum from ledger_posting p join ledger_account a on a.id = p.account_id
      where a.community_id = $1 group by a.type`,
    [communityId],
  );
  return Object.fromEntries(found.map(({ type, sum }) => [type, Number(sum)]));
}

/** What a billing account owes. */
export async function owedBy(service: TestService, billingAccountId: string): Promise<number> {
  const [found] = await service.sql<{ sum: string | null }>(
    `select sum(p.amount) as sum from ledger_posting p join ledger_account a on a.id = p.account_id
      where a.billing_account_id = $1 and a.type = 'RECEIVABLE'`,
    [billingAccountId],
  );
  return Number(found?.sum ?? 0);
}

/** A household gives a unit up: the day it no longer holds it. */
export async function release(
  service: TestService,
  { tenantId, communityId }: Estate,
  { householdId, unitId }: { householdId: string; unitId: string },
  validTo: string,
): Promise<void> {
  const [holding] = await service.sql<{ id: string; valid_from: string }>(
    `select id, valid_from::text as valid_from from household_unit where household_id = $1 and unit_id = $2`,
    [householdId, unitId],
  );
  const data = {
    householdId,
    holdingId: holding?.id ?? newId(),
    unitId,
    tenure: 'OWNED' as const,
    validFrom: holding?.valid_from ?? '2020-01-01',
    validTo,
  };
  await service.wire.send(householdUnitReleased, { tenantId, communityId, aggregateId: householdId, data });
  await service.settle();
}

/** Every role of staff. */
export const everyRole = [
  'director',
  'deputyDirector',
  'administrativeSupervisor',
  'supervisor',
  'clerk',
  'cashier',
  'maintenance',
  'guard',
  'environment',
  'trainer',
  'analyst',
  'operator',
] as const;

/** Which roles a mutation lets in: the others are told that they may not, whatever the state is. */
export async function rolesOf(
  service: TestService,
  estate: Estate,
  mutation: string,
  input: object,
): Promise<string[]> {
  const allowed: string[] = [];
  for (const role of everyRole) {
    const viewer = aColleague(estate, role);
    const { reason } = await refusal(service, viewer, mutation, input);
    if (reason !== 'ACCESS_DENIED' && reason !== 'NOT_FOUND') allowed.push(role);
  }
  return allowed;
}
