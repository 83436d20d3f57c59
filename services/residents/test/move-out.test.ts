import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestService } from '@steward/test-kit';

import { readings, results } from './move-in-fixture.ts';
import { acting, onPaper, residentOf, settle, staffOf } from './procedure-fixture.ts';
import {
  aCompany,
  aHousehold,
  factsAfter,
  look,
  startResidents,
  type Company,
  type Entered,
} from './residents-fixture.ts';

let service: TestService;
let company: Company;

beforeAll(async () => {
  service = await startResidents();
  company = await aCompany(service);
});
afterAll(() => service?.stop());

const moveOuts = () => acting(service, 'moveOut', 'id number status');

async function aMoveOut(): Promise<{ home: Entered; id: string }> {
  const home = await aHousehold(service, company);
  const input = { householdId: home.id, unitId: home.unitId, leavesOn: '2026-04-01' };
  return { home, id: (await moveOuts().act<{ id: string }>(residentOf(company, home), 'openMoveOut', input)).id };
}

const back = async (home: Entered, id: string, more: object = {}) => ({
  id,
  items: results(),
  readings,
  keyCount: 3,
  ...(await onPaper(service, company, company.clerk, home)),
  ...more,
});

type Seen = {
  status: string;
  keyCount: number | null;
  chargeState: string;
  readings: object[];
  counterSigned: { code: string; label: string }[];
  deadlines: { kind: string; state: string }[];
  signatures: { role: string }[];
};

async function see(id: string): Promise<Seen> {
  const document = `query ($id: ID!) { moveOut(id: $id) {
    status keyCount chargeState readings { meter } counterSigned { code label } deadlines { kind state }
    signatures { role } } }`;
  return (await service.ok<{ moveOut: Seen }>(company.clerk, document, { id })).moveOut;
}

describe('openMoveOut', () => {
  it('[B010] is said by the household of a unit that it holds, once', async () => {
    const { home, id } = await aMoveOut();
    const { refusal } = moveOuts();
    const input = { householdId: home.id, unitId: home.unitId, leavesOn: '2026-04-01' };
    expect(await refusal(company.clerk, 'openMoveOut', input)).toMatchObject({
      reason: 'MOVE_OUT_UNDER_WAY',
      rule: 'B010',
    });
    const before = { ...input, leavesOn: '2019-01-01' };
    expect((await refusal(company.clerk, 'openMoveOut', before)).reason).toBe('UNIT_NOT_HELD_THEN');
    const neighbour = residentOf(company, await aHousehold(service, company));
    expect((await refusal(neighbour, 'openMoveOut', input)).reason).toBe('NOT_FOUND');
    expect((await see(id)).deadlines).toEqual([{ kind: 'MOVE_OUT_COMPLETION', state: 'RUNNING' }]);
  });
});

describe('inspectMoveOut', () => {
  it('[B010] takes the whole form, three meters and the keys, confirmed by both sides', async () => {
    const { home, id } = await aMoveOut();
    const { act, refusal } = moveOuts();
    const little = await back(home, id, { items: results().slice(1), readings: readings.slice(1), keyCount: 0 });
    const { violations } = await refusal(company.clerk, 'inspectMoveOut', little);
    expect(violations.map(({ reason, rule }) => [reason, rule])).toEqual([
      ['CHECK_ITEM_MISSING', 'B010'],
      ['READING_MISSING', 'B010'],
      ['KEY_COUNT_REQUIRED', 'B010'],
    ]);
    await act(company.clerk, 'inspectMoveOut', await back(home, id, { items: results('WALLS') }));
    const seen = await see(id);
    expect(seen).toMatchObject({ keyCount: 3, readings: [{}, {}, {}] });
    expect(seen.signatures.map(({ role }) => role).toSorted()).toEqual(['PROPERTY', 'RETURN']);
    const fact = (await factsAfter(service, id, 0)).find(([type]) => type === 'move-out.inspected.v1');
    expect(fact?.[1]).toMatchObject({ failedItemCodes: ['WALLS'], gasM3: '0.750', keyCount: 3 });
    const again = await refusal(company.clerk, 'inspectMoveOut', await back(home, id));
    expect(again).toMatchObject({ reason: 'UNIT_RETURNED', rule: 'B010' });
  });
});

describe('counterSignMoveOut', () => {
  it('[B010] goes by the route; each department answers for itself', async () => {
    const { id } = await aMoveOut();
    const { act, refusal } = moveOuts();
    const finance = { ...staffOf(company, 'supervisor'), departments: ['FINANCE'] };
    const sign = (departmentCode: string) => ({ id, departmentCode });
    const reasonOf = async (code: string) => (await refusal(finance, 'counterSignMoveOut', sign(code))).reason;
    expect(await reasonOf('GREENING')).toBe('NOT_ON_ROUTE');
    expect(await reasonOf('SECURITY')).toBe('NOT_OF_DEPARTMENT');
    await act(finance, 'counterSignMoveOut', sign('FINANCE'));
    expect(await reasonOf('FINANCE')).toBe('COUNTER_SIGNED');
    await act(company.director, 'counterSignMoveOut', sign('SECURITY'));
    expect((await see(id)).counterSigned).toEqual([
      { code: 'FINANCE', label: 'Finance' },
      { code: 'SECURITY', label: 'Security' },
    ]);
    expect((await refusal(company.clerk, 'counterSignMoveOut', sign('SECURITY'))).reason).toBe('ACCESS_DENIED');
  });
});

describe('closeMoveOut', () => {
  it('[B010] names everything that is missing, and ends the holding of the unit', async () => {
    const { home, id } = await aMoveOut();
    const { act, refusal } = moveOuts();
    const sign = { id, ...(await onPaper(service, company, company.clerk, home)) };
    const refused = await refusal(company.clerk, 'closeMoveOut', sign);
    expect(refused).toMatchObject({ code: 'CONFLICT', reason: 'MOVE_OUT_INCOMPLETE', rule: 'B010' });
    expect(refused.violations.map(({ path }) => path)).toEqual([
      'return',
      'settlement',
      'counterSigned.CUSTOMER_SERVICE',
      'counterSigned.FINANCE',
      'counterSigned.SECURITY',
    ]);
    expect((await refusal(company.clerk, 'requestMoveOutSettlement', { id })).reason).toBe('UNIT_NOT_RETURNED');
    await act(company.clerk, 'inspectMoveOut', await back(home, id));
    await act(company.clerk, 'requestMoveOutSettlement', { id });
    expect((await refusal(company.clerk, 'requestMoveOutSettlement', { id })).reason).toBe('CHARGE_REQUESTED');
    await settle(service, company, { aggregateType: 'move-out', aggregateId: id }, 'FINAL_SETTLEMENT');
    for (const departmentCode of ['CUSTOMER_SERVICE', 'FINANCE', 'SECURITY']) {
      await act(company.director, 'counterSignMoveOut', { id, departmentCode });
    }
    await act(company.clerk, 'closeMoveOut', sign);
    const seen = await see(id);
    expect(seen).toMatchObject({ status: 'CLOSED', chargeState: 'SETTLED', deadlines: [{ state: 'MET' }] });
    const [holding] = (await look(service, company.clerk, home.id)).holdings;
    expect(holding?.validTo).toBe('2026-04-01');
    const released = (await factsAfter(service, home.id, 0)).at(-1);
    expect(released).toMatchObject(['household.unit-released.v1', { unitId: home.unitId, validTo: '2026-04-01' }]);
    expect((await factsAfter(service, id, 0)).map(([type]) => type)).toContain('move-out.closed.v1');
  });
});

describe('cancelMoveOut', () => {
  it('[B010] lets the household stay', async () => {
    const { home, id } = await aMoveOut();
    const { act, refusal } = moveOuts();
    const owner = residentOf(company, home);
    expect((await refusal(owner, 'cancelMoveOut', { id, reasonCode: 'MOOD' })).reason).toBe('REASON_UNKNOWN');
    await act(owner, 'cancelMoveOut', { id, reasonCode: 'WITHDRAWN' });
    expect(await see(id)).toMatchObject({ status: 'CANCELLED', deadlines: [{ state: 'CANCELLED' }] });
    const late = await refusal(company.clerk, 'requestMoveOutSettlement', { id });
    expect(late).toMatchObject({ reason: 'ILLEGAL_TRANSITION', rule: 'B010' });
  });
});
