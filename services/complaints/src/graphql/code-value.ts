import type { ComplaintContext } from '../db/loaders.ts';
import type { CodeKind } from '../domain/complaint-catalog.ts';

export type CodeValue = { code: string; label?: string; labelKey?: string };

/** A code with its name: built in, or added by the community, retired ones included. */
export async function codeValue(
  ctx: ComplaintContext,
  communityId: string,
  kind: CodeKind,
  code: string,
): Promise<CodeValue> {
  // Built-in codes have their names among the labels, under `category.X` and `channel.X`.
  const labelKey = `${kind.toLowerCase()}.${code}`;
  if (ctx.label(labelKey) !== labelKey) return { code, labelKey };
  const added = await ctx.loaders.codesOfCommunity.load(communityId);
  const found = added.find((one) => one.kind === kind && one.number === code);
  if (found === undefined) return { code, label: code };
  return { code, label: ctx.locale === 'en' ? found.nameEn : found.nameZh };
}
