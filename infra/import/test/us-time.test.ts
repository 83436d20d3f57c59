import { describe, expect, it } from '@jest/globals';

import { usTimeReader } from '../us-time.ts';

const read = usTimeReader('America/New_York');

describe('usTimeReader', () => {
  it.each([
    ['06/26/2018 12:50:01 PM', '2018-06-26T16:50:01.000Z', null],
    ['12/31/2018 12:00:00 AM', '2018-12-31T05:00:00.000Z', null],
    ['03/11/2018 01:59:59 AM', '2018-03-11T06:59:59.000Z', null],
    // 02:00-03:00 did not exist that night: 02:30 by the old offset is 03:30 on the new clock.
    ['03/11/2018 02:30:00 AM', '2018-03-11T07:30:00.000Z', 'TIME_IN_DST_GAP'],
    ['03/11/2018 03:00:00 AM', '2018-03-11T07:00:00.000Z', null],
    ['11/04/2018 12:59:59 AM', '2018-11-04T04:59:59.000Z', null],
    // 01:00-02:00 existed twice that night: the first time is meant.
    ['11/04/2018 01:00:00 AM', '2018-11-04T05:00:00.000Z', 'TIME_IN_DST_OVERLAP'],
    ['11/04/2018 01:59:59 AM', '2018-11-04T05:59:59.000Z', 'TIME_IN_DST_OVERLAP'],
    ['11/04/2018 02:00:00 AM', '2018-11-04T07:00:00.000Z', null],
    ['11/04/2018 11:00:00 PM', '2018-11-05T04:00:00.000Z', null],
    ['02/29/2016 12:00:00 pm', '2016-02-29T17:00:00.000Z', null],
  ])('%s is %s (%s)', (text, at, note) => {
    expect(read(text)).toEqual({ at: new Date(at), note });
  });

  it.each([
    '',
    'yesterday',
    '2018-06-26',
    '13/01/2018 01:00:00 AM',
    '02/30/2018 01:00:00 AM',
    '06/26/2018 13:00:00 PM',
    '06/26/2018 00:10:00 AM',
    '02/29/2018 01:00:00 AM',
    '06/26/2018 01:60:00 AM',
    '6/26/2018 1:00:00 AM',
  ])('%j is no time', (text) => {
    expect(read(text)).toBeNull();
  });
});
