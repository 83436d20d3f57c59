import { describe, expect, it } from '@jest/globals';

import { custodyPolicy, custodyTransitions } from './custody-policy.ts';
import { custodyRules, markExceeded, newExcesses, read, used } from './custody-rules.ts';
import type { Custody, CustodyStatus } from './custody.ts';

const desk = 'director deputyDirector administrativeSupervisor supervisor clerk';
const field = `${desk} maintenance guard`;

describe('what can be done with a custody', () => {
  it.each([
    ['A061', 'registerCustody', '', 'REQUESTED', desk, ''],
    ['A061', 'signCustodyAgreement', 'REQUESTED', 'same', desk, 'resident'],
    ['A061', 'recordCustodyReading', 'REQUESTED ACTIVE', 'same', field, ''],
    ['A061', 'startCustody', 'REQUESTED', 'ACTIVE', desk, ''],
    ['A062', 'recordCustodyPatrol', 'ACTIVE', 'same', field, ''],
    ['A061', 'endCustody', 'ACTIVE', 'ENDED', desk, ''],
    ['A061', 'cancelCustody', 'REQUESTED', 'CANCELLED', desk, 'resident'],
  ] as const)('[%s] %s leads from %s to %s, by %s %s', (rule, action, from, to, roles, own) => {
    const row = custodyTransitions[action];
    expect([row.from, row.to, row.roles, row.own].map((words) => words.join(' '))).toEqual([from, to, roles, own]);
    expect(row.rule).toBe(rule);
    const states: CustodyStatus[] = ['REQUESTED', 'ACTIVE', 'ENDED', 'CANCELLED'];
    const open = states.filter((status) => custodyRules.refusal({ status }, action) === null);
    expect(open.join(' ')).toBe(from);
  });
});

const custody = (overrides: Partial<Custody> = {}): Custody => ({
  id: 'c',
  tenantId: 't',
  communityId: 'm',
  number: 'TG-1',
  version: 1,
  createdAt: new Date(0),
  status: 'ACTIVE',
  householdId: 'h',
  unitId: 'u',
  coordinatorId: null,
  signedAt: null,
  startsOn: '2026-03-01',
  endsOn: null,
  managementFeeShare: '0.70',
  startWaterM3: '100.5',
  startElectricityKwh: '2000',
  lastWaterM3: '100.5',
  lastElectricityKwh: '2000',
  lastReadAt: null,
  waterExceededAt: null,
  electricityExceededAt: null,
  reasonCode: null,
  ...overrides,
});

const figures = {
  waterCapM3: custodyPolicy.figures.waterCapM3.value,
  electricityCapKwh: custodyPolicy.figures.electricityCapKwh.value,
  managementFeeShare: custodyPolicy.figures.managementFeeShare.value,
  patrolHours: custodyPolicy.figures.patrolHours.value,
  patrolWarnShare: custodyPolicy.figures.patrolWarnShare.value,
  afterRainHours: custodyPolicy.figures.afterRainHours.value,
  backdatingHours: custodyPolicy.figures.backdatingHours.value,
};

describe('newExcesses', () => {
  it.each([
    ['both at the cap', '105.5', '2020', []],
    ['water a litre over', '105.501', '2020.000', [{ meter: 'WATER', used: '5.001', cap: 5 }]],
    ['electricity over', '105.5', '2020.1', [{ meter: 'ELECTRICITY', used: '20.1', cap: 20 }]],
    [
      'both over',
      '110',
      '2100',
      [
        { meter: 'WATER', used: '9.5', cap: 5 },
        { meter: 'ELECTRICITY', used: '100', cap: 20 },
      ],
    ],
  ])('[A061] finds %s', (_what, waterM3, electricityKwh, expected) => {
    const after = read(custody(), { waterM3, electricityKwh }, new Date(1));
    expect(newExcesses(after, figures)).toEqual(expected);
    expect(newExcesses(markExceeded(after, newExcesses(after, figures), new Date(1)), figures)).toEqual([]);
  });

  it('[A061] [A062] charges the share of the fee and patrols weekly by default', () => {
    const { backdatingHours, ...ofStandard } = figures;
    expect(ofStandard).toEqual({
      waterCapM3: 5,
      electricityCapKwh: 20,
      managementFeeShare: 0.7,
      patrolHours: 7 * 24,
      patrolWarnShare: 0.8,
      afterRainHours: 24,
    });
    expect(backdatingHours).toBe(24);
  });
});

describe('what a community may set', () => {
  it('[A061] [A062] keeps shares below the whole and times above nothing', () => {
    const { managementFeeShare, patrolWarnShare, patrolHours, afterRainHours } = custodyPolicy.figures;
    expect([managementFeeShare.most, patrolWarnShare.most]).toEqual([1, 1]);
    expect([patrolHours.least, afterRainHours.least]).toEqual([1, 1]);
  });
});

describe('used', () => {
  it.each([
    ['0', '0', '0'],
    ['1.1', '1.3', '0.2'],
    ['99.999', '100', '0.001'],
    ['0', '100', '100'],
  ])('from %s to %s is %s', (from, to, expected) => expect(used(from, to)).toBe(expected));
});
