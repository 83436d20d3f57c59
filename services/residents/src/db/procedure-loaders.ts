import { deadlineLoader, signatureLoader, type Context } from '@steward/service-kit';

/** What every procedure has: clocks and signatures. */
export const procedureLoaders = (ctx: Context) => ({
  deadlines: deadlineLoader(ctx),
  signatures: signatureLoader(ctx),
});
