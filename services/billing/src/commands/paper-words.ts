import { addDays, interpolate } from '@steward/core';
import type { Tx } from '@steward/db';
import { amountInWords, formatAmount } from '@steward/documents';
import { labelOf } from '@steward/service-kit';

import type { UnitReference } from '../domain/references.ts';

/** A name on paper in both languages: 收款方式 / Means. */
export const bothWords = (tx: Tx, key: string): string => {
  const [zh, en] = [labelOf(tx, key, 'zh-CN'), labelOf(tx, key, 'en')];
  return zh === en ? zh : `${zh} / ${en}`;
};

/** A sentence on paper in both languages, one below the other. */
export const bothSentences = (tx: Tx, key: string, params: Record<string, string>): string =>
  `${interpolate(labelOf(tx, key, 'zh-CN'), params)}\n${interpolate(labelOf(tx, key, 'en'), params)}`;

/** `¥1,234.50`; capital figures where it is renminbi. */
export const moneyWords = (amount: number, currency: string): string =>
  currency === 'CNY' ? `¥${formatAmount(amount)}` : `${currency} ${formatAmount(amount)}`;

export const capitalWords = (amount: number, currency: string): string =>
  currency === 'CNY' ? amountInWords(amount) : moneyWords(amount, currency);

export const placeWords = (unit: UnitReference | null): string => unit?.path.replaceAll('/', '-') ?? '—';

/** People are told the last day of a period, not the first one after it. */
export const lastDayWords = (to: string | null): string => (to === null ? '—' : addDays(to, -1));

export const periodWords = (from: string | null, to: string | null): string =>
  from === null || to === null ? '—' : `${from} ~ ${lastDayWords(to)}`;
