import { judgeArchive, needsAuthority } from '../domain/decoration-rules.ts';
import type { Decoration } from '../domain/decoration.ts';

/** The papers that stay of an application (A088), and whether the authority's is among them. */
export const judgeDecorationArchive = (decoration: Decoration, scannedKinds: readonly string[]) => ({
  ...judgeArchive(decoration, { scannedKinds }),
  isAuthorityNeeded: needsAuthority(decoration),
});
