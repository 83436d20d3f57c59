import { describe, expect, it } from '@jest/globals';

import { positionFigures, type positionPolicy } from './position-policy.ts';

type Figure = { value: number; rule: string; least?: number; most?: number };
type Key = keyof (typeof positionPolicy)['figures'];

// rule | figure | default | the least and the most that a community may set it to; - is the general bound
const table = `
  A202 | rotationMonths         | 6   | 1 | 36
  A202 | rotationWindowDays     | 30  | - | 366
  A317 | interviewPassScore     | 60  | - | 100
  A002 | hireWindowDays         | 30  | - | -
  A317 | candidateRetentionDays | 180 | 1 | -
  A318 | probationReminderDays  | 7   | - | 60
  A318 | probationLateMost      | 0   | - | -
  A012 | archiveLoanDays        | 7   | 1 | 366
  A012 | archiveCompleteDays    | 30  | 1 | 366
  B049 | kpiDueDay              | 5   | 1 | 28
  A330 | delegationDays         | 90  | 1 | 366
`;

const bound = (text = '-'): number | null => (text === '-' ? null : Number(text));

const rows = table
  .trim()
  .split('\n')
  .map((line) => {
    const [rule = '', key = '', value, least, most] = line.split('|').map((cell) => cell.trim());
    return { rule, key: key as Key, value: Number(value), least: bound(least), most: bound(most) };
  });

describe('figures of positions', () => {
  it('have a row each', () => {
    expect(rows.map(({ key }) => key).toSorted()).toEqual(Object.keys(positionFigures).toSorted());
  });

  it.each(rows)('[$rule] $key is $value, from $least to $most', ({ key, ...row }) => {
    const { value, rule, least, most }: Figure = positionFigures[key];
    expect({ value, rule, least: least ?? null, most: most ?? null }).toEqual(row);
  });
});
