import type { Locale } from '@steward/core';

type Texts = Record<Locale, string>;

/** A column of the register: its header in both languages, either of which is read, and what stands in it. */
export type Column = { header: Texts; note: Texts; isRequired?: true };

const day: Texts = { 'zh-CN': '日期，如 2026-03-01', en: 'a day, such as 2026-03-01' };

/** One row is a unit, with a household that holds it and one member of that household; further members are further rows. */
export const columns = {
  building: {
    header: { 'zh-CN': '楼栋', en: 'Building' },
    note: { 'zh-CN': '楼栋号，如 3', en: 'code of the building, such as 3' },
    isRequired: true,
  },
  section: {
    header: { 'zh-CN': '单元', en: 'Section' },
    note: { 'zh-CN': '单元号；没有单元则留空', en: 'code of the section; empty where there is none' },
  },
  unit: {
    header: { 'zh-CN': '房号', en: 'Unit' },
    note: { 'zh-CN': '房号，如 501', en: 'code of the unit, such as 501' },
    isRequired: true,
  },
  usage: {
    header: { 'zh-CN': '用途', en: 'Use' },
    note: {
      'zh-CN': '住宅、商铺、办公、车位、储藏室；留空为住宅',
      en: 'residential (default), shop, office, parking, storage',
    },
  },
  areaM2: {
    header: { 'zh-CN': '建筑面积', en: 'Area (m2)' },
    note: { 'zh-CN': '平方米', en: 'built area in square metres' },
  },
  floor: { header: { 'zh-CN': '楼层', en: 'Floor' }, note: { 'zh-CN': '整数', en: 'a whole number' } },
  deliveredOn: { header: { 'zh-CN': '交付日期', en: 'Delivered on' }, note: day },
  household: {
    header: { 'zh-CN': '住户编号', en: 'Household' },
    note: { 'zh-CN': '小区内唯一；空置房留空', en: 'unique in the community; empty for a vacant unit' },
  },
  segment: {
    header: { 'zh-CN': '客户分类', en: 'Segment' },
    note: { 'zh-CN': '主力商户、小商户、居民；留空为居民', en: 'main merchant, small merchant, resident (default)' },
  },
  isKeyAccount: {
    header: { 'zh-CN': '重点客户', en: 'Key account' },
    note: { 'zh-CN': '是、否；留空为否', en: 'yes, no (default)' },
  },
  tenure: {
    header: { 'zh-CN': '产权关系', en: 'Tenure' },
    note: { 'zh-CN': '自有、租用；留空为自有', en: 'owned (default), rented' },
  },
  heldFrom: {
    header: { 'zh-CN': '持有起始日', en: 'Held from' },
    note: { 'zh-CN': '留空为交付日期', en: 'empty: the day of delivery' },
  },
  heldTo: {
    header: { 'zh-CN': '持有截止日', en: 'Held to' },
    note: { 'zh-CN': '首个不再持有的日期；留空为至今', en: 'first day no longer held; empty: open' },
  },
  memberName: { header: { 'zh-CN': '姓名', en: 'Name' }, note: { 'zh-CN': '成员姓名', en: 'name of a member' } },
  memberPhone: { header: { 'zh-CN': '电话', en: 'Phone' }, note: { 'zh-CN': '成员电话', en: 'phone of the member' } },
  memberIdentity: {
    header: { 'zh-CN': '证件号', en: 'Identity number' },
    note: { 'zh-CN': '证件号码；相同证件号为同一人', en: 'the same number is the same person' },
  },
  memberRole: {
    header: { 'zh-CN': '身份', en: 'Role' },
    note: {
      'zh-CN': '业主、租户、家属、代理人；留空按产权关系',
      en: 'owner, renter, family, agent; empty: by the tenure',
    },
  },
  memberFrom: {
    header: { 'zh-CN': '成员起始日', en: 'Member from' },
    note: { 'zh-CN': '留空为持有起始日', en: 'empty: the first day of holding' },
  },
  memberTo: {
    header: { 'zh-CN': '成员截止日', en: 'Member to' },
    note: { 'zh-CN': '首个不再是成员的日期；留空为至今', en: 'first day no longer a member; empty: open' },
  },
} satisfies Record<string, Column>;

export type ColumnName = keyof typeof columns;

export const columnNames = Object.keys(columns) as ColumnName[];

/** What people write for a code, in either language; the first of each is what an export writes. */
export const codeWords = {
  usage: {
    RESIDENTIAL: ['住宅', 'residential'],
    SHOP: ['商铺', 'shop'],
    OFFICE: ['办公', 'office'],
    PARKING: ['车位', 'parking'],
    STORAGE: ['储藏室', 'storage'],
  },
  segment: {
    MAIN_MERCHANT: ['主力商户', 'main merchant'],
    SMALL_MERCHANT: ['小商户', 'small merchant'],
    RESIDENT: ['居民', 'resident'],
  },
  isKeyAccount: { true: ['是', 'yes'], false: ['否', 'no'] },
  tenure: { OWNED: ['自有', 'owned'], RENTED: ['租用', 'rented'] },
  memberRole: {
    OWNER: ['业主', 'owner'],
    RENTER: ['租户', 'renter'],
    FAMILY: ['家属', 'family'],
    AGENT: ['代理人', 'agent'],
  },
} as const;

export type CodedColumn = keyof typeof codeWords;

const normal = (text: string): string => text.normalize('NFKC').trim().toLowerCase();

/** The code that a text stands for; null if it is none. The code itself is understood as well. */
export function codeOf(column: CodedColumn, text: string): string | null {
  const wanted = normal(text);
  const words: Record<string, readonly string[]> = codeWords[column];
  const found = Object.entries(words).find(
    ([code, said]) => normal(code) === wanted || said.some((word) => word === wanted),
  );
  return found?.[0] ?? null;
}

/** What an export writes for a code. */
export function wordOf(column: CodedColumn, code: string, locale: Locale): string {
  const words = (codeWords[column] as Record<string, readonly [string, string]>)[code];
  return words?.[locale === 'zh-CN' ? 0 : 1] ?? code;
}

/** The column that a header names, in whichever language. */
export const columnOf = (header: string): ColumnName | undefined =>
  columnNames.find((name) => Object.values(columns[name].header).some((text) => normal(text) === normal(header)));
