import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import { organisationRegistered } from '@steward/events';
import type { TestService } from '@steward/test-kit';

import { aChargedOrder } from './a-paid-order.ts';
import { lastChange, lastFact, lastRemark, reasons, see } from './work-order-views.ts';
import {
  act,
  aHousehold,
  anEstate,
  anOrder,
  aPlace,
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

describe('reclassifyWorkOrder', () => {
  const tap = { tradeCode: 'PLUMBING', problemCode: 'TAP_OR_VALVE' };

  it('[A067] [A109] changes the department, the return visit and who pays', async () => {
    const id = await anOrder(service, estate);
    const input = { id, tradeCode: 'WATERPROOFING', problemCode: 'BATHROOM_LEAK', part: 'OWN_FIT_OUT' };
    await act(service, estate.clerk, 'reclassifyWorkOrder', input);
    expect(await look(service, estate.clerk, id)).toMatchObject({
      departmentCode: 'MAINTENANCE',
      returnVisitKind: 'LEAK',
      responsibleParty: 'OWN_FIT_OUT',
      isPaid: true,
    });
    await act(service, estate.clerk, 'reclassifyWorkOrder', {
      id,
      tradeCode: 'CLEANING',
      problemCode: 'DIRTY_COMMON_AREA',
      part: 'COMMON',
    });
    expect(await look(service, estate.clerk, id)).toMatchObject({
      departmentCode: 'ENVIRONMENT',
      returnVisitKind: 'OTHER',
      isPaid: false,
    });
    expect(await told(service, id)).toContainEqual(
      expect.objectContaining({ template: 'workOrderReceived', role: 'supervisor', department_code: 'ENVIRONMENT' }),
    );
    expect(await lastFact(service, id, 'reclassified')).toMatchObject({ departmentCode: 'ENVIRONMENT', isPaid: false });
    expect(await lastChange(service, estate.clerk, id)).toMatchObject({ action: 'reclassifyWorkOrder', rule: 'A067' });
  });

  it.each([
    ['a trade nobody carries out', { ...tap, tradeCode: 'MAGIC' }, 'TRADE_UNKNOWN'],
    ['a problem of another trade', { ...tap, problemCode: 'NO_POWER' }, 'PROBLEM_UNKNOWN'],
    ['what it is already', tap, 'NOTHING_CHANGED'],
  ])('refuses %s', async (_what, input, reason) => {
    const id = await anOrder(service, estate);
    expect(await reasons(service, estate.clerk, 'reclassifyWorkOrder', { id, ...input })).toEqual([reason]);
  });
});

describe('locateWorkOrder', () => {
  it('[A066] [A067] names the unit and the household of a request that named the building', async () => {
    const id = await anOrder(service, estate, { placeId: estate.buildingId });
    expect(await look(service, estate.clerk, id)).toMatchObject({ unit: null, household: null, isPaid: false });
    await act(service, estate.clerk, 'locateWorkOrder', { id, placeId: estate.unitId });
    expect(await look(service, estate.clerk, id)).toMatchObject({
      unit: { id: estate.unitId },
      household: { id: estate.householdId },
      part: 'AS_DELIVERED',
      isPaid: true,
    });
    const { unitId, buildingId, householdId } = estate;
    expect(await lastFact(service, id, 'located')).toMatchObject({
      placeId: unitId,
      unitId,
      buildingId,
      householdId,
      isPaid: true,
    });
    expect(await reasons(service, estate.clerk, 'locateWorkOrder', { id, placeId: unitId })).toEqual([
      'NOTHING_CHANGED',
    ]);
  });

  it('asks whose it is where several households hold the unit', async () => {
    const unitId = await aPlace(service, estate, { path: '3/1/1301' });
    const first = await aHousehold(service, estate, unitId, newId());
    await aHousehold(service, estate, unitId, newId());
    await service.settle();
    const id = await anOrder(service, estate, { placeId: estate.lobbyId });
    const unsaid = { id, placeId: unitId };
    expect(await reasons(service, estate.clerk, 'locateWorkOrder', unsaid)).toEqual(['HOUSEHOLD_REQUIRED']);
    await act(service, estate.clerk, 'locateWorkOrder', { ...unsaid, householdId: first });
    expect((await look(service, estate.clerk, id)).household).toEqual({ id: first });
  });

  it('refuses a place of another community or of nobody, and a household that is not there', async () => {
    const id = await anOrder(service, estate);
    const elsewhere = await aPlace(service, { tenantId: estate.tenantId, communityId: newId() }, { path: '1/1/101' });
    await service.settle();
    const refused = (placeId: string, householdId?: string) =>
      reasons(service, estate.clerk, 'locateWorkOrder', { id, placeId, householdId });
    expect(await refused(elsewhere)).toEqual(['PLACE_UNKNOWN']);
    expect(await refused(newId())).toEqual(['PLACE_UNKNOWN']);
    expect(await refused(estate.unitId, newId())).toEqual(['HOUSEHOLD_NOT_AT_PLACE']);
  });
});

describe('changeWorkOrderResponsibleParty', () => {
  const reason = '合同外的设备';
  const anOrganisation = async (kind: 'CONTRACTOR' | 'DEVELOPER'): Promise<string> => {
    const organisationId = newId();
    const { tenantId, communityId } = estate;
    const data = { organisationId, communityId, kind };
    await service.wire.send(organisationRegistered, { tenantId, communityId, aggregateId: organisationId, data });
    await service.settle();
    return organisationId;
  };

  it('[B014] overrules the decision, names who does the work, and whether it is paid follows', async () => {
    const id = await anOrder(service, estate, { part: 'AS_DELIVERED' });
    expect((await look(service, estate.clerk, id)).isPaid).toBe(true);
    const contractorId = await anOrganisation('DEVELOPER');
    const input = { id, responsibleParty: 'DEVELOPER_WARRANTY', contractorId, reason };
    await act(service, estate.supervisor, 'changeWorkOrderResponsibleParty', input);
    expect(
      await see(service, estate.clerk, id, 'responsibleParty responsibilityBasis isPaid contractor { id }'),
    ).toEqual({
      responsibleParty: 'DEVELOPER_WARRANTY',
      responsibilityBasis: 'DECIDED',
      isPaid: false,
      contractor: { id: contractorId },
    });
    expect(await lastFact(service, id, 'responsible-party-changed')).toMatchObject({ contractorId, isPaid: false });
    expect(await lastRemark(service, estate.clerk, id)).toEqual({
      action: 'changeWorkOrderResponsibleParty',
      text: reason,
    });
    expect(await reasons(service, estate.supervisor, 'changeWorkOrderResponsibleParty', input)).toEqual([
      'NOTHING_CHANGED',
    ]);
  });

  it('refuses an organisation of another kind or of nobody, no reason, and a clerk', async () => {
    const id = await anOrder(service, estate);
    const contractorId = await anOrganisation('CONTRACTOR');
    const refused = (input: object) =>
      reasons(service, estate.supervisor, 'changeWorkOrderResponsibleParty', {
        id,
        responsibleParty: 'DEVELOPER_WARRANTY',
        reason,
        ...input,
      });
    expect(await refused({ contractorId })).toEqual(['ORGANISATION_KIND']);
    expect(await refused({ contractorId: newId() })).toEqual(['ORGANISATION_UNKNOWN']);
    expect(await refused({ reason: '' })).toEqual(['REASON_REQUIRED']);
    const input = { id, responsibleParty: 'DEVELOPER_WARRANTY', reason };
    expect(await refusal(service, estate.clerk, 'changeWorkOrderResponsibleParty', input)).toMatchObject({
      reason: 'ACCESS_DENIED',
    });
  });
});

describe('place, trade and party', () => {
  const inputs = {
    reclassifyWorkOrder: { tradeCode: 'PLUMBING', problemCode: 'TOILET' },
    locateWorkOrder: { placeId: '' },
    changeWorkOrderResponsibleParty: { responsibleParty: 'DEVELOPER_WARRANTY', reason: '重新认定' },
  };
  const refusedFor = async (id: string) => {
    const all = Object.entries({ ...inputs, locateWorkOrder: { placeId: estate.lobbyId } });
    return Promise.all(all.map(([name, input]) => reasons(service, estate.supervisor, name, { id, ...input })));
  };

  it('[A110] stay as they are once the fee is asked for', async () => {
    expect(new Set((await refusedFor(await aChargedOrder(service, estate))).flat())).toEqual(
      new Set(['CHARGE_REQUESTED']),
    );
  });

  it('stay as they are of an order that is over', async () => {
    const id = await anOrder(service, estate);
    await act(service, estate.clerk, 'cancelWorkOrder', { id, reasonCode: 'DUPLICATE' });
    expect(new Set((await refusedFor(id)).flat())).toEqual(new Set(['ILLEGAL_TRANSITION']));
  });
});
