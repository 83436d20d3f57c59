import { startWechatPaySimulator, type WechatPaySimulator } from '@steward/payments/simulator';

import type { DemoAccount } from '../demo/accounts.ts';
import { openGraph, residentOf, staffOf, type GraphClient } from './graph-client.ts';
import { startPlatform, type Platform } from './platform.ts';
import { directorOf, enterCommunity, enterCompany, giveHomes, settle, type Home } from './scene.ts';

/** An owner who owes something for a flat. */
export type Debtor = Home & { owner: DemoAccount; owes: number };

/** A payment by telephone as its payer looks at it. */
export type SeenOrder = {
  id: string;
  number: string;
  status: string;
  codeUrl: string | null;
  payment: { amount: { amount: number }; advance: { amount: number }; receipt: { number: string } } | null;
};

/** A company with one community, a merchant at the simulated provider, where several owe what was owed before. */
export type Stage = {
  platform: Platform;
  graph: GraphClient;
  simulator: WechatPaySimulator;
  communityId: string;
  director: DemoAccount;
  clerk: DemoAccount;
  cashier: DemoAccount;
  supervisors: [DemoAccount, DemoAccount];
  /** The next of those who owe, one for each that pays. */
  debtor(): Debtor;
  /** Moves the clocks here and at the provider. */
  move(to: { set: string } | { advance: string }): Promise<void>;
  /** A payment by telephone that its payer can scan. */
  order(debtor: Debtor, amount: number): Promise<SeenOrder>;
  look(debtor: Debtor, id: string): Promise<SeenOrder>;
  stop(): Promise<void>;
};

/** Monday, 9:00 in Shanghai; the story itself begins in the night after, when what is overdue has been listed. */
const startsAt = '2026-03-02T01:00:00Z';
const listed = '2026-03-02T17:00:00Z';

/** How many flats there are: one for each payer of the story. */
const flats = 9;
const arrears = [
  {
    chargeTypeCode: 'MANAGEMENT_FEE',
    periodFrom: '2025-07-01',
    periodTo: '2025-10-01',
    dueOn: '2025-09-30',
    amount: 9000,
  },
  { chargeTypeCode: 'WATER', periodFrom: '2025-10-01', periodTo: '2026-01-01', dueOn: '2026-01-31', amount: 1000 },
];
const owes = arrears.reduce((sum, { amount }) => sum + amount, 0);

/** What is owed on each flat, taken over from the books before. */
async function enterArrears(
  graph: GraphClient,
  director: DemoAccount,
  { communityId, homes }: { communityId: string; homes: readonly Home[] },
): Promise<void> {
  const sums = { arrearsAmount: owes * homes.length, prepaidAmount: 0, depositAmount: 0, meterCount: 0 };
  const opened = { communityId, openedOn: '2026-02-28', ...sums };
  type Opened = { openingImport: { id: string } };
  const selection = 'openingImport { id }';
  const { openingImport } = await graph.mutate<Opened>(director, 'openOpeningImport', opened, selection);
  const { id } = openingImport;
  const rows = homes.flatMap(({ unitId }) =>
    arrears.map((debt) => ({ kind: 'ARREARS', sourceKey: `${unitId}/${debt.chargeTypeCode}`, unitId, ...debt })),
  );
  await graph.mutate(director, 'importOpeningBalances', { id, rows }, 'results { isNew }');
  // Refused unless every row was taken.
  await graph.mutate(director, 'closeOpeningImport', { id }, selection);
}

/** What `setProviderAccount` takes of a simulated merchant; the provider reaches a platform by its gateway. */
export function accountAt(simulator: WechatPaySimulator, communityId: string, notifyOrigin: string): object {
  const { origin: apiOrigin, appId, merchantId, serialNumber, privateKey, apiKey } = simulator.account;
  return { communityId, appId, merchantId, serialNumber, privateKey, apiKey, apiOrigin, notifyOrigin };
}

const seenOrder = `id number status codeUrl payment { amount { amount } advance { amount } receipt { number } }`;

type Paying = Pick<Stage, 'graph' | 'communityId' | 'move'>;

/** The account that owes for a flat, as whoever owes finds it. */
export async function accountOf(graph: GraphClient, { owner }: Debtor): Promise<string> {
  const document = '{ charges(first: 1) { nodes { billingAccount { id } } } }';
  type Answer = { charges: { nodes: { billingAccount: { id: string } }[] } };
  return (await graph.graphql<Answer>(owner, document)).charges.nodes[0]?.billingAccount.id ?? '';
}

function payingSteps({ graph, communityId, move }: Paying): Pick<Stage, 'look' | 'order'> {
  const look: Stage['look'] = async ({ owner }, id) => {
    const document = `query ($id: ID!) { providerPayment(id: $id) { ${seenOrder} } }`;
    return (await graph.graphql<{ providerPayment: SeenOrder }>(owner, document, { id })).providerPayment;
  };
  const order: Stage['order'] = async (debtor, amount) => {
    const input = { communityId, billingAccountId: await accountOf(graph, debtor), amount };
    type Started = { providerPayment: { id: string } };
    const started = await graph.mutate<Started>(debtor.owner, 'startProviderPayment', input, 'providerPayment { id }');
    await move({ advance: 'PT1S' });
    return look(debtor, started.providerPayment.id);
  };
  return { look, order };
}

/** Each part of the platform in a process of its own, the provider in this one. */
export async function setStage(): Promise<Stage> {
  const platform = await startPlatform({ servers: 'shared', isMulti: true, startsAt });
  const graph = openGraph(platform);
  const director = directorOf('a');
  await enterCompany(graph, director);
  const { communityId, building } = await enterCommunity(graph, director, 'PAY');
  const buildings = Array.from({ length: flats }, () => building);
  const homes = await giveHomes(graph, director, { communityId, buildings });
  await settle(platform);
  await enterArrears(graph, director, { communityId, homes });
  let there = new Date(startsAt);
  const simulator = await startWechatPaySimulator(() => there);
  const account = accountAt(simulator, communityId, platform.gatewayUrl);
  await graph.mutate(director, 'setProviderAccount', account, 'isSet');
  const move: Stage['move'] = async (to) => void (there = new Date((await platform.moveClock(to)).now));
  await move({ set: listed });
  const waiting = homes.map((home) => ({ ...home, owner: residentOf(communityId, home.personId), owes }));
  return {
    platform,
    graph,
    simulator,
    communityId,
    director,
    clerk: staffOf('clerk', communityId),
    cashier: staffOf('cashier', communityId),
    supervisors: [staffOf('supervisor', communityId), staffOf('supervisor', communityId)],
    debtor: () => {
      const next = waiting.shift();
      if (next === undefined) throw new Error('everybody has paid');
      return next;
    },
    move,
    ...payingSteps({ graph, communityId, move }),
    stop: async () => {
      await platform.stop();
      await simulator.stop();
    },
  };
}
