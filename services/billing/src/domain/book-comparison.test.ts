import { describe, expect, test } from '@jest/globals';

import { rereadDays, shareToReread, type Round } from './book-comparison.ts';

const begun: Round = { day: 0, rereadTo: 0 };

describe('the share of a chain that a day verifies again', () => {
  test.each([
    [begun, 0, { from: 1, to: 0 }, { day: 1, rereadTo: 0 }],
    [{ day: 1, rereadTo: 0 }, 1, { from: 1, to: 1 }, { day: 2, rereadTo: 1 }],
    [{ day: 2, rereadTo: 1 }, 1, { from: 2, to: 1 }, { day: 3, rereadTo: 1 }],
    [begun, 280, { from: 1, to: 10 }, { day: 1, rereadTo: 10 }],
    [{ day: 27, rereadTo: 270 }, 285, { from: 271, to: 285 }, { day: 0, rereadTo: 285 }],
    [{ day: 0, rereadTo: 285 }, 290, { from: 1, to: 11 }, { day: 1, rereadTo: 11 }],
  ])('at %p of %p blocks is %p', (round, height, share, next) => {
    expect(shareToReread(round, height)).toEqual({ share, next });
  });

  test('comes to every block of the chain in each round, however the chain grows meanwhile', () => {
    let round = begun;
    for (let rounds = 0; rounds < 20; rounds += 1) {
      const height = 3 ** (rounds % 9);
      const seen = new Set<number>();
      for (let day = 0; day < rereadDays; day += 1) {
        const { share, next } = shareToReread(round, height + 7 * day);
        for (let block = share.from; block <= share.to; block += 1) seen.add(block);
        round = next;
      }
      expect(seen.size).toBe(height + 7 * (rereadDays - 1));
      expect(round.day).toBe(0);
    }
  });
});
