import { describe, expect, it } from '@jest/globals';
import { extractText } from 'unpdf';

import { amountInWords, formatAmount, renderPdf, type DocumentSpec } from '../src/index.ts';

describe('amounts on paper', () => {
  it.each([
    [0, '零元整'],
    [5, '伍分'],
    [10, '壹角整'],
    [100, '壹元整'],
    [12_345, '壹佰贰拾叁元肆角伍分'],
    [140_950, '壹仟肆佰零玖元伍角整'],
    [600_714, '陆仟零柒元壹角肆分'],
    [168_032, '壹仟陆佰捌拾元叁角贰分'],
    [1_640_902, '壹万陆仟肆佰零玖元零贰分'],
    [32_504, '叁佰贰拾伍元零肆分'],
    [10_700_053, '壹拾万柒仟元伍角叁分'],
    [10_000_000_000, '壹亿元整'],
    [10_001_000_000, '壹亿零壹万元整'],
    [1_000_000_100, '壹仟万零壹元整'],
    [100_000_000_000_100, '壹万亿零壹元整'],
  ])('%i fen are %s', (fen, words) => {
    expect(amountInWords(fen)).toBe(words);
  });

  it('are written with two places and separators', () => {
    expect([0, 5, 100, 123_456_789, -2_050].map(formatAmount)).toEqual([
      '0.00',
      '0.05',
      '1.00',
      '1,234,567.89',
      '-20.50',
    ]);
    expect(() => formatAmount(0.5)).toThrow(RangeError);
  });
});

const aDocument = (overrides: Partial<DocumentSpec> = {}): DocumentSpec => ({
  title: '收费票据',
  subtitle: 'A01-00000042',
  blocks: [
    {
      kind: 'facts',
      facts: [
        ['缴费人', '张**'],
        ['地址', '三栋一单元1201室'],
      ],
    },
    {
      kind: 'table',
      head: ['项目', '期间', '金额'],
      rows: [['物业管理费', '2026-01 至 2026-03', '369.00']],
      widths: [3, 3, 2],
    },
    { kind: 'text', text: '大写：叁佰陆拾玖元整', isStrong: true },
    { kind: 'signatures', lines: ['收款人', '缴费人 / Payer'] },
  ],
  createdAt: new Date('2026-03-02T01:00:00Z'),
  ...overrides,
});

const textOf = async (pdf: Buffer): Promise<string> =>
  (await extractText(new Uint8Array(pdf), { mergePages: true })).text.replace(/\s+/g, ' ');

describe('renderPdf', () => {
  it('writes Chinese and English that can be read back', async () => {
    const pdf = await renderPdf(aDocument());
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    const text = await textOf(pdf);
    for (const words of [
      '收费票据',
      'A01-00000042',
      '张**',
      '物业管理费',
      '2026-01 至 2026-03',
      '叁佰陆拾玖元整',
      '缴费人 / Payer',
    ])
      expect(text).toContain(words);
    // The font is a part of its characters, not all 8 MB.
    expect(pdf.length).toBeLessThan(200_000);
  });

  it('marks a reprint across the page', async () => {
    const marked = await textOf(await renderPdf(aDocument({ mark: '补打 REPRINT 1' })));
    expect(marked).toContain('补打 REPRINT 1');
  });

  it('goes on on further pages', async () => {
    const rows = Array.from({ length: 120 }, (_, index) => [`第${index + 1}项`, '2026-01', '1.00']);
    const table = { kind: 'table' as const, head: ['项目', '期间', '金额'], rows, widths: [3, 3, 2] };
    const pdf = await renderPdf(aDocument({ size: 'A5', blocks: [table] }));
    const { totalPages, text } = await extractText(new Uint8Array(pdf));
    expect(totalPages).toBeGreaterThan(2);
    expect(text.join('\n')).toContain('第120项');
  });
});
