import { describe, expect, it } from '@jest/globals';

import { measure, median, quantile } from './measure.ts';

describe('quantile', () => {
  it.each([
    [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.5, 5],
    [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.95, 10],
    [[7], 0.95, 7],
  ])('of %j at %s is %s', (sorted, share, expected) => {
    expect(quantile(sorted, share)).toBe(expected);
  });

  it('has the middle as its median, in any order', () => {
    expect(median([9, 1, 5])).toBe(5);
  });
});

describe('measure', () => {
  it('lets all contenders take turns in every round, and does not count the first', async () => {
    const turns: string[] = [];
    const contender = (name: string): { name: string; run: () => Promise<void> } => ({
      name,
      run: async () => void turns.push(name),
    });
    const workloads = [{ name: 'list', contenders: [contender('service'), contender('sql')] }];
    const results = await measure(workloads, { rounds: 2, requests: 2 });
    expect(turns.join(' ')).toBe('service service sql sql '.repeat(3).trim());
    expect(Object.keys(results['list'] ?? {})).toEqual(['service', 'sql']);
    expect(results['list']?.['sql']?.p95ms).toBeGreaterThanOrEqual(results['list']?.['sql']?.p50ms ?? 0);
  });
});
