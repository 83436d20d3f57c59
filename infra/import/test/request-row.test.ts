import { describe, expect, it } from '@jest/globals';

import { builtInProblems } from '@steward/work-orders/catalog';
import { columnReader, openCsv } from '../csv-rows.ts';
import { problemOf } from '../nyc311/problems.ts';
import { prepareRequest, requestColumns, type RequestItem, type RequestValues } from '../nyc311/request-row.ts';
import { aRequest, realFile, type RequestRow } from './csv-file.ts';

async function realRequests(): Promise<RequestValues[]> {
  const file = await openCsv(realFile);
  const { read } = columnReader(file.header, requestColumns);
  const requests: RequestValues[] = [];
  for await (const { fields } of file.rows) {
    const values = read(fields);
    if (values !== null) requests.push(values);
  }
  return requests;
}

function itemOf(changed: RequestRow): RequestItem & { warnings: string[] } {
  const prepared = prepareRequest(aRequest(changed));
  if (!('send' in prepared)) throw new Error(`not sent: ${prepared.reason}`);
  return { ...prepared.send, warnings: prepared.warnings };
}

/** A request of another agency than the one for housing. */
const aComplaint = (changed: RequestRow = {}): RequestRow => ({
  Agency: 'NYPD',
  'Complaint Type': 'Noise - Residential',
  Descriptor: 'Loud Music/Party',
  ...changed,
});

describe('the real export', () => {
  it('has 158 repairs, 841 complaints and one leaflet', async () => {
    const outcomes = (await realRequests()).map(prepareRequest);
    const skipped = outcomes.flatMap((one) => ('send' in one ? [] : [one]));
    const kinds = outcomes.flatMap((one) => ('send' in one ? [one.send.kind] : []));
    expect(kinds.filter((kind) => kind === 'repair')).toHaveLength(158);
    expect(kinds.filter((kind) => kind === 'complaint')).toHaveLength(841);
    expect(skipped).toEqual([{ outcome: 'skipped', reason: 'NOT_A_REPAIR', group: 'HPD Literature Request' }]);
  });

  it('needs no category that the tables do not know; ten rows were closed before they were created', async () => {
    const warnings = (await realRequests()).map(prepareRequest).flatMap((one) => ('send' in one ? one.warnings : []));
    expect(warnings).toEqual(Array.from({ length: 10 }, () => 'CLOSED_BEFORE_CREATED'));
  });

  it('says in words where a complaint without an address is', async () => {
    const prepared = (await realRequests()).map(prepareRequest);
    const words = prepared.flatMap((one) =>
      'send' in one && one.send.building === null && 'locationText' in one.send.row ? [one.send.row.locationText] : [],
    );
    expect(words).toHaveLength(184);
    expect(words).toContain('WEST 138 STREET / AMSTERDAM AVENUE, NEW YORK 10031');
  });

  it('spells an address in one way only', async () => {
    const prepared = (await realRequests()).map(prepareRequest);
    const buildings = prepared.flatMap((one) =>
      'send' in one && one.send.building !== null ? [one.send.building] : [],
    );
    expect(new Set(buildings.map(({ code }) => code)).size).toBe(new Set(buildings.map(({ name }) => name)).size);
    expect(buildings.every(({ code }) => /^[^/]{1,100}$/.test(code) && !code.includes('  '))).toBe(true);
  });
});

describe('a request', () => {
  it('becomes an order of its building, with times and status of the source', () => {
    const { building, row } = itemOf({
      'Unique Key': '39874139',
      'Incident Address': '209 EAST   34 STREET',
      'Closed Date': '11/04/2018 01:30:00 AM',
      Status: 'Closed',
    });
    expect(building).toEqual({ code: '209 EAST 34 STREET 11217', name: '209 EAST 34 STREET, BROOKLYN 11217' });
    expect(row).toEqual({
      tradeCode: 'PLUMBING',
      problemCode: 'TOILET',
      description: 'PLUMBING: TOILET',
      source: {
        system: 'NYC311',
        key: '39874139',
        status: 'Closed',
        createdAt: '2018-06-26T16:50:01.000Z',
        closedAt: '2018-11-04T05:30:00.000Z',
      },
    });
  });

  it('tells same addresses of different districts apart, by borough where there is no zip code', () => {
    const codes = [{}, { 'Incident Zip': '10451' }, { 'Incident Zip': '' }].map((one) => itemOf(one).building?.code);
    expect(codes).toEqual(['54 4 AVENUE 11217', '54 4 AVENUE 10451', '54 4 AVENUE BROOKLYN']);
  });

  it.each<[string, RequestRow]>([
    ['TIME_IN_DST_GAP', { 'Created Date': '03/11/2018 02:30:00 AM' }],
    ['TIME_IN_DST_OVERLAP', { 'Closed Date': '11/04/2018 01:30:00 AM' }],
    ['CLOSED_BEFORE_CREATED', { 'Closed Date': '06/26/2018 12:50:00 PM' }],
    ['CATEGORY_UNKNOWN', { 'Complaint Type': 'ALIENS', Descriptor: 'LANDED' }],
  ])('is taken with the warning %s', (warning, changed) => {
    expect(itemOf(changed).warnings).toEqual([warning]);
  });

  it('of another agency becomes a complaint of its building', () => {
    const { kind, building, row } = itemOf(aComplaint({ 'Unique Key': '41445930' }));
    expect([kind, building?.code]).toEqual(['complaint', '54 4 AVENUE 11217']);
    expect(row).toEqual({
      categoryCode: 'NOISE',
      nature: 'COMPLAINT',
      summary: 'Noise - Residential: Loud Music/Party',
      source: {
        system: 'NYC311',
        key: '41445930',
        status: 'Open',
        createdAt: '2018-06-26T16:50:01.000Z',
        closedAt: null,
      },
    });
  });

  it.each<[string, RequestRow, string]>([
    [
      'intersection',
      { 'Intersection Street 1': 'W 1 ST', 'Intersection Street 2': '2 AVE' },
      'W 1 ST / 2 AVE, BROOKLYN 11217',
    ],
    ['coordinates', { Latitude: '40.8', Longitude: '-73.9' }, '40.8, -73.9, BROOKLYN 11217'],
    ['borough', { City: '', 'Incident Zip': '', Borough: 'QUEENS' }, 'QUEENS'],
  ])('of another agency without an address is found by its %s', (_name, changed, words) => {
    const { building, row } = itemOf(aComplaint({ 'Incident Address': '', ...changed }));
    expect(building).toBeNull();
    expect(row).toMatchObject({ locationText: words });
  });

  it('of an agency that is not in the table is taken with a warning', () => {
    expect(itemOf(aComplaint({ Agency: 'XYZ' }))).toMatchObject({
      row: { categoryCode: 'OTHER_COMPLAINT' },
      warnings: ['CATEGORY_UNKNOWN'],
    });
  });

  it.each<[string, RequestRow]>([
    ['LOCATION_MISSING', aComplaint({ 'Incident Address': '', City: '', Borough: '', 'Incident Zip': '' })],
    ['COMPLAINT_TYPE_MISSING', aComplaint({ 'Complaint Type': '' })],
    ['ADDRESS_MISSING', { 'Incident Address': '' }],
    ['ADDRESS_TOO_LONG', { 'Incident Address': 'X'.repeat(101) }],
    ['COMPLAINT_TYPE_MISSING', { 'Complaint Type': '' }],
    ['TIME_UNREADABLE', { 'Created Date': '' }],
    ['TIME_UNREADABLE', { 'Created Date': '26.06.2018' }],
    ['TIME_UNREADABLE', { 'Closed Date': 'soon' }],
  ])('fails with %s: %j', (reason, changed) => {
    expect(prepareRequest(aRequest(changed))).toMatchObject({ outcome: 'failed', reason });
  });
});

describe('categories', () => {
  const known = new Set(builtInProblems.map(({ tradeCode, code }) => `${tradeCode}/${code}`));

  it('are codes that the service has', async () => {
    const types = new Map((await realRequests()).map((one) => [`${one['Complaint Type']}/${one.Descriptor}`, one]));
    for (const one of types.values()) {
      const { tradeCode, problemCode } = problemOf(one['Complaint Type'], one.Descriptor);
      expect(known).toContain(`${tradeCode}/${problemCode}`);
    }
  });

  it.each([
    ['HEAT/HOT WATER', 'ENTIRE BUILDING', 'HEATING/NO_HEAT'],
    ['Heat/Hot Water', 'Apartment Only', 'HEATING/NO_HEAT'],
    ['WATER LEAK', 'HEAVY FLOW', 'PLUMBING/PIPE_BURST'],
    ['UNSANITARY CONDITION', 'MOLD', 'WATERPROOFING/DAMP_OR_MOULD'],
    ['SAFETY', 'CARBON MONOXIDE DETECTOR', 'FIRE_SAFETY/SMOKE_OR_CO_DETECTOR'],
    ['DOOR/WINDOW', 'other', 'CARPENTRY/DOOR'],
    ['constructor', 'toString', 'GENERAL/OTHER_REPAIR'],
  ])('%s, %s: %s', (complaint, descriptor, expected) => {
    const { tradeCode, problemCode } = problemOf(complaint, descriptor);
    expect(`${tradeCode}/${problemCode}`).toBe(expected);
    expect(known).toContain(expected);
  });
});
