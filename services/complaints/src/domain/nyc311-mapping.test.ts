import { describe, expect, it } from '@jest/globals';

import { catalogOf } from './complaint-catalog.ts';
import { complaintOfRequest, locationOfRequest, nyc311Types, type RequestPlace } from './nyc311-mapping.ts';

describe('the category of a request', () => {
  it.each([
    ['NYPD', 'Noise - Residential', 'NOISE', 'COMPLAINT'],
    ['nypd', 'Blocked Driveway', 'BLOCKED_ACCESS', 'COMPLAINT'],
    ['NYPD', 'Something new', 'PUBLIC_ORDER', 'COMPLAINT'],
    ['DSNY', 'Request Large Bulky Item Collection', 'BULKY_WASTE', 'REQUEST'],
    ['DOB', 'General Construction/Plumbing', 'CONSTRUCTION', 'COMPLAINT'],
  ])('%s / %s -> %s', (agency, type, categoryCode, nature) => {
    expect(complaintOfRequest(agency, type)).toMatchObject({ categoryCode, nature, isKnown: true });
  });

  it('says where the table knows neither agency nor type', () => {
    expect(complaintOfRequest('XYZ', 'Noise')).toEqual({
      categoryCode: 'OTHER_COMPLAINT',
      nature: 'COMPLAINT',
      isKnown: false,
    });
    expect(complaintOfRequest('__proto__', 'x').isKnown).toBe(false);
  });

  it('is always one that is built in, under a key in capitals', () => {
    const { categories } = catalogOf([]);
    const codes = Object.values(nyc311Types).map(({ categoryCode }) => categoryCode);
    expect(codes.filter((code) => !categories.has(code))).toEqual([]);
    expect(Object.keys(nyc311Types).filter((key) => key !== key.toUpperCase())).toEqual([]);
  });
});

describe('where a request without an address happened', () => {
  const nowhere: RequestPlace = {
    intersection1: '',
    intersection2: '',
    crossStreet1: '',
    crossStreet2: '',
    street: '',
    latitude: '',
    longitude: '',
    city: '',
    borough: '',
    zip: '',
  };
  it.each<[string, Partial<RequestPlace>, string | null]>([
    [
      'the intersection',
      { intersection1: 'BROADWAY', intersection2: 'WEST  42 STREET', city: 'NEW YORK', zip: '10036' },
      'BROADWAY / WEST 42 STREET, NEW YORK 10036',
    ],
    [
      'the street between its crossings',
      { street: '97 STREET', crossStreet1: '91 ROAD', crossStreet2: '91 DRIVE', borough: 'QUEENS' },
      '97 STREET (91 ROAD - 91 DRIVE), QUEENS',
    ],
    ['the street', { street: '97 STREET' }, '97 STREET'],
    ['coordinates', { latitude: '40.69', longitude: '-73.84', borough: 'QUEENS' }, '40.69, -73.84, QUEENS'],
    ['the borough', { borough: 'BRONX' }, 'BRONX'],
    ['what the agency has', { borough: 'Unspecified' }, 'Unspecified'],
    ['nothing', {}, null],
  ])('%s', (_what, overrides, expected) => {
    expect(locationOfRequest({ ...nowhere, ...overrides })).toBe(expected);
  });
});
