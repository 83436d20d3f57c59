import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aResidentViewer, type TestService } from '@steward/test-kit';

import { lastFact, reasons, see } from './work-order-views.ts';
import {
  act,
  anEstate,
  anOrder,
  completed,
  look,
  refusal,
  startWorkOrders,
  told,
  type Estate,
} from './work-orders-fixture.ts';

let service: TestService;
let estate: Estate;

beforeAll(async () => {
  service = await startWorkOrders();
  estate = await anEstate(service);
});
afterAll(() => service?.stop());

describe('urgeWorkOrder', () => {
  it('[A008] tells the assignee and the supervisor, again after two hours', async () => {
    const id = await anOrder(service, estate);
    await act(service, estate.clerk, 'assignWorkOrder', { id, assigneeId: estate.plumber.staffId });
    await act(service, estate.resident, 'urgeWorkOrder', { id });
    const tellings = (await told(service, id)).filter(({ template }) => template === 'workOrderUrged');
    expect(tellings).toEqual([
      expect.objectContaining({ staff_id: estate.plumber.staffId }),
      expect.objectContaining({ role: 'supervisor', department_code: 'MAINTENANCE' }),
    ]);
    await service.move({ advance: 'PT1H59M59S' });
    expect(await reasons(service, estate.clerk, 'urgeWorkOrder', { id })).toEqual(['URGED_RECENTLY']);
    await service.move({ advance: 'PT1S' });
    await act(service, estate.clerk, 'urgeWorkOrder', { id });
    expect((await look(service, estate.clerk, id)).urgeCount).toBe(2);
    expect(await lastFact(service, id, 'urged')).toEqual({ workOrderId: id, urgeCount: 2 });
  });

  it('refuses work that is done', async () => {
    const id = await anOrder(service, estate);
    await completed(service, estate, id);
    expect(await reasons(service, estate.resident, 'urgeWorkOrder', { id })).toEqual(['ILLEGAL_TRANSITION']);
  });

  it('is not for neighbours, who do not see the order', async () => {
    const id = await anOrder(service, estate);
    const neighbour = aResidentViewer({ tenantId: estate.tenantId, communityIds: [] });
    expect(await refusal(service, neighbour, 'urgeWorkOrder', { id })).toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('recordWorkOrderOpinion', () => {
  it("[A008] keeps the household's latest word on the result", async () => {
    const id = await anOrder(service, estate);
    await completed(service, estate, id);
    await act(service, estate.resident, 'recordWorkOrderOpinion', { id, rating: 2, opinion: '地面没擦' });
    await act(service, estate.resident, 'recordWorkOrderOpinion', { id, rating: 5, opinion: '已经擦干净了' });
    expect(await see(service, estate.clerk, id, 'opinionRating opinion')).toEqual({
      opinionRating: 5,
      opinion: '已经擦干净了',
    });
    expect(await lastFact(service, id, 'opinion-recorded')).toEqual({ workOrderId: id, rating: 5 });
  });

  it('[A008] is a rating from 1 to 5, once the work is done', async () => {
    const id = await anOrder(service, estate);
    const refused = (rating: number) => reasons(service, estate.resident, 'recordWorkOrderOpinion', { id, rating });
    expect(await refused(5)).toEqual(['ILLEGAL_TRANSITION']);
    await completed(service, estate, id);
    expect([await refused(0), await refused(6)]).toEqual([['RATING_OUT_OF_RANGE'], ['RATING_OUT_OF_RANGE']]);
    await act(service, estate.resident, 'recordWorkOrderOpinion', { id, rating: 1 });
    await act(service, estate.resident, 'recordWorkOrderOpinion', { id, rating: 5 });
  });
});
