import { decodeCursor, encodeCursor, pageSize, toConnection, type PageArgs } from '@steward/service-kit';

import type { BillingContext } from '../db/loaders.ts';
import { countOfFigure, postingsOfFigure } from '../db/publication-queries.ts';
import type { PostingView } from '../domain/posting-view.ts';

type Figure = Parameters<typeof countOfFigure>[1];
type Listed = PostingView & { id: string };

/** A page of the postings that a published figure is the sum of. */
export async function pageOfPostings(ctx: BillingContext, figure: Figure, args: PageArgs) {
  const limit = pageSize(args) + 1;
  const after = args.after == null ? null : decodeCursor(args.after);
  const found = await ctx.read((tx) => postingsOfFigure(tx, figure, { after, limit }));
  const listed: Listed[] = found.map((posting) => ({ ...posting, id: posting.transactionId }));
  const cursorOf = ({ transactionId, line }: Listed): string => encodeCursor(transactionId, String(line));
  return toConnection(listed, args, cursorOf, () => ctx.read((tx) => countOfFigure(tx, figure)));
}
