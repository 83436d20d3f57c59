import type { Context } from './context.ts';

/** A code as the resolvers of the shared type `Code` take it: with its name, or with the key of its label. */
export type CodeValue = { code: string; label?: string; labelKey?: string };

/** A code that a community has added to those that are built in. */
type AddedCode<Kind> = { kind: Kind; number: string; nameZh: string; nameEn: string };

type Codes<Kind> = Pick<Context, 'label' | 'locale'> & {
  loaders: { codesOfCommunity: { load(communityId: string): Promise<readonly AddedCode<Kind>[] | null> } };
};

/**
 * A code with its name: built in, or added by the community, retired ones included. Built-in codes have their names among
 * the labels, under `kind.CODE` with the kind in small letters.
 */
export async function codeValue<Kind extends string>(
  ctx: Codes<Kind>,
  communityId: string,
  kind: NoInfer<Kind>,
  code: string,
): Promise<CodeValue> {
  const labelKey = `${kind.toLowerCase()}.${code}`;
  if (ctx.label(labelKey) !== labelKey) return { code, labelKey };
  const added = (await ctx.loaders.codesOfCommunity.load(communityId)) ?? [];
  const found = added.find((one) => one.kind === kind && one.number === code);
  if (found === undefined) return { code, label: code };
  return { code, label: ctx.locale === 'en' ? found.nameEn : found.nameZh };
}
