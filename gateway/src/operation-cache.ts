import { LRUCache } from 'lru-cache';

/** What Apollo's server (documents) and query planner (plans) ask of a cache. */
export type OperationCache<V> = {
  get(key: string): Promise<V | undefined>;
  set(key: string, value: V): Promise<void>;
  delete(key: string): Promise<boolean>;
  clear(): void;
};

/**
 * A bounded cache that a flood of operations which come once can neither grow nor empty: an entry stays among the new
 * ones, which push each other out, until it is asked for again; only then does it move to the known ones.
 */
export function createOperationCache<V extends object>(options: {
  knownBytes: number;
  newBytes: number;
  /** About how much memory an entry takes. */
  bytesOf: (value: V) => number;
  /** Entries that stay whatever comes, beside the bounds: their number is the caller's to limit. */
  isKept?: (key: string) => boolean;
}): OperationCache<V> {
  const { bytesOf, isKept = () => false } = options;
  const kept = new Map<string, V>();
  const segment = (maxSize: number): LRUCache<string, V> =>
    new LRUCache({ maxSize, sizeCalculation: (value, key) => key.length + Math.max(1, bytesOf(value)) });
  const known = segment(options.knownBytes);
  const fresh = segment(options.newBytes);
  return {
    get: async (key) => {
      const held = kept.get(key) ?? known.get(key);
      if (held !== undefined) return held;
      const seenOnce = fresh.get(key);
      if (seenOnce === undefined) return undefined;
      fresh.delete(key);
      known.set(key, seenOnce);
      return seenOnce;
    },
    set: async (key, value) => {
      if (isKept(key)) {
        // What is no longer to be kept goes when something new is.
        for (const old of kept.keys()) if (!isKept(old)) kept.delete(old);
        kept.set(key, value);
      } else if (known.has(key)) known.set(key, value);
      else fresh.set(key, value);
    },
    delete: async (key) => kept.delete(key) || known.delete(key) || fresh.delete(key),
    clear: () => {
      kept.clear();
      known.clear();
      fresh.clear();
    },
  };
}
