import { builtInCategories, builtInChannels } from './catalog-policy.ts';
import type { ComplaintGrade } from './complaint.ts';

/** The names of a code that a community added; those of built-in codes are in the labels. */
export type CodeLabel = { 'zh-CN': string; en: string };

/** What complaints are about: the department in charge and the grade they usually have. */
export type Category = { code: string; departmentCode: string; grade: ComplaintGrade; label?: CodeLabel };

/** How complaints come in. */
export type Channel = { code: string; isRecordRequired: boolean; isSourceRequired: boolean; label?: CodeLabel };

export type CodeKind = 'CATEGORY' | 'CHANNEL';

/** A code that a community added to the built-in ones. */
export type ComplaintCode = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  kind: CodeKind;
  nameZh: string;
  nameEn: string;
  departmentCode: string | null;
  grade: ComplaintGrade | null;
  /** No longer offered; complaints that carry it stay readable. */
  retiredAt: Date | null;
};

/** The codes that new complaints of a community can have. */
export type Catalog = { categories: ReadonlyMap<string, Category>; channels: ReadonlyMap<string, Channel> };

const byCode = <T extends { code: string }>(entries: readonly T[]): Map<string, T> =>
  new Map(entries.map((entry) => [entry.code, entry]));

const labelOf = (code: ComplaintCode): CodeLabel => ({ 'zh-CN': code.nameZh, en: code.nameEn });

/** Built-in codes and those a community added, without the retired ones. */
export function catalogOf(added: readonly ComplaintCode[]): Catalog {
  const current = added.filter(({ retiredAt }) => retiredAt === null);
  const ofKind = (kind: CodeKind): ComplaintCode[] => current.filter((code) => code.kind === kind);
  const categories = ofKind('CATEGORY').map((code) => ({
    code: code.number,
    departmentCode: code.departmentCode ?? '',
    grade: code.grade ?? 'MINOR',
    label: labelOf(code),
  }));
  const channels = ofKind('CHANNEL').map((code) => ({
    code: code.number,
    isRecordRequired: true,
    isSourceRequired: false,
    label: labelOf(code),
  }));
  return {
    categories: byCode<Category>([...builtInCategories, ...categories]),
    channels: byCode<Channel>([...builtInChannels, ...channels]),
  };
}

export const isBuiltIn = (kind: CodeKind, code: string): boolean => {
  const { categories, channels } = catalogOf([]);
  return { CATEGORY: categories, CHANNEL: channels }[kind].has(code);
};
