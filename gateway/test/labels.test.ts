import { expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { labels as en } from '../src/labels.en.ts';
import { labels as zhCN } from '../src/labels.zh-CN.ts';

const placeholders = (text: string | undefined): string[] =>
  [...(text ?? '').matchAll(/\{\w+\}/g)].map(([name]) => name).sort();

test('both languages have the same texts with the same placeholders', () => {
  expect(Object.keys(zhCN).sort()).toEqual(Object.keys(en).sort());
  for (const key of Object.keys(en)) expect([key, placeholders(zhCN[key])]).toEqual([key, placeholders(en[key])]);
});

test('every reason that the code gives has a text, and every text a reason', () => {
  const source = new URL('../src/', import.meta.url);
  const code = readdirSync(source)
    .filter((file) => !file.startsWith('labels.'))
    .map((file) => readFileSync(new URL(file, source), 'utf8'))
    .join('\n');
  const given = new Set([...code.matchAll(/'([A-Z][A-Z_]+)'/g)].map(([, reason]) => `reason.${reason}`));
  expect(Object.keys(en).filter((key) => !given.has(key))).toEqual([]);
  const reasons = [...code.matchAll(/reason: '([A-Z_]+)'/g)].map(([, reason]) => `reason.${reason}`);
  expect(reasons.filter((key) => !(key in en))).toEqual([]);
});
