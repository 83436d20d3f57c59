import { authorityLoader, type Context } from '@steward/service-kit';

import { chargingLoaders } from './charging-loaders.ts';
import { counterLoaders } from './counter-loaders.ts';
import { ledgerLoaders } from './ledger-loaders.ts';

/** One read per kind and request, however many objects ask. */
export const loaders = (ctx: Context) => ({
  ...ledgerLoaders(ctx),
  ...chargingLoaders(ctx),
  ...counterLoaders(ctx),
  authority: authorityLoader(ctx),
});

export type BillingContext = Context<ReturnType<typeof loaders>>;
