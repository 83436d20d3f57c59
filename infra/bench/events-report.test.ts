import { describe, expect, it } from '@jest/globals';

import { describeEvents, judge, summarise, type Round } from './events-report.ts';

const round = (sql: number, jetstream: number, p99ms: number): Round => ({
  sql,
  policies: {
    always: {
      backlog: 500,
      concurrent: 400,
      eachBacklog: 200,
      eachConcurrent: 100,
      jetstream,
      steady: { p50ms: 3, p95ms: 9, p99ms },
      cpu: { backlog: { idle: 0, broker: p99ms / 1000, relay: 0.2 } },
    },
  },
});

describe('the report of the events', () => {
  const report = summarise([round(900, 4000, 20), round(1000, 800, 90), round(1100, 700, 30)], 1000);

  it('has medians over the rounds', () => {
    expect(report.workloads['steady, sync always']).toEqual({
      steward: { perSecond: 200, p50ms: 3, p95ms: 9, p99ms: 30 },
    });
    expect(report.workloads['sustained, sync always']).toMatchObject({
      sql: { perSecond: 1000 },
      jetstream: { perSecond: 800 },
    });
  });

  it('tells the processor time of each part that used any, the most first', () => {
    expect(Object.entries(report.cpuPerFact['always']?.['backlog'] ?? {})).toEqual([
      ['relay', 0.2],
      ['broker', 0.03],
    ]);
    expect(describeEvents(report)).toContain('sync always, backlog: 0.23 (relay 0.2, broker 0.03)');
  });

  it('compares with the slower of the two ceilings', () => {
    expect(report.ratios['sustained, sync always']).toEqual({
      backlog: 0.63,
      concurrent: 0.5,
      'backlog, one by one': 0.25,
      'concurrent, one by one': 0.13,
    });
  });

  it('tells what was not reached; facts one by one are shown and not judged', () => {
    expect(judge(report)).toEqual([]);
    expect(judge(summarise([round(2000, 2000, 50)], 1000))).toEqual([
      'steady, sync always: 50 ms or more in the 99th percentile',
      'sustained, sync always, backlog: 0.25 of the slower ceiling, less than 0.5',
      'sustained, sync always, concurrent: 0.2 of the slower ceiling, less than 0.5',
    ]);
    expect(describeEvents(report)).toContain('perSecond 200 ratio 0.25');
  });
});
