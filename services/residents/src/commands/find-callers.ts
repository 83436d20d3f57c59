import type { Tx } from '@steward/db';

import { findByKeys, hashedKey, type CallerHit } from '../db/caller-queries.ts';
import { askedKeys, callerKeyOrder, personalKinds } from '../domain/caller-rules.ts';

export type Caller = CallerHit;

const rank = ({ kind }: Caller): number => callerKeyOrder.indexOf(kind);

/** Those that a text could mean, the surest first; each subject with each of its households once. */
export async function findCallers(
  tx: Tx,
  { text, communities, first }: { text: string; communities: string[] | null; first: number },
): Promise<Caller[]> {
  const asked = askedKeys(text).map(({ kind, text: key }) => ({
    kind,
    key: personalKinds.has(kind) ? hashedKey(tx, kind, key) : key,
  }));
  if (asked.length === 0) return [];
  const hits = (await findByKeys(tx, asked, communities)).toSorted((a, b) => rank(a) - rank(b));
  const once = new Map<string, Caller>();
  for (const hit of hits) {
    const name = `${hit.subjectId}/${hit.householdId ?? ''}`;
    if (!once.has(name)) once.set(name, hit);
  }
  return [...once.values()].slice(0, first);
}
