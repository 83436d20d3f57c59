import type { DemoAccount } from './accounts.ts';
import { demoAccounts } from './accounts.ts';
import { communityPlans, type CommunityPlan } from './communities.ts';
import { openDemoSession, type DemoSession, type TokenOf } from './demo-session.ts';
import { enterCommunityItself, enterCompany, fillCommunity } from './enter-community.ts';
import { buildEstate } from './estate.ts';
import { settle } from './households.ts';
import { playProcedures } from './play-procedures.ts';
import { playWorkOrders } from './play-work-orders.ts';
import { hire } from './staff.ts';

export type LoadDemoOptions = {
  gatewayUrl: string;
  /** Absent: tokens are signed with this checkout's development key. */
  token?: TokenOf;
  onProgress?: (line: string) => void;
};

/** The account that enters a company's data: its director, whose rights reach everywhere. */
export function directorOf(tenant: DemoAccount['tenant']): DemoAccount {
  const director = demoAccounts.find((account) => account.tenant === tenant && account.role === 'director');
  if (director === undefined) throw new Error(`company ${tenant} has no director`);
  return director;
}

type Entered = { plan: CommunityPlan; begunAt: Date };

async function loadCommunity(
  session: DemoSession,
  { plan, begunAt }: Entered,
  tell: (line: string) => void,
): Promise<() => Promise<void>> {
  const director = session.as(directorOf(plan.community.tenant));
  const estate = buildEstate(plan.estate);
  const neighbourhood = settle(plan, estate);
  const staff = hire(plan);
  await fillCommunity(director, plan, { estate, neighbourhood, staff });
  const { households } = neighbourhood;
  tell(`${plan.community.name}: ${estate.flats.length} flats, ${households.length} households, ${staff.length} staff`);
  await playWorkOrders(session, plan, { director, estate, neighbourhood, staff, begunAt }, tell);
  return () => playProcedures(session, plan, { director, estate, neighbourhood, begunAt }, tell);
}

/**
 * Fills a platform with the demo through its gateway, as clients would: two companies, three communities, everybody
 * who lives and works there, and three months of work orders. The same on every machine; what is there already stays
 * as it is, so it can be run again, also after it was cut off.
 */
export async function loadDemo({ gatewayUrl, token, onProgress = () => undefined }: LoadDemoOptions): Promise<void> {
  const session = openDemoSession(gatewayUrl, token);
  const startedAt = performance.now();
  for (const tenant of ['a', 'b'] as const) await enterCompany(session.as(directorOf(tenant)), tenant);
  const entered: Entered[] = [];
  // All communities before anybody is hired: some work in several of them.
  for (const plan of communityPlans) {
    const director = session.as(directorOf(plan.community.tenant));
    entered.push({ plan, begunAt: await enterCommunityItself(director, plan) });
  }
  const desks: (() => Promise<void>)[] = [];
  for (const one of entered) desks.push(await loadCommunity(session, one, onProgress));
  for (const playDesk of desks) await playDesk();
  onProgress(`complete after ${Math.round((performance.now() - startedAt) / 1000)} s`);
}
