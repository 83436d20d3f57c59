import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import { workOrderReopened } from '@steward/events';
import type { TestService } from '@steward/test-kit';

import { aMoveIn, moveInActs, recheckAll, repairAll, results, seeMoveIn } from './move-in-fixture.ts';
import { order, repaired, residentOf, staffOf } from './procedure-fixture.ts';
import { aCompany, aHousehold, factsAfter, startResidents, type Company, type Entered } from './residents-fixture.ts';

let service: TestService;
let company: Company;

beforeAll(async () => {
  service = await startResidents();
  company = await aCompany(service);
});
afterAll(() => service?.stop());

const fresh = async (): Promise<{ home: Entered; id: string }> => {
  const home = await aHousehold(service, company);
  return { home, id: await aMoveIn(service, company, home) };
};
const states = async (id: string) =>
  (await seeMoveIn(service, company, id)).defects.map(({ item, round, state }) => [item.code, round, state]);

describe('inspectMoveIn', () => {
  it('[A056] goes through every item of the form', async () => {
    const { id } = await fresh();
    const { act, refusal } = moveInActs(service);
    const items = [...results().slice(2), { code: 'SWIMMING_POOL', result: 'PASS' }, { code: 'GAS', result: 'PASS' }];
    const { violations } = await refusal(company.clerk, 'inspectMoveIn', { id, items });
    expect(violations.map(({ reason, rule }) => [reason, rule])).toEqual([
      ['CHECK_ITEM_MISSING', 'A056'],
      ['CHECK_ITEM_MISSING', 'A056'],
      ['CHECK_ITEM_UNKNOWN', 'A056'],
      ['CHECK_ITEM_REPEATED', 'A056'],
    ]);
    await act(company.clerk, 'inspectMoveIn', { id, items: results() });
    const seen = await seeMoveIn(service, company, id);
    expect(seen.status).toBe('ACCEPTED');
    expect(seen.checks).toHaveLength(17);
    expect(seen.checks.every(({ result, rule }) => result === 'PASS' && rule === 'A056')).toBe(true);
    expect(seen.checks[0]?.item).toEqual({ code: 'ENTRANCE_DOOR', label: 'Entrance door' });
    expect(await refusal(company.clerk, 'inspectMoveIn', { id, items: results() })).toMatchObject({
      reason: 'ILLEGAL_TRANSITION',
      rule: 'A056',
    });
  });

  it('[A058] tells of each defect by codes, for a repair under the developer’s warranty', async () => {
    const { home, id } = await fresh();
    await moveInActs(service).act(company.clerk, 'inspectMoveIn', { id, items: results('WINDOWS', 'DRAINAGE') });
    const facts = (await factsAfter(service, id, 0)).filter(([type]) => type === 'move-in.defect-found.v1');
    expect(facts.map(([, data]) => data)).toMatchObject([
      {
        unitId: home.unitId,
        itemCode: 'WINDOWS',
        tradeCode: 'CARPENTRY',
        problemCode: 'WINDOW',
        round: 1,
        rule: 'A058',
      },
      { householdId: home.id, itemCode: 'DRAINAGE', tradeCode: 'PLUMBING', problemCode: 'DRAIN_BLOCKED' },
    ]);
    expect(JSON.stringify(facts)).not.toContain('关不严');
    const { defects, status } = await seeMoveIn(service, company, id);
    expect(status).toBe('REPAIR');
    expect(defects).toMatchObject([{ state: 'FOUND', note: '关不严' }, { state: 'FOUND' }]);
  });
});

describe('the repair of a defect', () => {
  it('[A058] is followed from the order to its acceptance, and back when it is reopened', async () => {
    const { home, id } = await fresh();
    await moveInActs(service).act(company.clerk, 'inspectMoveIn', { id, items: results('WINDOWS') });
    const [defect] = (await seeMoveIn(service, company, id)).defects;
    const source = { system: 'MOVE_IN', key: defect?.id ?? '' };
    await order(service, company, home, { system: '311', key: defect?.id ?? '' });
    expect(await states(id)).toEqual([['WINDOWS', 1, 'FOUND']]);
    const workOrderId = await order(service, company, home, source);
    expect(await states(id)).toEqual([['WINDOWS', 1, 'ORDERED']]);
    await repaired(service, company, workOrderId);
    expect(await states(id)).toEqual([['WINDOWS', 1, 'DONE']]);
    const { tenantId, communityId } = company;
    const data = { workOrderId, cause: 'RETURN_VISIT' as const, assigneeId: null, reworkCount: 1 };
    await service.wire.send(workOrderReopened, { tenantId, communityId, aggregateId: workOrderId, data });
    await service.settle();
    expect(await states(id)).toEqual([['WINDOWS', 1, 'ORDERED']]);
  });

  it('[A059] is re-checked by maintenance; what fails is repaired anew', async () => {
    const { home, id } = await fresh();
    const { act, refusal } = moveInActs(service);
    const fitter = staffOf(company, 'maintenance');
    await act(company.clerk, 'inspectMoveIn', { id, items: results('WINDOWS') });
    const [defect] = (await seeMoveIn(service, company, id)).defects;
    const check = { id, defectId: defect?.id, result: 'FAIL' };
    expect(await refusal(fitter, 'recheckMoveInDefect', check)).toMatchObject({
      reason: 'DEFECT_NOT_REPAIRED',
      rule: 'A059',
    });
    expect((await refusal(fitter, 'recheckMoveInDefect', { ...check, defectId: newId() })).reason).toBe(
      'DEFECT_UNKNOWN',
    );
    expect((await refusal(company.clerk, 'recheckMoveInDefect', check)).reason).toBe('ACCESS_DENIED');
    await repairAll(service, company, home, id);
    await act(fitter, 'recheckMoveInDefect', check);
    expect(await states(id)).toEqual([
      ['WINDOWS', 1, 'FAILED'],
      ['WINDOWS', 2, 'FOUND'],
    ]);
    expect((await seeMoveIn(service, company, id)).defects[1]?.note).toBe('关不严');
    await repairAll(service, company, home, id);
    await recheckAll(service, company, id);
    const seen = await seeMoveIn(service, company, id);
    expect(seen.status).toBe('RECHECKED');
    expect(seen.deadlines.at(-1)).toMatchObject({
      kind: 'MOVE_IN_REAPPOINTMENT',
      rule: 'A059',
      dueAt: '2026-03-04T01:00:00.000Z',
    });
  });
});

describe('the joint re-acceptance', () => {
  const rechecked = async () => {
    const { home, id } = await fresh();
    await moveInActs(service).act(company.clerk, 'inspectMoveIn', { id, items: results('WINDOWS', 'WALLS') });
    await repairAll(service, company, home, id);
    await recheckAll(service, company, id);
    return { home, id };
  };

  it('[A059] is at a time agreed with the owner and looks at what was not in order', async () => {
    const { home, id } = await rechecked();
    const { act, refusal } = moveInActs(service);
    const past = await refusal(company.clerk, 'appointMoveInReacceptance', { id, at: '2026-03-01T02:00:00.000Z' });
    expect(past).toMatchObject({ reason: 'IN_THE_PAST', rule: 'A059' });
    await act(company.clerk, 'appointMoveInReacceptance', { id, at: '2026-03-03T02:00:00.000Z' });
    const told = await service.sql<{ household_id: string | null; department_code: string | null }>(
      `select household_id, department_code from notification where aggregate_id = $1 and template = 'moveInReacceptance'`,
      [id],
    );
    expect(told).toEqual([
      { household_id: home.id, department_code: null },
      { household_id: null, department_code: 'MAINTENANCE' },
    ]);
    const little = { id, items: [{ code: 'WINDOWS', result: 'PASS' }] };
    expect(await refusal(company.clerk, 'reacceptMoveIn', little)).toMatchObject({
      reason: 'CHECK_ITEM_MISSING',
      rule: 'A059',
    });
    const first = { id, items: [...little.items, { code: 'WALLS', result: 'FAIL', note: '还有裂缝' }] };
    await act(company.clerk, 'reacceptMoveIn', first);
    expect((await states(id)).at(-1)).toEqual(['WALLS', 2, 'FOUND']);
    expect((await seeMoveIn(service, company, id)).status).toBe('REPAIR');
    await repairAll(service, company, home, id);
    await recheckAll(service, company, id);
    await act(company.clerk, 'appointMoveInReacceptance', { id, at: '2026-03-05T02:00:00.000Z' });
    await act(company.clerk, 'reacceptMoveIn', { id, items: [{ code: 'WALLS', result: 'PASS' }] });
    expect((await seeMoveIn(service, company, id)).status).toBe('ACCEPTED');
  });

  it('[A059] warns the desk of an appointment that nobody makes, and tells of the breach', async () => {
    const { home, id } = await rechecked();
    await service.move({ advance: 'P2DT1S' });
    const seen = await seeMoveIn(service, company, id);
    expect(seen.deadlines.find(({ kind }) => kind === 'MOVE_IN_REAPPOINTMENT')?.state).toBe('BREACHED');
    const told = await service.sql<{ template: string; role: string }>(
      `select template, role from notification where aggregate_id = $1 and template like 'deadline%' order by id`,
      [id],
    );
    expect(told).toEqual([
      { template: 'deadlineWarned', role: 'clerk' },
      { template: 'deadlineBreached', role: 'supervisor' },
    ]);
    const mine = await service.ok<{ moveIns: { nodes: { id: string }[] } }>(
      residentOf(company, home),
      '{ moveIns { nodes { id } } }',
    );
    expect(mine.moveIns.nodes).toEqual([{ id }]);
  });
});
