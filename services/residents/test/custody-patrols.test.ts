import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Viewer } from '@steward/auth';
import type { TestService } from '@steward/test-kit';

import { aCustody, anActiveCustody, lookAtCustody, onCustody, refusedOnCustody } from './custody-fixture.ts';
import { aFile, reasonsOf, staffOf, toldOf } from './passes-fixture.ts';
import { aCompany, factsAfter, mutation, startResidents, type Company } from './residents-fixture.ts';

let service: TestService;
let company: Company;
let guard: Viewer;

beforeAll(async () => {
  service = await startResidents();
  company = await aCompany(service);
  guard = staffOf(company, 'guard');
});
afterAll(() => service?.stop());

const patrol = (id: string, input: object = {}) =>
  onCustody(service, guard, 'recordCustodyPatrol', { id, kind: 'WEEKLY', ...input });
const patrolsOf = async (id: string) =>
  (await lookAtCustody(service, guard, id))?.patrols.map(({ kind, status }) => `${kind} ${status}`);

describe('weekly patrols', () => {
  it('[A062] are due every week, warned of and escalated when they are missed', async () => {
    const { id } = await anActiveCustody(service, company);
    const begun = (await service.now()).getTime();
    const week = 7 * 24 * 3_600_000;
    const first = await lookAtCustody(service, guard, id);
    expect(first?.deadlines).toMatchObject([
      {
        kind: 'WEEKLY',
        rule: 'A062',
        state: 'RUNNING',
        dueAt: new Date(begun + week).toISOString(),
        warnAt: new Date(begun + 0.8 * week).toISOString(),
      },
    ]);
    await patrol(id);
    expect(await patrolsOf(id)).toEqual(['WEEKLY DONE']);
    await service.move({ set: new Date(begun + week + 1000) });
    expect(await patrolsOf(id)).toEqual(['WEEKLY DONE', 'WEEKLY DUE']);
    expect(await toldOf(service, id)).toMatchObject([{ template: 'custodyPatrolled' }]);
    await service.move({ set: new Date(begun + 2 * week + 1000) });
    expect(await patrolsOf(id)).toEqual(['WEEKLY DONE', 'WEEKLY MISSED', 'WEEKLY DUE']);
    const seen = await lookAtCustody(service, guard, id);
    expect(seen?.deadlines.map(({ state }) => state)).toEqual(['MET', 'BREACHED', 'RUNNING']);
    expect(seen?.deadlines[2]?.dueAt).toBe(new Date(begun + 3 * week).toISOString());
    const told = (await toldOf(service, id)).slice(1).map(({ template, role }) => [template, role]);
    expect(told).toEqual([
      ['deadlineWarned', 'guard'],
      ['deadlineBreached', 'supervisor'],
    ]);
    const due = (await factsAfter(service, id, 0)).filter(([type]) => type === 'custody.patrol-due.v1');
    expect(due.map(([, data]) => (data as { isLastMissed: boolean }).isLastMissed)).toEqual([false, false, true]);
  });

  it('[A062] end with the custody', async () => {
    const { id } = await anActiveCustody(service, company);
    await onCustody(service, company.clerk, 'endCustody', { id, waterM3: '101', electricityKwh: '2001' });
    await service.move({ advance: 'P15D' });
    expect(await patrolsOf(id)).toEqual(['WEEKLY CANCELLED']);
    const refused = await refusedOnCustody(service, guard, 'recordCustodyPatrol', { id, kind: 'WEEKLY' });
    expect(refused).toMatchObject({ reason: 'ILLEGAL_TRANSITION', rule: 'A062' });
  });
});

describe('recordCustodyPatrol', () => {
  it('[A062] reports findings and photos to the owner', async () => {
    const { id, home } = await anActiveCustody(service, company);
    const photoFileIds = [await aFile(service, guard, company)];
    const done = await patrol(id, { findingCodes: ['WINDOW_OPEN', 'WATER_LEAK'], note: '厨房窗', photoFileIds });
    expect(done.patrols).toMatchObject([
      {
        status: 'DONE',
        findings: [{ code: 'WINDOW_OPEN', label: 'Window open' }, { code: 'WATER_LEAK' }],
        note: '厨房窗',
        photos: [{ name: 'a.jpg' }],
      },
    ]);
    expect(await toldOf(service, id)).toMatchObject([
      { template: 'custodyPatrolled', householdId: home.id, params: { findings: 2, photos: 1, rule: 'A062' } },
    ]);
    const [, data] = (await factsAfter(service, id, 0)).find(([type]) => type === 'custody.patrolled.v1') ?? [];
    expect(data).toMatchObject({ findingCodes: ['WINDOW_OPEN', 'WATER_LEAK'] });
    expect(JSON.stringify(await service.events())).not.toContain('厨房窗');
  });

  it('[A062] refuses findings without photos, unknown ones and patrols that are not due', async () => {
    const { id } = await anActiveCustody(service, company);
    const refused = (input: object) =>
      refusedOnCustody(service, guard, 'recordCustodyPatrol', { id, kind: 'WEEKLY', ...input });
    expect(reasonsOf(await refused({ findingCodes: ['GHOSTS'] }))).toEqual([
      'CUSTODY_FINDING_PHOTO_REQUIRED A062',
      'CUSTODY_FINDING_UNKNOWN A062',
    ]);
    expect(await refused({ kind: 'BEFORE_RAIN' })).toMatchObject({ reason: 'CUSTODY_PATROL_NOT_DUE', rule: 'A062' });
    expect((await patrol(id, { kind: 'EXTRA' })).patrols.map(({ kind }) => kind)).toContain('EXTRA');
    expect((await refused({ occurredAt: '2027-01-01T00:00:00Z' })).rule).toBe('A062');
  });
});

const warn = mutation('recordHeavyRainWarning', 'warning { id rainFrom rainTo recordedAt }');

describe('recordHeavyRainWarning', () => {
  it('[A062] makes a patrol before and one after the rain due for every unit under custody', async () => {
    const there = await aCompany(service);
    const [one, two] = [await anActiveCustody(service, there), await anActiveCustody(service, there)];
    const asked = await aCustody(service, there);
    const now = (await service.now()).getTime();
    const hour = 3_600_000;
    const [rainFrom, rainTo] = [new Date(now + 6 * hour), new Date(now + 10 * hour)];
    const input = { communityId: there.communityId, rainFrom, rainTo };
    await service.ok(there.clerk, warn, { input });
    const seen = async (id: string) => {
      const custody = await lookAtCustody(service, there.clerk, id);
      return custody?.patrols
        .filter(({ kind }) => kind !== 'WEEKLY')
        .map(({ kind, status, dueAt }) => [kind, status, dueAt]);
    };
    const before = ['BEFORE_RAIN', 'DUE', rainFrom.toISOString()];
    expect([await seen(one.id), await seen(two.id), await seen(asked.id)]).toEqual([[before], [before], []]);
    const there1 = staffOf(there, 'guard');
    await onCustody(service, there1, 'recordCustodyPatrol', { id: one.id, kind: 'BEFORE_RAIN' });
    await service.move({ set: rainTo });
    const after = ['AFTER_RAIN', 'DUE', new Date(now + 34 * hour).toISOString()];
    expect(await seen(one.id)).toEqual([['BEFORE_RAIN', 'DONE', before[2]], after]);
    expect(await seen(two.id)).toEqual([before, after]);
    const clocks = async (id: string) =>
      (await lookAtCustody(service, there.clerk, id))?.deadlines
        .filter(({ kind }) => kind === 'BEFORE_RAIN')
        .map(({ state }) => state);
    expect([await clocks(one.id), await clocks(two.id)]).toEqual([['MET'], ['BREACHED']]);
    const told = await service.sql<{ params: { kind: string; units: number } }>(
      `select params from notification where template = 'custodyRainPatrols' and community_id = $1 order by created_at`,
      [there.communityId],
    );
    expect(told.map(({ params }) => [params.kind, params.units])).toEqual([
      ['BEFORE_RAIN', 2],
      ['AFTER_RAIN', 2],
    ]);
    await onCustody(service, there1, 'recordCustodyPatrol', { id: one.id, kind: 'AFTER_RAIN' });
    expect((await seen(one.id))?.[1]?.[1]).toBe('DONE');
  });

  it('[A062] refuses a rain that is over or ends before it begins', async () => {
    const now = (await service.now()).getTime();
    const refused = async (rainFrom: number, rainTo: number) => {
      const input = {
        communityId: company.communityId,
        rainFrom: new Date(now + rainFrom),
        rainTo: new Date(now + rainTo),
      };
      return (await service.refused(company.clerk, warn, { input })).extensions;
    };
    expect(await refused(-2000, -1000)).toMatchObject({ reason: 'CUSTODY_RAIN_OVER', rule: 'A062' });
    expect(await refused(2000, 1000)).toMatchObject({ reason: 'RANGE_EMPTY', rule: 'A062' });
  });

  it('[A062] makes only the patrol after it due once it rains', async () => {
    const there = await aCompany(service);
    const { id } = await anActiveCustody(service, there);
    const now = (await service.now()).getTime();
    const input = { communityId: there.communityId, rainFrom: new Date(now - 1000), rainTo: new Date(now + 1000) };
    await service.ok(there.clerk, warn, { input });
    await service.move({ advance: 'PT2S' });
    expect(await patrolsOf(id)).toBeUndefined();
    const seen = await lookAtCustody(service, there.clerk, id);
    expect(seen?.patrols.map(({ kind }) => kind).toSorted()).toEqual(['AFTER_RAIN', 'WEEKLY']);
  });
});
