import type { ChecklistRow } from '@steward/service-kit';

import type { HrContext } from '../db/loaders.ts';
import type { Code } from './mappers.ts';

/** A text of the service by its key, or the bare code where the company made it and has dropped it since. */
export const textOr = (ctx: HrContext, prefix: string, code: string): string => {
  const key = `${prefix}.${code}`;
  const text = ctx.label(key);
  return text === key ? code : text;
};

/** A position by its code: called as the catalogue says, else as the standard does. */
export async function positionCode(ctx: HrContext, code: string): Promise<Code> {
  const label = (await ctx.loaders.positionOf.load(code))?.label ?? textOr(ctx, 'position', code);
  return { code, label };
}

export const codesOf = (prefix: string, codes: readonly string[]): Code[] =>
  codes.map((code) => ({ code, labelKey: `${prefix}.${code}` }));

export const codeOf = (prefix: string, code: string | null): Code | null =>
  code === null ? null : { code, labelKey: `${prefix}.${code}` };

export type Check = ChecklistRow & { label: string };

/** A list with the text of each point. */
export async function checksOf(ctx: HrContext, id: string, prefix: string): Promise<Check[]> {
  const rows = (await ctx.loaders.checklist.load(id)) ?? [];
  return rows.map((row) => ({ ...row, label: textOr(ctx, prefix, row.code) }));
}

/** The same of the duties of a position, which the company may have named itself. */
export async function dutyChecksOf(ctx: HrContext, id: string, code: string): Promise<Check[]> {
  const duties = (await ctx.loaders.positionOf.load(code))?.duties ?? [];
  const own = new Map(duties.map((duty) => [duty.code, duty.label]));
  return (await checksOf(ctx, id, 'positionDuty')).map((row) => ({ ...row, label: own.get(row.code) ?? row.label }));
}
