import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Viewer } from '@steward/auth';
import type { TestService } from '@steward/test-kit';

import { see } from './work-order-views.ts';
import { act, anEstate, anOrder, completed, look, startWorkOrders, type Estate } from './work-orders-fixture.ts';

let service: TestService;
let estate: Estate;
let ids: { received: string; urgent: string; done: string; withdrawn: string };

beforeAll(async () => {
  service = await startWorkOrders();
  estate = await anEstate(service);
  const received = await anOrder(service, estate);
  const urgent = await anOrder(service, estate, { problemCode: 'PIPE_BURST' });
  await act(service, estate.clerk, 'assignWorkOrder', { id: urgent, assigneeId: estate.plumber.staffId });
  const done = await anOrder(service, estate);
  await completed(service, estate, done);
  const withdrawn = await anOrder(service, estate);
  await act(service, estate.clerk, 'cancelWorkOrder', { id: withdrawn, reasonCode: 'DUPLICATE' });
  ids = { received, urgent, done, withdrawn };
});
afterAll(() => service?.stop());

describe('availableActions', () => {
  type Actions = {
    availableActions: { action: string; allowed: boolean; refusal: { reason: string; message: string } | null }[];
  };
  const actionsOf = async (viewer: Viewer, id: string): Promise<Actions['availableActions']> => {
    const selection = 'availableActions { action allowed refusal { reason message } }';
    return (await see<Actions>(service, viewer, id, selection)).availableActions;
  };
  const allowed = async (viewer: Viewer, id: string): Promise<string[]> =>
    (await actionsOf(viewer, id))
      .filter((action) => action.allowed)
      .map(({ action }) => action)
      .toSorted();

  it('are those that the role and the state let this viewer do', async () => {
    expect(await allowed(estate.resident, ids.received)).toEqual([
      'cancelWorkOrder',
      'makeWorkOrderAppointment',
      'updateWorkOrder',
      'urgeWorkOrder',
    ]);
    expect(await allowed(estate.plumber, ids.received)).toEqual(['takeWorkOrder']);
    expect(await allowed(estate.plumber, ids.urgent)).toEqual([
      'arriveOnSite',
      'locateWorkOrder',
      'pauseWorkOrder',
      'printDispatchSlip',
      'reclassifyWorkOrder',
      'returnWorkOrder',
      'transferWorkOrder',
    ]);
    expect(await allowed(estate.clerk, ids.withdrawn)).toEqual([]);
    expect(await allowed(estate.clerk, ids.done)).toEqual([
      'acceptWorkOrder',
      'printDispatchSlip',
      'recordWorkOrderOpinion',
      'recordWorkOrderReturnVisit',
      'refuseWorkOrderAcceptance',
    ]);
  });

  it('say why not', async () => {
    const refusals = new Map(
      (await actionsOf(estate.plumber, ids.urgent)).map(({ action, refusal }) => [action, refusal?.reason]),
    );
    expect(refusals.get('dispatchWorkOrder')).toBe('ACCESS_DENIED');
    expect(refusals.get('completeWorkOrder')).toBe('ILLEGAL_TRANSITION');
    expect(refusals.get('quoteWorkOrder')).toBe('WORK_IS_FREE');
    const [first] = (await actionsOf(estate.clerk, ids.withdrawn)).filter(({ refusal }) => refusal !== null);
    expect(first?.refusal?.message).toMatch(/[a-z]/);
  });
});

describe('workOrderNotifications', () => {
  it('are what the viewer was told, newest first', async () => {
    type Told = { workOrderNotifications: { nodes: { text: string }[] } };
    const query = '{ workOrderNotifications { nodes { text } } }';
    const texts = async (viewer: Viewer) =>
      (await service.ok<Told>(viewer, query)).workOrderNotifications.nodes.map(({ text }) => text);
    const { number } = await look(service, estate.clerk, ids.done);
    expect((await texts(estate.plumber)).some((text) => text.includes(number))).toBe(true);
    expect(await texts((await anEstate(service)).plumber)).toEqual([]);
  });
});
