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

describe('the real export', () => {
  it('has 158 repairs, one leaflet and 841 requests of other agencies', async () => {
    const outcomes = (await realRequests()).map(prepareRequest);
    const skipped = outcomes.flatMap((one) => ('send' in one ? [] : [one]));
    expect(outcomes.length - skipped.length).toBe(158);
    expect(skipped.filter(({ reason }) => reason === 'OTHER_AGENCY')).toHaveLength(841);
    expect(skipped.filter(({ reason }) => reason !== 'OTHER_AGENCY')).toEqual([
      { outcome: 'skipped', reason: 'NOT_A_REPAIR', group: 'HPD Literature Request' },
    ]);
  });

  it('needs no category that the table does not know', async () => {
    const warnings = (await realRequests()).map(prepareRequest).flatMap((one) => ('send' in one ? one.warnings : []));
    expect(warnings).toEqual([]);
  });

  it('spells an address in one way only', async () => {
    const prepared = (await realRequests()).map(prepareRequest);
    const buildings = prepared.flatMap((one) => ('send' in one ? [one.send.building] : []));
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
    const codes = [{}, { 'Incident Zip': '10451' }, { 'Incident Zip': '' }].map((one) => itemOf(one).building.code);
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

  it.each<[string, RequestRow]>([
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
