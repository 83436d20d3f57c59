import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import type { TestService } from '@steward/test-kit';

import { anEstate, clocksOf, see, startComplaints, type Estate } from './complaints-fixture.ts';

let service: TestService;
let estate: Estate;

beforeAll(async () => {
  service = await startComplaints();
  estate = await anEstate(service);
});
afterAll(() => service?.stop());

const mutation = `mutation ($input: ImportComplaintsInput!) {
  importComplaints(input: $input) {
    results { index isNew warnings complaint { id status } refusal { code reason message violations { path reason } } }
  }
}`;
type Result = {
  index: number;
  isNew: boolean;
  warnings: string[];
  complaint: { id: string; status: string } | null;
  refusal: { code: string; reason: string; message: string; violations: { path: string; reason: string }[] } | null;
};

const times = { createdAt: '2018-06-26T14:58:54.000Z', closedAt: '2018-06-27T10:00:00.000Z' };
const aRow = (overrides: object = {}, key = newId()) => ({
  placeId: estate.buildingId,
  categoryCode: 'NOISE',
  summary: 'Noise - Residential: Loud Music/Party',
  source: { system: 'NYC311', key, status: 'Closed', ...times },
  ...overrides,
});

async function enter(rows: object[], viewer = estate.clerk): Promise<Result[]> {
  const input = { communityId: estate.communityId, rows };
  type Answer = { importComplaints: { results: Result[] } };
  return (await service.ok<Answer>(viewer, mutation, { input })).importComplaints.results;
}

describe('importComplaints', () => {
  it('[A032] enters what another agency has as received, its times and status as source fields', async () => {
    const [result] = await enter([aRow()]);
    const complaint = { id: expect.any(String), status: 'RECEIVED' };
    expect(result).toEqual({ index: 0, isNew: true, warnings: [], complaint, refusal: null });
    const id = result?.complaint?.id ?? '';
    const selection = `receivedAt grade contactNameMasked summary channel { code } household { id }
      source { system status createdAt closedAt }`;
    expect(await see(service, estate.clerk, id, selection)).toEqual({
      receivedAt: '2026-03-02T01:00:00.000Z',
      grade: 'MINOR',
      contactNameMasked: null,
      summary: 'Noise - Residential: Loud Music/Party',
      channel: { code: 'EXTERNAL_AGENCY' },
      household: null,
      source: { system: 'NYC311', status: 'Closed', ...times },
    });
    expect((await clocksOf(service, estate.clerk, id))['SOLUTION']).toMatchObject({
      startedAt: '2026-03-02T01:00:00.000Z',
    });
  });

  it('takes words for a place, and warns of what was closed before it was created', async () => {
    const source = { system: 'NYC311', key: newId(), createdAt: times.closedAt, closedAt: times.createdAt };
    const [odd] = await enter([aRow({ placeId: null, locationText: 'BROADWAY / W 42 STREET', source })]);
    expect(odd).toMatchObject({ isNew: true, warnings: ['CLOSED_BEFORE_CREATED'], refusal: null });
    expect(await see(service, estate.clerk, odd?.complaint?.id ?? '', 'locationText place { id }')).toEqual({
      locationText: 'BROADWAY / W 42 STREET',
      place: null,
    });
  });

  it('adds nothing the second time', async () => {
    const rows = [aRow(), aRow()];
    const first = await enter(rows);
    const second = await enter(rows);
    expect(second.map(({ isNew, complaint }) => [isNew, complaint?.id])).toEqual(
      first.map(({ complaint }) => [false, complaint?.id]),
    );
  });

  it('answers each row: a bad one, a repeated one and a good one', async () => {
    const key = newId();
    const results = await enter([
      aRow({ placeId: newId(), categoryCode: 'MAGIC', summary: ' ' }),
      aRow({}, key),
      aRow({}, key),
      aRow({ source: { system: 'NYC311', key: ' ' } }),
      aRow({ placeId: null }),
    ]);
    expect(results.map(({ complaint }) => complaint !== null)).toEqual([false, true, false, false, false]);
    expect(results[0]?.refusal?.violations.map(({ reason }) => reason).toSorted()).toEqual([
      'CATEGORY_UNKNOWN',
      'PLACE_UNKNOWN',
      'SUMMARY_REQUIRED',
    ]);
    const [, , repeated, blank, nowhere] = results;
    expect([repeated, blank, nowhere].map((result) => result?.refusal?.reason)).toEqual([
      'SOURCE_REPEATED',
      'SOURCE_REQUIRED',
      'PLACE_REQUIRED',
    ]);
  });

  it('[A032] takes 500 rows at once, and no more', async () => {
    const unknown = newId();
    const rows = Array.from({ length: 501 }, () => aRow({ placeId: unknown }));
    const refused = (await enter(rows.slice(0, 500))).filter(({ refusal }) => refusal?.reason === 'PLACE_UNKNOWN');
    expect(refused).toHaveLength(500);
    for (const wrong of [rows, []]) {
      const input = { communityId: estate.communityId, rows: wrong };
      const { extensions } = await service.refused(estate.clerk, mutation, { input });
      expect(extensions).toMatchObject({ reason: 'TOO_MANY_ROWS' });
    }
  });

  it('is for the desk and operators', async () => {
    const input = { communityId: estate.communityId, rows: [aRow()] };
    const { extensions } = await service.refused(estate.plumber, mutation, { input });
    expect(extensions).toMatchObject({ code: 'FORBIDDEN' });
  });
});
