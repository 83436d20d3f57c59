import { describe, expect, test } from '@jest/globals';

import { checkCommands, checkDelivery, checkPairs, type Effect, type Fact } from '../findings.ts';

const fact = (aggregateId: string, version: number): Fact => ({ id: `${aggregateId}${version}`, aggregateId, version });
const effect = ({ id, ...rest }: Fact): Effect => ({ factId: id, ...rest });

const [a1, a2, a3, b1] = [fact('a', 1), fact('a', 2), fact('a', 3), fact('b', 1)];
const right = [a1, b1, a2, a3];
const none = new Map<string, number>();

describe('what a consumer has made of the facts', () => {
  test('is right when each has its effect and each aggregate its order', () => {
    expect(checkDelivery('c', none, right, right.map(effect))).toEqual({ lost: [], doubled: [] });
    expect(checkDelivery('c', none, right, [b1, a1, a2, a3].map(effect))).toEqual({ lost: [], doubled: [] });
  });

  test('goes on from the versions that were reached', () => {
    const reached = new Map([['a', 1]]);
    expect(checkDelivery('c', reached, [a2, a3], [a2, a3].map(effect))).toEqual({ lost: [], doubled: [] });
  });

  test.each([
    ['a fact without effect', right, [a1, b1, a3], { lost: 1, doubled: 0 }],
    ['an effect that is there twice', right, [a1, b1, a2, a2, a3], { lost: 0, doubled: 1 }],
    ['an effect of an old fact', [a2, a3, b1], [a2, a1, a3, b1], { lost: 1, doubled: 1 }],
    ['an effect without a fact', right, [...right, fact('b', 2)], { lost: 0, doubled: 1 }],
    ['effects in another order', right, [a2, a1, b1, a3], { lost: 3, doubled: 0 }],
    ['a version that the publisher skipped', [a1, a3], [a1, a3], { lost: 2, doubled: 0 }],
    [
      'a version that the publisher gave twice',
      [a1, { ...a1, id: 'x' }],
      [a1, { ...a1, id: 'x' }],
      { lost: 2, doubled: 0 },
    ],
  ])('tells of %s', (_what, facts, effects, expected) => {
    const { lost, doubled } = checkDelivery('c', none, facts, effects.map(effect));
    expect({ lost: lost.length, doubled: doubled.length }).toEqual(expected);
  });
});

describe('what became of the commands', () => {
  const move = (key: string, version = 1) => ({ key, aggregateId: 'a', version });

  test.each([
    ['nothing when each ran once', ['k'], [move('k')], { lost: [], doubled: [] }],
    ['an answer without a move', ['k'], [], { lost: ['command k was answered and left nothing'], doubled: [] }],
    ['a repeat that ran again', ['k'], [move('k'), move('k', 1)], { lost: [], doubled: ['command k ran 2 times'] }],
    ['a move nobody was told of', [], [move('k')], { lost: [], doubled: ['command k ran and was never answered'] }],
    [
      'an answer that is not what was done',
      ['k'],
      [move('k', 2)],
      { lost: ['command k was answered version 1 and made 2'], doubled: [] },
    ],
  ])('is told: %s', (_what, keys, moves, expected) => {
    expect(checkCommands(new Map(keys.map((key) => [key, 1])), moves)).toEqual(expected);
  });
});

test.each([
  ['both there', ['x'], ['x'], { lost: [], doubled: [] }],
  ['one alone', ['x'], [], { lost: ['pair: x has no partner'], doubled: [] }],
  ['a partner too many', ['x'], ['x', 'x'], { lost: [], doubled: ['pair: x'] }],
  ['a partner of nobody', [], ['x'], { lost: [], doubled: ['pair: x'] }],
])('what belongs together is compared: %s', (_what, left, right_, expected) => {
  expect(checkPairs('pair', left, right_)).toEqual(expected);
});
