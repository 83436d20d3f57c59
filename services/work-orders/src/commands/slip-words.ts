import { interpolate, localDate, localTime } from '@steward/core';
import type { Tx } from '@steward/db';
import { amountInWords, formatAmount } from '@steward/documents';
import { labelOf } from '@steward/service-kit';

import type { CodeKind, WorkOrderCode } from '../domain/work-order-catalog.ts';

/** What nobody has said yet. */
export const unsaid = '—';

/** A name on paper in both languages: 紧急程度 / Priority. */
export const bothNames = (zh: string, en: string): string => (zh === en ? zh : `${zh} / ${en}`);

export const bothWords = (tx: Tx, key: string): string => bothNames(labelOf(tx, key, 'zh-CN'), labelOf(tx, key, 'en'));

/** A sentence on paper in both languages, one below the other. */
export const bothSentences = (tx: Tx, key: string, params: Record<string, string> = {}): string =>
  `${interpolate(labelOf(tx, key, 'zh-CN'), params)}\n${interpolate(labelOf(tx, key, 'en'), params)}`;

/** A code's name in both languages, be it built in or the community's own, retired ones included. */
export function codeWords(tx: Tx, added: readonly WorkOrderCode[], kind: CodeKind, code: string): string {
  const key = `${kind.toLowerCase()}.${code}`;
  const words = bothWords(tx, key);
  if (words !== key) return words;
  const own = added.find((one) => one.kind === kind && one.number === code);
  return own === undefined ? code : bothNames(own.nameZh, own.nameEn);
}

/** `¥1,234.50`, and capital figures beside it where it is renminbi. */
export const moneyWords = (amount: number, currency: string): string =>
  currency === 'CNY' ? `¥${formatAmount(amount)}` : `${currency} ${formatAmount(amount)}`;

export const fullMoneyWords = (amount: number, currency: string): string =>
  currency === 'CNY' ? `${moneyWords(amount, currency)}  ${amountInWords(amount)}` : moneyWords(amount, currency);

/** An instant as people read it, in the community's own time. */
export const timeWords = (at: Date | null, zone: string): string =>
  at === null ? unsaid : `${localDate(at, zone)} ${localTime(at, zone).slice(0, 5)}`;
