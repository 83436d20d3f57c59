import { describe, expect, it } from '@jest/globals';

import { apportionmentSteps } from './apportionment-terms.ts';
import { chargeRunSteps } from './charge-run-rules.ts';
import { openingSteps } from './opening-rules.ts';
import { tariffSteps } from './tariff-rules.ts';

describe('steps', () => {
  const everyState = [
    'DRAFT',
    'APPROVED',
    'WITHDRAWN',
    'CONFIRMED',
    'DISCARDED',
    'OPEN',
    'CLOSED',
    'same',
    'COMPUTING',
    'PREVIEWED',
    'POSTING',
    'POSTED',
    'REVERSING',
    'REVERSED',
  ];

  /** For each action the states it starts from, with where it leads. */
  const stepsIn = <Action extends string>(
    {
      actions,
      refusal,
      move,
    }: {
      actions: readonly Action[];
      refusal(row: never, action: Action): unknown;
      move(row: never, action: Action): { status: string };
    },
    states: readonly string[],
  ): Record<string, string[]> =>
    Object.fromEntries(
      actions.map((action) => [
        action,
        states
          .filter((status) => refusal({ status } as never, action) === null)
          .map((status) => `${status} > ${move({ status } as never, action).status}`),
      ]),
    );

  it('[A249] of tariffs', () => {
    expect(stepsIn(tariffSteps, everyState)).toEqual({
      approveTariff: ['DRAFT > APPROVED'],
      endTariff: ['APPROVED > APPROVED'],
      withdrawTariff: ['DRAFT > WITHDRAWN'],
    });
  });

  it('[A014] of shared costs', () => {
    expect(stepsIn(apportionmentSteps, everyState)).toEqual({
      confirmApportionment: ['DRAFT > CONFIRMED'],
      discardApportionment: ['DRAFT > DISCARDED'],
      reverseApportionment: ['CONFIRMED > REVERSED'],
    });
  });

  it('[A230] of charge runs', () => {
    expect(stepsIn(chargeRunSteps, everyState)).toEqual({
      postChargeRun: ['PREVIEWED > POSTING'],
      discardChargeRun: ['COMPUTING > DISCARDED', 'PREVIEWED > DISCARDED'],
      reverseChargeRun: ['POSTED > REVERSING'],
    });
  });

  it('[A249] of opening balances', () => {
    expect(stepsIn(openingSteps, everyState)).toEqual({
      amendOpeningImport: ['OPEN > OPEN'],
      withdrawOpeningBalances: ['OPEN > OPEN'],
      importOpeningBalances: ['OPEN > OPEN'],
      closeOpeningImport: ['OPEN > CLOSED'],
    });
  });
});
