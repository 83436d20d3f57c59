import type { FileView } from '@steward/files';

import type { BillingContext } from '../db/loaders.ts';

export const stub = (id: string | null) => (id === null ? null : { id });

export const money = (amount: number, currency: string) => ({ amount, currency });

/** An amount that may be absent. */
export const optionalMoney = (amount: number | null, currency: string) =>
  amount === null ? null : { amount, currency };

/** A reason, named by its label. */
export const reasonValue = (code: string | null) =>
  code === null ? null : { code, labelKey: `counterReason.${code}` };

/** The files of a list; one that was erased with whom it told of is left out. */
export async function filesOf(ctx: BillingContext, ids: readonly string[]): Promise<FileView[]> {
  const found = await Promise.all(ids.map((id) => ctx.loaders.file.load(id)));
  return found.filter((file) => file !== null);
}
