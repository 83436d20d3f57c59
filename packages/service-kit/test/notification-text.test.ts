import { describe, expect, test } from '@jest/globals';

import { mergeLabels } from '../src/index.ts';
import { notificationText } from '../src/notification-text.ts';

const labels = mergeLabels({
  en: {
    'deadline.ON_SITE': 'Arrival on site',
    'approval.DISCOUNT': 'Discount',
    'pauseReason.PARTS': 'waiting for parts',
    'template.paused': 'Paused, {reasonCode:pauseReason}, until {until}; {missing} {count} {flag}',
  },
  'zh-CN': {
    'deadline.ON_SITE': '到场',
    'approval.DISCOUNT': '优惠',
    'pauseReason.PARTS': '缺料',
    'template.paused': '暂停（{reasonCode:pauseReason}），{until} 恢复',
  },
});

const zone = 'Asia/Shanghai';
const warned = {
  template: 'deadlineWarned',
  params: { kind: 'ON_SITE', rule: 'A112', dueAt: '2026-03-02T16:30:00.000Z', number: 'GD-1' },
  zone,
};
const paused = {
  template: 'paused',
  params: { reasonCode: 'PARTS', until: '2026-03-02T08:00:00Z', count: 3, flag: true },
  zone,
};

describe('the text of a notification', () => {
  test('has the label of a code and the time of the community', () => {
    expect(notificationText(labels, 'en', warned)).toBe(
      'GD-1: a time limit ends soon (Arrival on site, A112), at 3 Mar 2026, 00:30.',
    );
    expect(notificationText(labels, 'zh-CN', warned)).toBe(
      'GD-1：有一项时限即将到期（到场，A112），到期时间 2026年3月3日 00:30。',
    );
  });
  test('labels what its template says is a code', () => {
    expect(notificationText(labels, 'en', paused)).toBe(
      'Paused, waiting for parts, until 2 Mar 2026, 16:00; {missing} 3 true',
    );
    expect(notificationText(labels, 'zh-CN', paused)).toBe('暂停（缺料），2026年3月2日 16:00 恢复');
  });
  test('follows the clock changes of its zone', () => {
    const summer = { ...paused, params: { ...paused.params, until: '2026-07-01T12:00:00Z' }, zone: 'America/New_York' };
    expect(notificationText(labels, 'en', summer)).toMatch(/1 Jul 2026, 08:00/);
  });
  test('without a community says which zone it means', () => {
    expect(notificationText(labels, 'en', { ...paused, zone: null })).toMatch(/until 2 Mar 2026, 08:00 UTC;/);
  });
  test('shows a code without a label as it is', () => {
    const unknown = { ...warned, params: { ...warned.params, kind: 'NEW' } };
    expect(notificationText(labels, 'en', unknown)).toMatch(/\(NEW, A112\)/);
  });
});
