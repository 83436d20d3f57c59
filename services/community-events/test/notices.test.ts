import type { Viewer } from '@steward/auth';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import { placeRegistered, householdUnitAdded } from '@steward/events';
import type { TestService } from '@steward/test-kit';

import { anEstate, refusals, run, startCommunityEvents, told, type Estate } from './activities-fixture.ts';

let service: TestService;
let estate: Estate;

beforeAll(async () => {
  service = await startCommunityEvents();
  estate = await anEstate(service);
});
afterAll(() => service?.stop());

type Thing = { id: string; status: string; recipientCount: number };

const announce = async (
  viewer: Viewer,
  name: string,
  input: object,
  selection = 'id status recipientCount',
): Promise<Thing> =>
  (await run<{ announcement: Thing }>(service, viewer, name, input, `announcement { ${selection} }`)).announcement;

const aDraft = (over: object = {}): Promise<Thing> =>
  announce(estate.clerk, 'draftAnnouncement', {
    communityId: estate.communityId,
    scope: 'COMMUNITY',
    title: '停水通知',
    body: '3月5日9时至12时停水。\n请提前储水。',
    ...over,
  });

const seen = async (viewer: Viewer): Promise<{ title: string; isRead: boolean | null }[]> => {
  const query = 'query { announcements { nodes { title isRead } } }';
  return (await service.ok<{ announcements: { nodes: { title: string; isRead: boolean | null }[] } }>(viewer, query))
    .announcements.nodes;
};

const householdOf = async (viewer: Viewer): Promise<string> => {
  const found = await service.sql<{ id: string }>(
    'select household_id as id from household_member where person_id = $1',
    [viewer.personId],
  );
  return found[0]?.id ?? '';
};

async function aPlace(kind: 'BUILDING' | 'SECTION' | 'UNIT', path: string): Promise<string> {
  const { tenantId, communityId } = estate;
  const placeId = newId();
  const unknown = { commonAreaCode: null, floor: null, deliveredOn: null, warrantyFrom: null, designLifeYears: null };
  const data = {
    placeId,
    communityId,
    parentId: null,
    kind,
    code: path,
    path,
    usage: null,
    areaM2: '80.00',
    ...unknown,
  };
  await service.wire.send(placeRegistered, { tenantId, communityId, aggregateId: placeId, data });
  return placeId;
}

/** One more unit of a household, at a place of the property tree. */
async function holds(viewer: Viewer, unitId: string): Promise<void> {
  const { tenantId, communityId } = estate;
  const householdId = await householdOf(viewer);
  const data = {
    householdId,
    holdingId: newId(),
    unitId,
    tenure: 'OWNED' as const,
    validFrom: '2020-01-01',
    validTo: null,
  };
  await service.wire.send(householdUnitAdded, { tenantId, communityId, aggregateId: householdId, data });
}

describe('announcements', () => {
  it('[A227] reach every household, are printed, distributed and filed, each step after the other', async () => {
    const { id } = await aDraft();
    expect(await seen(estate.resident)).toEqual([]);
    expect(await refusals(service, estate.clerk, 'publishAnnouncement', { id }, 'announcement')).toEqual([
      'ACCESS_DENIED',
    ]);
    expect(await announce(estate.supervisor, 'publishAnnouncement', { id })).toMatchObject({
      status: 'PUBLISHED',
      recipientCount: 2,
    });
    const file = (name: string, input: object = {}) =>
      refusals(service, estate.clerk, name, { id, ...input }, 'announcement');
    expect(await file('archiveAnnouncement')).toEqual(['NOT_DISTRIBUTED A227']);
    expect(await file('recordAnnouncementDistribution', { copies: 1 })).toEqual(['NOT_PRINTED A227']);
    const printed = await run<{ announcement: { print: { contentType: string; bytes: number; url: string } } }>(
      service,
      estate.clerk,
      'printAnnouncement',
      { id, copies: 20 },
      'announcement { print { contentType bytes url } printedCopies }',
    );
    expect(printed.announcement).toMatchObject({ print: { contentType: 'application/pdf' }, printedCopies: 20 });
    expect(printed.announcement.print.bytes).toBeGreaterThan(1000);
    expect(await file('recordAnnouncementDistribution', { copies: 21 })).toEqual([
      'input.copies COPIES_OUT_OF_RANGE A227',
    ]);
    await announce(estate.clerk, 'recordAnnouncementDistribution', { id, copies: 20 });
    const filed = await announce(
      estate.clerk,
      'archiveAnnouncement',
      { id },
      'status deadlines { kind rule dueAt state }',
    );
    // Seven days, to the end of the day in Shanghai.
    expect(filed).toEqual({
      status: 'ARCHIVED',
      deadlines: [{ kind: 'FILING', rule: 'A227', dueAt: '2026-03-09T16:00:00.000Z', state: 'MET' }],
    });
  });

  it('are read by households, each counted once', async () => {
    const [first] = await seen(estate.resident);
    expect(first).toEqual({ title: '停水通知', isRead: false });
    const [found] = await service.sql<{ id: string }>(`select id from announcement where status = 'ARCHIVED'`);
    const id = found?.id ?? '';
    await announce(estate.resident, 'acknowledgeAnnouncement', { announcementId: id }, 'id isRead');
    await announce(estate.resident, 'acknowledgeAnnouncement', { announcementId: id }, 'id isRead');
    expect((await seen(estate.resident))[0]?.isRead).toBe(true);
    const query = 'query ($id: ID!) { announcement(id: $id) { readCount recipientCount isRead } }';
    expect(await service.ok(estate.clerk, query, { id })).toEqual({
      announcement: { readCount: 1, recipientCount: 2, isRead: null },
    });
    expect(
      await refusals(service, estate.clerk, 'acknowledgeAnnouncement', { announcementId: id }, 'announcement'),
    ).toEqual(['NOT_FOUND']);
  });

  it('reach a building, a section, a unit or households by name, and nobody else', async () => {
    const building = await aPlace('BUILDING', '3');
    const section = await aPlace('SECTION', '3/1');
    const unit = await aPlace('UNIT', '3/1/101');
    // Begins with the same digit, and is another building.
    const elsewhere = await aPlace('UNIT', '30/1/101');
    await service.settle();
    await holds(estate.resident, unit);
    await holds(estate.neighbour, elsewhere);
    await service.settle();
    const household = await householdOf(estate.neighbour);
    const reach = async (scope: string, target: string): Promise<number[]> => {
      const { id } = await aDraft({ scope, targetIds: [target], title: scope });
      await announce(estate.supervisor, 'publishAnnouncement', { id });
      const by = async (viewer: Viewer) => (await seen(viewer)).filter(({ title }) => title === scope).length;
      return [await by(estate.resident), await by(estate.neighbour)];
    };
    expect(await reach('BUILDING', building)).toEqual([1, 0]);
    expect(await reach('SECTION', section)).toEqual([1, 0]);
    expect(await reach('UNIT', unit)).toEqual([1, 0]);
    expect(await reach('HOUSEHOLD', household)).toEqual([0, 1]);
    const draft = { communityId: estate.communityId, title: 'x', body: ' ', scope: 'UNIT', targetIds: [building] };
    expect(await refusals(service, estate.clerk, 'draftAnnouncement', draft, 'announcement')).toEqual([
      'input.body TEXT_REQUIRED A227',
      'input.targetIds.0 TARGET_UNKNOWN A227',
    ]);
  });
});

describe('bulletin boards', () => {
  const board = async (viewer: Viewer, name: string, input: object) =>
    (
      await run<{
        bulletinBoard: {
          id: string;
          flaggedCount: number;
          posters: { id: string; state: string }[];
          deadlines: { kind: string; rule: string; dueAt: string; state: string }[];
        };
      }>(
        service,
        viewer,
        name,
        input,
        'bulletinBoard { id flaggedCount posters { id state } deadlines { kind rule dueAt state } }',
      )
    ).bulletinBoard;

  it('[A104] are changed every two weeks; who forgets is reminded, and the supervisor is told', async () => {
    const company = await anEstate(service);
    const start = await service.now();
    expect(start.toISOString()).toBe('2026-03-02T01:00:00.000Z');
    const { id, deadlines } = await board(company.supervisor, 'registerBulletinBoard', {
      communityId: company.communityId,
      name: '南门公告栏',
    });
    expect(deadlines).toEqual([
      { kind: 'BOARD_CHANGE', rule: 'A104', dueAt: '2026-03-16T16:00:00.000Z', state: 'RUNNING' },
    ]);
    const posters = [{ title: '三月份社区活动', expiresOn: '2026-04-30' }];
    await service.move({ set: new Date('2026-03-16T16:00:00.000Z') });
    expect(await told(service, id)).toEqual(['deadlineWarned']);
    await service.move({ set: new Date('2026-03-16T16:00:01.000Z') });
    expect(await told(service, id)).toEqual(['deadlineWarned', 'deadlineBreached']);
    const changed = await board(company.clerk, 'changeBulletinBoard', { id, posters });
    expect(changed.deadlines).toEqual([
      { kind: 'BOARD_CHANGE', rule: 'A104', dueAt: '2026-03-16T16:00:00.000Z', state: 'BREACHED' },
      { kind: 'BOARD_CHANGE', rule: 'A104', dueAt: '2026-03-31T16:00:00.000Z', state: 'RUNNING' },
    ]);
    const bare = { id, posters: [{ title: ' ', expiresOn: '2026-03-16' }] };
    expect(await refusals(service, company.clerk, 'changeBulletinBoard', bare, 'bulletinBoard')).toEqual([
      'input.posters.0.title TEXT_REQUIRED A104',
      'input.posters.0.expiresOn IN_THE_PAST A307',
    ]);
  });

  it('[A307] flag posters that are out of date or damaged, until they come down', async () => {
    const company = await anEstate(service);
    const { id } = await board(company.supervisor, 'registerBulletinBoard', {
      communityId: company.communityId,
      name: '北门',
    });
    const posters = [
      { title: '旧海报', expiresOn: '2026-03-18' },
      { title: '新海报', expiresOn: '2026-12-31' },
    ];
    const hung = await board(company.clerk, 'changeBulletinBoard', { id, posters });
    await service.move({ set: new Date('2026-03-18T15:59:59.000Z') });
    expect(await told(service, id)).toEqual([]);
    await service.move({ set: new Date('2026-03-18T16:00:00.000Z') });
    expect(await told(service, id)).toEqual(['bulletinBoardPosterFlagged']);
    const second = hung.posters[1]?.id;
    const damaged = await board(company.guard, 'reportPosterDamage', { id, posterId: second });
    expect(damaged.posters.map(({ state }) => state)).toEqual(['EXPIRED', 'DAMAGED']);
    const removal = damaged.deadlines.find(({ kind }) => kind === 'POSTER_REMOVAL');
    // By the end of the day after.
    expect(removal).toEqual({
      kind: 'POSTER_REMOVAL',
      rule: 'A307',
      dueAt: '2026-03-20T16:00:00.000Z',
      state: 'RUNNING',
    });
    await board(company.guard, 'removePoster', { id, posterId: hung.posters[0]?.id });
    const clear = await board(company.guard, 'removePoster', { id, posterId: second });
    expect(clear).toMatchObject({ flaggedCount: 0, posters: [] });
    expect(clear.deadlines.find(({ kind }) => kind === 'POSTER_REMOVAL')?.state).toBe('MET');
  });
});

describe('public areas', () => {
  it('[A307] are looked at in all five parts; what is not in order is mended within a day', async () => {
    const company = await anEstate(service);
    const now = await service.now();
    const areas = ['FLOOR', 'TOILET', 'FACILITIES', 'SMOKING', 'POSTERS'];
    const input = (results: object[]) => ({ communityId: company.communityId, results });
    const results = areas.map((areaCode) => ({ areaCode, isPassed: areaCode !== 'TOILET' && areaCode !== 'FLOOR' }));
    expect(
      await refusals(service, company.clerk, 'recordPublicAreaCheck', input(results.slice(1)), 'publicAreaCheck'),
    ).toEqual(['input.results AREA_MISSING A307']);
    type Check = {
      id: string;
      openAreas: { code: string }[];
      deadlines: { kind: string; dueAt: string; state: string }[];
    };
    const selection =
      'publicAreaCheck { id openAreas { code } deadlines { kind dueAt state } areas { item { code } isPassed } }';
    const { publicAreaCheck: check } = await run<{ publicAreaCheck: Check }>(
      service,
      company.clerk,
      'recordPublicAreaCheck',
      input(results),
      selection,
    );
    expect(check.openAreas.map(({ code }) => code)).toEqual(['FLOOR', 'TOILET']);
    expect(check.deadlines).toEqual([
      { kind: 'RECTIFICATION', dueAt: new Date(now.getTime() + 24 * 3_600_000).toISOString(), state: 'RUNNING' },
    ]);
    const mend = (areaCodes: string[]) => ({ id: check.id, areaCodes });
    expect(await refusals(service, company.clerk, 'rectifyPublicAreas', mend(['SMOKING']), 'publicAreaCheck')).toEqual([
      'input.areaCodes AREA_NOT_OPEN A307',
    ]);
    await run(service, company.clerk, 'rectifyPublicAreas', mend(['FLOOR']), 'publicAreaCheck { id }');
    const { publicAreaCheck: mended } = await run<{ publicAreaCheck: Check }>(
      service,
      company.clerk,
      'rectifyPublicAreas',
      mend(['TOILET']),
      selection,
    );
    expect(mended).toMatchObject({ openAreas: [], deadlines: [{ state: 'MET' }] });
  });
});
