import { describe, expect, test } from '@jest/globals';
import { defaultsOf, reasonsOf } from '@steward/test-kit/pure-rules';

import { afterVisit, checkReport, drawSample, meanRating, sampleSize, visitedEntry } from './review-rules.ts';
import type { WorkOrderMonthlyReport, WorkOrderSample, WorkOrderSampleEntry } from './review.ts';
import { reviewFigures } from './work-order-policy.ts';

const review = defaultsOf(reviewFigures);
const now = new Date('2026-03-09T01:00:00.000Z');

const aSample = (status: WorkOrderSample['status'] = 'OPEN'): WorkOrderSample => ({
  id: 'sample',
  tenantId: 'tenant',
  communityId: 'community',
  number: 'WS-20260309-0001',
  version: 1,
  createdAt: now,
  status,
  weekStartsOn: '2026-03-02',
  completedCount: 2,
});

const anEntry = (workOrderId: string, overrides: Partial<WorkOrderSampleEntry> = {}): WorkOrderSampleEntry => ({
  id: `entry of ${workOrderId}`,
  tenantId: 'tenant',
  sampleId: 'sample',
  workOrderId,
  visitedAt: null,
  rating: null,
  noteSealed: null,
  ...overrides,
});

describe('the weekly sample', () => {
  test.each([
    [0, 0],
    [2, 2],
    [3, 3],
    [4, 3],
    [30, 3],
    [31, 4],
    [100, 10],
    [191, 20],
    [200, 20],
    [1000, 20],
  ])('[A242] of %i completed orders asks %i households', (completed, asked) => {
    expect(sampleSize(completed, review)).toBe(asked);
  });

  const ids = Array.from({ length: 50 }, (_, index) => `order-${index}`);

  test('is the same however often it is drawn, and in whatever order the orders come', () => {
    const drawn = drawSample(ids, 'community/2026-03-02', review);
    expect(drawn).toHaveLength(5);
    expect(new Set(drawn).size).toBe(5);
    expect(drawSample(ids.toReversed(), 'community/2026-03-02', review)).toEqual(drawn);
  });

  test('is another one every week', () => {
    expect(drawSample(ids, 'community/2026-03-09', review)).not.toEqual(
      drawSample(ids, 'community/2026-03-02', review),
    );
  });

  test('is complete with its last visit', () => {
    const entries = [anEntry('a'), anEntry('b', { visitedAt: now })];
    expect(afterVisit(aSample(), entries, 'entry of a').status).toBe('COMPLETED');
    expect(afterVisit(aSample(), entries, 'entry of b').status).toBe('OPEN');
  });

  test.each([
    ['nobody met', { workOrderId: 'a', isReached: false }, []],
    ['somebody met', { workOrderId: 'a', isReached: true, rating: 4 }, []],
    ['somebody met and not asked', { workOrderId: 'a', isReached: true }, ['RATING_REQUIRED']],
    ['a rating that there is not', { workOrderId: 'a', isReached: true, rating: 6 }, ['RATING_OUT_OF_RANGE']],
    ['an order that was not drawn', { workOrderId: 'x', isReached: false }, ['NOT_IN_SAMPLE']],
    ['a household asked before', { workOrderId: 'b', isReached: false }, ['VISIT_RECORDED']],
  ])('records %s', (_what, visit, reasons) => {
    const entries = [anEntry('a'), anEntry('b', { visitedAt: now })];
    expect(reasonsOf(() => visitedEntry(aSample(), entries, visit))).toEqual(reasons);
  });

  test('takes no visit once it is complete', () => {
    const visit = { workOrderId: 'a', isReached: false };
    expect(reasonsOf(() => visitedEntry(aSample('COMPLETED'), [anEntry('a')], visit))).toEqual(['ILLEGAL_TRANSITION']);
  });

  test.each([
    [[], null],
    [[null, null], null],
    [[5], '5.00'],
    [[5, null, 4, 4], '4.33'],
  ])('with the ratings %j has the mean %s', (ratings, mean) => {
    expect(meanRating(ratings.map((rating) => ({ rating })))).toBe(mean);
  });
});

describe('the monthly report', () => {
  const report = { status: 'ISSUED', checkedAt: null } as WorkOrderMonthlyReport;

  test('is checked once', () => {
    const checked = checkReport(report, now);
    expect(checked).toMatchObject({ status: 'CHECKED', checkedAt: now });
    expect(reasonsOf(() => checkReport(checked, now))).toEqual(['ILLEGAL_TRANSITION']);
  });
});
