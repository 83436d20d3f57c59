import type { Context } from '@steward/service-kit';

/** A sealed value in clear; null where there is none. Access to it was judged before. */
export const opened = (ctx: Pick<Context, 'open'>, sealed: string | null): string | null =>
  sealed === null ? null : ctx.open(sealed);
