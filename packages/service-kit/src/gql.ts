import { parse, type DocumentNode } from 'graphql';

/** SDL as a document without positions, which nothing reads at run time. */
export const gql = (sdl: string): DocumentNode => parse(sdl, { noLocation: true });
