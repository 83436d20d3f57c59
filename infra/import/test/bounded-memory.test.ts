import { describe, expect, it } from '@jest/globals';

import { RecentMap } from '../recent-map.ts';
import { SeenKeys } from '../seen-keys.ts';

describe('RecentMap', () => {
  it('forgets what was not asked for the longest', () => {
    const map = new RecentMap<string, number>(2);
    map.set('a', 1);
    map.set('b', 2);
    expect(map.get('a')).toBe(1);
    map.set('c', 3);
    expect([map.get('a'), map.get('b'), map.get('c'), map.size]).toEqual([1, undefined, 3, 2]);
  });
});

describe('SeenKeys', () => {
  it('tells first from later sights, next to each other and far apart', () => {
    const seen = new SeenKeys();
    const keys = [0, 1, 7, 8, 1023, 1024, 39_574_751, 999_999_999_999_999];
    expect(keys.map((key) => seen.add(key))).toEqual(keys.map(() => true));
    expect(keys.map((key) => seen.add(key))).toEqual(keys.map(() => false));
  });
});
