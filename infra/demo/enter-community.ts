import { setTimeout as wait } from 'node:timers/promises';

import { derivedKey } from '../import/derived-key.ts';
import type { GatewayClient } from '../import/gateway-client.ts';
import { ImportError } from '../import/import-error.ts';
import { demoId, type DemoDepartment, type DemoTenant } from './accounts.ts';
import type { CommunityPlan } from './communities.ts';
import { enterCompanyItself } from './enter-company.ts';
import type { Estate } from './estate.ts';
import type { Neighbourhood } from './households.ts';
import { inParallel } from './in-parallel.ts';
import { operations } from './operations.ts';
import { onceHeard } from './play-story.ts';
import { paidServices } from './repair-texts.ts';
import type { StaffRow } from './staff.ts';

const departments: readonly [DemoDepartment, string][] = [
  ['CUSTOMER_SERVICE', '客户服务部'],
  ['MAINTENANCE', '工程维修部'],
  ['SECURITY', '秩序安护部'],
  ['ENVIRONMENT', '环境管理部'],
  ['FINANCE', '财务部'],
];

/** Rows that one call of an import mutation takes. */
const rowsPerCall = 500;

type Row = Record<string, unknown>;
type RowAnswer = { isNew: boolean; refusal: { reason: string; message: string } | null };

/** Sends rows in parts of what one call takes; a refused row is a mistake of the demo and ends it. */
async function enterRows<A extends RowAnswer>(
  client: GatewayClient,
  operation: 'registerPlaces' | 'registerHouseholds' | 'registerStaff',
  rows: readonly Row[],
  fixed: Row = {},
): Promise<A[]> {
  const answers: A[] = [];
  for (let from = 0; from < rows.length; from += rowsPerCall) {
    const input = { ...fixed, rows: rows.slice(from, from + rowsPerCall) };
    const answer = await onceHeard(() => client<Record<string, { results: A[] }>>(operations[operation], { input }));
    answers.push(...(answer[operation]?.results ?? []));
  }
  const refused = answers.findIndex(({ refusal }) => refusal !== null);
  if (refused >= 0) {
    const { reason, message } = answers[refused]?.refusal ?? { reason: '', message: '' };
    throw new Error(`${operation}, row ${refused}: ${reason}: ${message}`);
  }
  return answers;
}

/** Enters the company and its departments, unless they are there. */
export async function enterCompany(director: GatewayClient, tenant: DemoTenant): Promise<void> {
  await enterCompanyItself(director, tenant);
  const known = await director<{ departments: { nodes: { number: string }[] } }>(operations.departments, {});
  const numbers = known.departments.nodes.map(({ number }) => number);
  for (const [index, [code, name]] of departments.entries()) {
    if (numbers.includes(code)) continue;
    const id = demoId('department', (tenant === 'a' ? 1 : 101) + index);
    await director(operations.registerDepartment, { input: { id, code, name } });
  }
}

/** Enters a community, unless it is there; answers when it was entered for the first time. */
export async function enterCommunityItself(director: GatewayClient, plan: CommunityPlan): Promise<Date> {
  type Community = { createdAt: string };
  const { communities } = await director<{ communities: { nodes: Community[] } }>(operations.community, {
    number: plan.code,
  });
  const [known] = communities.nodes;
  if (known !== undefined) return new Date(known.createdAt);
  const { community, code, address, builtAreaM2 } = plan;
  const input = { id: community.id, code, name: community.name, address, builtAreaM2 };
  type Registered = { registerCommunity: { community: Community } };
  const { registerCommunity } = await director<Registered>(operations.registerCommunity, { input });
  return new Date(registerCommunity.community.createdAt);
}

async function enterOrganisations(
  director: GatewayClient,
  plan: CommunityPlan,
  neighbourhood: Neighbourhood,
): Promise<void> {
  const communityId = plan.community.id;
  const known = await director<{ organisations: { nodes: { id: string }[] } }>(operations.organisations, {
    communityId,
  });
  const ids = new Set(known.organisations.nodes.map(({ id }) => id));
  for (const organisation of neighbourhood.organisations) {
    if (!ids.has(organisation.id))
      await director(operations.registerOrganisation, { input: { communityId, ...organisation } });
  }
}

/** Hires staff and puts everybody who is not yet on duty, so that work can be given out. */
async function enterStaff(director: GatewayClient, staff: readonly StaffRow[]): Promise<void> {
  type Hired = RowAnswer & { staffMember: { isOnDuty: boolean } | null };
  const answers = (await hireOnceHeard(director, staff)) as Hired[];
  const offDuty = staff.filter((_, index) => answers[index]?.staffMember?.isOnDuty === false);
  await inParallel(offDuty, 4, async ({ id }) => {
    await director(operations.startStaffDuty, { input: { id, idempotencyKey: derivedKey('demo', 'duty', id) } });
  });
}

/** hr refuses rows for as long as it has not heard of their community. */
async function hireOnceHeard(director: GatewayClient, staff: readonly StaffRow[]): Promise<RowAnswer[]> {
  const giveUpAt = performance.now() + 60_000;
  for (;;) {
    try {
      return await enterRows(director, 'registerStaff', staff);
    } catch (error) {
      const isPassing =
        error instanceof Error && !(error instanceof ImportError) && error.message.includes('COMMUNITY_UNKNOWN');
      if (!isPassing || performance.now() > giveUpAt) throw error;
      await wait(250);
    }
  }
}

async function publishServices(director: GatewayClient, communityId: string): Promise<void> {
  const known = await onceHeard(() =>
    director<{ paidServices: { nodes: { number: string }[] } }>(operations.paidServices, { communityId }),
  );
  const codes = known.paidServices.nodes.map(({ number }) => number);
  for (const { priceAmount, ...service } of paidServices) {
    if (codes.includes(service.code)) continue;
    const input = { communityId, ...service, unitPriceAmount: priceAmount };
    await onceHeard(() => director(operations.publishPaidService, { input }));
  }
}

/** Fills a community with its places, people and staff; what is there already stays as it is. */
export async function fillCommunity(
  director: GatewayClient,
  plan: CommunityPlan,
  { estate, neighbourhood, staff }: { estate: Estate; neighbourhood: Neighbourhood; staff: readonly StaffRow[] },
): Promise<void> {
  const communityId = plan.community.id;
  await enterRows(director, 'registerPlaces', estate.rows, { communityId });
  await enterOrganisations(director, plan, neighbourhood);
  await enterRows(director, 'registerHouseholds', neighbourhood.households, { communityId });
  await enterStaff(director, staff);
  await publishServices(director, communityId);
}
