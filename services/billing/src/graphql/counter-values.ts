import { loaded } from '@steward/service-kit';
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

export const filesOf = (ctx: BillingContext, ids: readonly string[]): Promise<FileView[]> =>
  Promise.all(ids.map((id) => loaded(ctx.loaders.file.load(id))));
