import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { TestService } from '@steward/test-kit';

import { decorationChecklist } from '../src/domain/decoration-inspection-policy.ts';
import { act, anEstate, apply, aScan, permitted, refusal, told, type Estate } from './decoration-fixture.ts';
import { aHousehold, mutation, startResidents } from './residents-fixture.ts';

let service: TestService;
let estate: Estate;

beforeAll(async () => {
  service = await startResidents();
});
beforeEach(async () => {
  estate = await anEstate(service);
});
afterAll(() => service?.stop());

type Inspection = {
  id: string;
  origin: string;
  status: string;
  inspectedOn: string;
  decoration: { id: string };
  failedCount: number;
  findings: string | null;
  photos: { name: string }[];
  items: { item: { code: string; label: string }; rule: string; isInOrder: boolean | null }[];
  deadlines: { kind: string; rule: string; state: string; dueAt: string }[];
  availableActions: { action: string; allowed: boolean }[];
};

const inspectionsOf = async (filter: object = {}): Promise<Inspection[]> => {
  const query = `query ($filter: DecorationInspectionFilter) { decorationInspections(first: 100, filter: $filter) { nodes {
    id origin status inspectedOn decoration { id } failedCount findings photos { name }
    items { item { code label } rule isInOrder } deadlines { kind rule state dueAt } availableActions { action allowed }
    history { nodes { action rule } } } } }`;
  type Answer = { decorationInspections: { nodes: Inspection[] } };
  return (await service.ok<Answer>(estate.guard, query, { filter })).decorationInspections.nodes;
};

const allInOrder = decorationChecklist.map(({ code }) => ({ code, isInOrder: true }));

const nextDay = async (): Promise<string> => {
  const day = new Date((await service.now()).getTime() + 86_400_000).toISOString().slice(0, 10);
  await service.move({ set: new Date(`${day}T01:00:00.000Z`) });
  return day;
};

/** Another unit under way in the estate. */
async function anotherUnit(): Promise<string> {
  const household = await aHousehold(service, estate);
  return permitted(service, { ...estate, household });
}

describe('the daily inspection', () => {
  it('[A238] two of the units under way each day, those first that waited longest', async () => {
    const units = [await permitted(service, estate), await anotherUnit(), await anotherUnit()];
    await apply(service, estate);
    const first = await nextDay();
    const drawn = await inspectionsOf({ inspectedOn: first });
    expect(drawn).toHaveLength(2);
    expect(drawn).toMatchObject([{ origin: 'SAMPLE', status: 'OPEN' }, { status: 'OPEN' }]);
    expect(drawn[0]?.deadlines).toMatchObject([{ kind: 'INSPECTION', rule: 'A238', state: 'RUNNING' }]);
    expect(await told(service, drawn[0]?.id ?? '')).toEqual(['decorationInspectionDrawn: supervisor of SECURITY']);
    for (const { id } of drawn) {
      await act(service, estate.guard, 'recordDecorationInspection', { id, results: allInOrder });
    }
    const seen = drawn.map(({ decoration }) => decoration.id);
    const left = units.find((id) => !seen.includes(id));
    const second = await inspectionsOf({ inspectedOn: await nextDay() });
    expect(second.map(({ decoration }) => decoration.id)).toContain(left);
    expect(second).toHaveLength(2);
  });

  it('[A238] what was not looked at on its day is a breach, and is not drawn twice', async () => {
    await permitted(service, estate);
    await nextDay();
    const day = await nextDay();
    const [waiting, ...others] = await inspectionsOf();
    expect(others).toEqual([]);
    expect(waiting?.inspectedOn).not.toBe(day);
    expect(waiting?.deadlines).toMatchObject([{ state: 'BREACHED' }]);
    expect(await told(service, waiting?.id ?? '')).toContain('deadlineBreached: supervisor of SECURITY');
  });
});

describe('recordDecorationInspection', () => {
  const patrol = async () => {
    const decorationId = await permitted(service, estate);
    return act(service, estate.guard, 'startDecorationInspection', { decorationId });
  };

  it('[A313] a patrol goes through fire facilities, hazards, hours and structure, and shows what failed', async () => {
    const { id } = await patrol();
    const [open] = await inspectionsOf();
    expect(open).toMatchObject({ origin: 'PATROL', status: 'OPEN', decoration: {} });
    expect(open?.items.filter(({ rule }) => rule === 'A313').map(({ item }) => item)).toEqual([
      { code: 'FIRE_EQUIPMENT_INTACT', label: 'Fire equipment is intact' },
      { code: 'FIRE_SPACE_FREE', label: 'Places of fire facilities are free' },
      { code: 'NO_FIRE_HAZARD', label: 'No danger of fire' },
    ]);
    expect(open?.availableActions).toEqual([{ action: 'recordDecorationInspection', allowed: true }]);
    const results = allInOrder.map((one) => (one.code === 'FIRE_SPACE_FREE' ? { ...one, isInOrder: false } : one));
    const incomplete = { id, results: [...results.slice(1), { code: 'WEATHER', isInOrder: true }] };
    const { violations } = await refusal(service, estate.guard, 'recordDecorationInspection', incomplete);
    expect(violations).toEqual(['CHECK_UNKNOWN/A313', 'RESULT_MISSING/A313']);
    const unsaid = await refusal(service, estate.guard, 'recordDecorationInspection', { id, results });
    expect(unsaid.violations).toEqual(['FINDINGS_REQUIRED/A313', 'PHOTO_REQUIRED/A313']);
    const photoFileIds = [await aScan(service, estate, estate.guard, 'PHOTO')];
    const findings = '消火栓前堆放水泥';
    await act(service, estate.guard, 'recordDecorationInspection', { id, results, findings, photoFileIds });
    const [done] = await inspectionsOf({ isFailed: true });
    expect(done).toMatchObject({ id, status: 'RECORDED', failedCount: 1, findings, photos: [{ name: 'a.png' }] });
    expect(await told(service, id)).toEqual([
      'decorationInspectionFailed: supervisor of CUSTOMER_SERVICE',
      'decorationInspectionFailed: supervisor of SECURITY',
    ]);
    const recorded = (await service.events('steward.residents.decoration-inspection.recorded.v1')).at(-1);
    expect(recorded?.data).toMatchObject({ inspectionId: id, failedCodes: ['FIRE_SPACE_FREE'] });
    expect(JSON.stringify(recorded?.data)).not.toContain('消火栓');
    const again = await refusal(service, estate.guard, 'recordDecorationInspection', { id, results: allInOrder });
    expect(again).toMatchObject({ reason: 'ILLEGAL_TRANSITION', rule: 'A313' });
  });

  it('[A313] one inspection of a unit is open at a time, and only of a unit under way', async () => {
    await patrol();
    const [{ decoration } = { decoration: { id: '' } }] = await inspectionsOf();
    const input = { decorationId: decoration.id };
    expect(await refusal(service, estate.guard, 'startDecorationInspection', input)).toMatchObject({
      reason: 'INSPECTION_OPEN',
    });
    const applied = { decorationId: await apply(service, estate) };
    expect(await refusal(service, estate.guard, 'startDecorationInspection', applied)).toMatchObject({
      reason: 'ILLEGAL_TRANSITION',
      rule: 'A313',
    });
    const start = mutation('startDecorationInspection', 'decorationInspection { id }');
    expect((await service.refused(estate.owner, start, { input })).extensions.reason).toBe('ACCESS_DENIED');
  });
});
