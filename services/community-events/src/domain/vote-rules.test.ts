import { describe, expect, test } from '@jest/globals';

import type { BallotChoice, VoteMatter } from './vote.ts';
import { areaText, hundredths, tallyOf, type Ballot } from './vote-rules.ts';

const ballots = (choice: BallotChoice, count: number, areaM2: string): Ballot[] =>
  Array.from({ length: count }, () => ({ choice, owners: 1, areaM2 }));

const count = (matter: VoteMatter, cast: Ballot[], electors = { owners: 90, areaM2: '9000.00' }) => {
  const { isQuorate, isPassed } = tallyOf(matter, electors, cast);
  return [isQuorate, isPassed];
};

describe('a vote of the owners', () => {
  test.each<[string, VoteMatter, Ballot[], [boolean, boolean]]>([
    ['two thirds of both take part', 'OTHER', ballots('FOR', 60, '100.00'), [true, true]],
    ['one owner less', 'OTHER', ballots('FOR', 59, '102.00'), [false, false]],
    [
      'a hundredth of a square metre less',
      'OTHER',
      [...ballots('FOR', 59, '100.00'), ...ballots('FOR', 1, '99.99')],
      [false, false],
    ],
    [
      'exactly half is not more than half',
      'OTHER',
      [...ballots('FOR', 30, '100.00'), ...ballots('AGAINST', 30, '100.00')],
      [true, false],
    ],
    [
      'half of the owners, more of the area',
      'OTHER',
      [...ballots('FOR', 30, '150.00'), ...ballots('AGAINST', 30, '100.00')],
      [true, false],
    ],
    [
      'more of the owners, half of the area',
      'OTHER',
      [...ballots('FOR', 40, '90.00'), ...ballots('ABSTAIN', 20, '180.00')],
      [true, false],
    ],
    [
      'more than half of both',
      'COMMITTEE_ELECTION',
      [...ballots('FOR', 31, '100.00'), ...ballots('AGAINST', 29, '100.00')],
      [true, true],
    ],
    [
      'three quarters of both',
      'REBUILDING',
      [...ballots('FOR', 45, '100.00'), ...ballots('AGAINST', 15, '100.00')],
      [true, true],
    ],
    [
      'one owner less than three quarters',
      'MAINTENANCE_FUND_RAISING',
      [...ballots('FOR', 44, '110.00'), ...ballots('AGAINST', 16, '100.00')],
      [true, false],
    ],
    [
      'using the fund is not raising it',
      'MAINTENANCE_FUND_USE',
      [...ballots('FOR', 31, '100.00'), ...ballots('AGAINST', 29, '100.00')],
      [true, true],
    ],
    ['nobody', 'OTHER', [], [false, false]],
  ])('[Civil Code 278] %s', (_what, matter, cast, expected) => {
    expect(count(matter, cast)).toEqual(expected);
  });

  test('[Civil Code 278] whoever abstains takes part', () => {
    expect(count('COMMON_PART_CHANGE', [...ballots('FOR', 45, '100.00'), ...ballots('ABSTAIN', 15, '100.00')])).toEqual(
      [true, true],
    );
    expect(count('COMMON_PART_CHANGE', [...ballots('FOR', 45, '100.00'), ...ballots('ABSTAIN', 16, '100.00')])).toEqual(
      [true, false],
    );
  });

  test('areas are added without a fraction', () => {
    expect(hundredths('88.5')).toBe(8850n);
    expect(hundredths('88')).toBe(8800n);
    expect(areaText(8805n)).toBe('88.05');
    const tally = tallyOf('OTHER', { owners: 10, areaM2: '1.00' }, ballots('FOR', 10, '0.10'));
    expect(tally.cast).toEqual({ owners: 10, areaM2: '1.00' });
  });
});
